"""What people do about risk-sharing agreements (风险分担协议): propose with the document, adopt or turn down; and which is in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from financing.access import require
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.db import new_id
from financing.desk import Desk
from financing.guarantees import documents, sharing
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.change_rules import ChangeState, DocumentKind
from financing.guarantees.documents import Filed
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.sharing import Party
from financing.money import Rate
from financing.numbers import Series, take_number
from financing.parties.identity import passage
from financing.parties.model import Bank
from financing.price_refusals import OtherUnnamed
from financing.refusals import Incomplete, OutOfRange

NEGOTIABLE = ("single_cap", "deposit", "stop_rate", "trigger_days", "grace_days")


def propose(
    desk: Desk, terms: Mapping[str, Any], *, bank_id: int | None, reason: str, filed: Sequence[Filed]
) -> SharingAgreement:
    """Propose an agreement with one bank, or with all (提出分担协议); `terms` are the columns from the shares to `business`.

    SharesDoNotAdd with the difference, OtherUnnamed, OutOfRange for days the wrong way round, Incomplete without its document.
    """
    _sound(desk, terms, bank_id, filed)
    said = {"business": passage(terms["business"], "business"), "reason": passage(reason, "reason")}
    agreement_id = new_id()
    papers = [documents.add(desk, one, subject_id=agreement_id) for one in filed]
    desk.session.flush()
    agreement = desk.add(
        SharingAgreement(**{
            **terms, **said, "id": agreement_id, "bank_id": bank_id, "document_id": papers[0].id,
            "number": take_number(desk.session, Series.AGREEMENT, desk.today.year),
            "proposed_at": desk.now, "proposed_by": desk.actor.id, "proposer": desk.actor.name,
        })
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.PROPOSE_AGREEMENT, agreement, **_facts(agreement))
    _tell(desk, Act.PROPOSE_AGREEMENT, agreement, {"role": "chair"})
    return agreement


def adopt(desk: Desk, agreement: SharingAgreement) -> None:
    """Put it in force from its first day on (采纳协议); the bank's former one ends there. SamePerson, NotAllowed, WrongState."""
    _decide(desk, Act.ADOPT_AGREEMENT, agreement)


def turn_down(desk: Desk, agreement: SharingAgreement, answer: str) -> None:
    """Turn it down with a reason; what is in force stays."""
    _decide(desk, Act.TURN_DOWN_AGREEMENT, agreement, passage(answer, "reason"))


def in_force(desk: Desk, bank_id: int | None, on: date) -> SharingAgreement | None:
    """The agreement that rules a loss with this bank on a day: its own before the one with all, the latest adopted of each.

    Without a bank the one with all. What counts is asked of the database itself: a rule holds whoever looks.
    """
    mine = SharingAgreement.bank_id.is_(None) if bank_id is None else or_(
        SharingAgreement.bank_id == bank_id, SharingAgreement.bank_id.is_(None)
    )  # fmt: skip
    found = desk.session.scalars(
        select(SharingAgreement)
        .where(mine, SharingAgreement.state == ChangeState.ADOPTED)
        .where(SharingAgreement.valid_from <= on, SharingAgreement.valid_until >= on)
        .order_by(
            SharingAgreement.valid_from.desc(), SharingAgreement.decided_at.desc(), SharingAgreement.number.desc()
        )
    ).all()
    return next((one for one in found if one.bank_id is not None), next(iter(found), None))


def shares(desk: Desk, case: GuaranteeCase, bank_id: int | None = None) -> dict[Party, Rate]:
    """Who bears which part of a loss of this case today; without an agreement the guarantor its cover and the bank the rest."""
    agreement = in_force(desk, bank_id, desk.today)
    if agreement is None:
        return {Party.GUARANTOR: case.share, Party.BANK: Rate(sharing.WHOLE - case.share.ppm)}
    return sharing.for_cover(agreement.shares, case.share)


def _sound(desk: Desk, terms: Mapping[str, Any], bank_id: int | None, filed: Sequence[Filed]) -> None:
    if bank_id is not None:
        desk.get(Bank, bank_id)
    sharing.whole({party: terms[f"{party.value}_share"] for party in Party})
    if bool(terms["other_share"].ppm) != bool(terms["other_name"].strip()):
        raise OtherUnnamed
    if terms["valid_from"] > terms["valid_until"]:
        raise OutOfRange(field="valid_until", least=terms["valid_from"], most=None)
    for key in NEGOTIABLE:
        if terms[key] < (least := type(terms[key])(0)):
            raise OutOfRange(field=key, least=least, most=None)
    if not any(one.kind is DocumentKind.AGREEMENT for one in filed):
        raise Incomplete(papers=(DocumentKind.AGREEMENT,))


def _decide(desk: Desk, act: Act, agreement: SharingAgreement, answer: str = "") -> None:
    """One decision, by somebody else than the proposer, written in one go; whoever comes second finds it decided."""
    if desk.actor.id == agreement.proposed_by:
        raise SamePerson(act=act)
    require(desk.actor, act, agreement)
    desk.session.refresh(agreement, with_for_update=True)
    desk.take(act, agreement, **_facts(agreement))
    agreement.decided_at, agreement.decided_by, agreement.decider = desk.now, desk.actor.id, desk.actor.name
    agreement.answer = answer
    _tell(desk, act, agreement, {"user": agreement.proposed_by})


def _facts(agreement: SharingAgreement) -> dict[str, Any]:
    parts = {party.value: share.ppm for party, share in agreement.shares.items()}
    days = {"from": agreement.valid_from, "until": agreement.valid_until}
    return {"number": agreement.number, "shares": parts, **days}


def _tell(desk: Desk, act: Act, agreement: SharingAgreement, to: dict[str, Any]) -> None:
    told = {"to": to, "code": act.value, "subject": agreement.id, "number": agreement.number}
    desk.later("notice", f"{act}:{agreement.id}", **told)
