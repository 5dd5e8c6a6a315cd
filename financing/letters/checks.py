"""What is asked on the day a letter is issued (出具条件), each with what was found, what the rule asks and where it stands (F10, F42)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from sqlalchemy import select

from financing import parameters
from financing.desk import Desk
from financing.guarantees import limits
from financing.guarantees.change_model import TermsChange
from financing.guarantees.change_rules import ChangeState, DocumentKind
from financing.guarantees.documents import Document
from financing.guarantees.model import Condition, GuaranteeCase, Resolution
from financing.guarantees.rules import IN_FAVOUR, ConditionState, exposure, lawful_guarantor, licence_holds
from financing.letters.rules import Check, Ground
from financing.money import Fen
from financing.offers.model import Offer
from financing.offers.rules import OfferState
from financing.parties.model import Guarantor
from financing.parties.rules import SUPPORT_BY_KIND, GuarantorKind, Support

#: What later rooms ask before a letter goes to a bank; each answers with the grounds that it finds.
ASKED: list[Callable[[Desk, GuaranteeCase, Offer], Iterable[Check]]] = []
LICENCE_RULE = "国务院令第 683 号第 6 条"


def checks(desk: Desk, case: GuaranteeCase, offer: Offer, amount: Fen) -> tuple[Check, ...]:
    """Every ground for a letter over this amount to this offer's bank, as of today; read without the reader's sights."""
    guarantor = desk.session.get_one(Guarantor, case.guarantor_id)
    return (
        _resolution(desk, case),
        _conditions(desk, case),
        _offer(case, offer),
        Check(Ground.AMOUNT, Fen(0) < amount <= min(offer.amount, case.line), amount, min(offer.amount, case.line), "批准额度与报价的较低者"),
        *_form(desk, case, guarantor, amount),
        *_report(desk, case),
        *_bank(desk, case, guarantor, offer, amount),
        *(found for question in ASKED for found in question(desk, case, offer)),
    )  # fmt: skip


def resolution(desk: Desk, case: GuaranteeCase) -> Resolution | None:
    """The latest resolution on a case."""
    latest = select(Resolution).where(Resolution.case_id == case.id).order_by(Resolution.sealed_at.desc()).limit(1)
    return desk.session.scalar(latest)


def licence_scan(desk: Desk, guarantor: Guarantor) -> Document | None:
    """The scan of the licence that is in force: handed in for it, or with the change of terms that put it in force."""
    scans = select(Document).where(Document.kind == DocumentKind.LICENCE, Document.firm_id.is_(None))
    changes = select(TermsChange).where(TermsChange.state == ChangeState.ADOPTED)
    about = {guarantor.id} | {
        change.id for change in desk.session.scalars(changes) if change.after.get("licence") == guarantor.licence
    }
    newest = scans.where(Document.subject_id.in_(about)).order_by(Document.added_at.desc()).limit(1)
    return desk.session.scalar(newest)


def _resolution(desk: Desk, case: GuaranteeCase) -> Check:
    found = resolution(desk, case)
    holds = found is not None and found.outcome in IN_FAVOUR and found.until is not None and found.until >= desk.today
    until: date | None = found.until if found else None
    return Check(Ground.RESOLUTION, holds and case.state in IN_FAVOUR, until, desk.today, "评审委员会决议的有效期")


def _conditions(desk: Desk, case: GuaranteeCase) -> Check:
    figure = parameters.figure("conditions_before_issue", desk.today)
    owed = select(Condition.id).where(Condition.case_id == case.id, Condition.state != ConditionState.MET)
    left = len(desk.session.scalars(owed).all())
    return Check(Ground.CONDITIONS, not (left and figure.value), left, 0, figure.source)


def _offer(case: GuaranteeCase, offer: Offer) -> Check:
    chosen = offer.state is OfferState.ACCEPTED and offer.need_id == case.need_id
    return Check(Ground.OFFER, chosen, offer.state, OfferState.ACCEPTED, "企业在平台上选定的报价")


def _form(desk: Desk, case: GuaranteeCase, guarantor: Guarantor, amount: Fen) -> Iterator[Check]:
    """What the guarantor legally is decides what it may issue, and on what."""
    may = SUPPORT_BY_KIND[guarantor.kind]
    yield Check(Ground.FORM, case.support is may, case.support, may, LICENCE_RULE)
    lawful = lawful_guarantor(guarantor.name)
    yield Check(Ground.GUARANTOR, lawful, guarantor.name, None, "民法典第 683 条；法释〔2020〕28 号第 5 条")
    if case.support is Support.LETTER:
        until, holds = (
            guarantor.licence_until,
            licence_holds(case.support, guarantor.licence, guarantor.licence_until, desk.today),
        )
        yield Check(Ground.LICENCE, holds, until, desk.today, LICENCE_RULE)
        scan = licence_scan(desk, guarantor)
        yield Check(Ground.LICENCE_SCAN, scan is not None, scan.name if scan else None, None, LICENCE_RULE)
    if case.support is Support.RISK_SHARING:
        room = limits.pool_room(desk, guarantor, amount)
        yield Check(Ground.POOL, room.enough, amount, room.free, room.source)
    if guarantor.kind is GuarantorKind.CORPORATE_ONE_OFF:
        about = select(Document.name).where(
            Document.kind == DocumentKind.CORPORATE_RESOLUTION, Document.subject_id == case.id
        )
        name = desk.session.scalar(about.limit(1))
        yield Check(Ground.CORPORATE_RESOLUTION, name is not None, name, None, "法释〔2020〕28 号第 7、8 条；公司法第 15 条")  # fmt: skip


def _report(desk: Desk, case: GuaranteeCase) -> Iterator[Check]:
    """A related party's guarantee: reported to the regulator, or the days for that not over."""
    if case.report_by is not None:
        holds = case.reported_on is not None or desk.today <= case.report_by
        yield Check(Ground.REPORT, holds, case.reported_on, case.report_by, "国务院令第 683 号第 17 条")


def _bank(desk: Desk, case: GuaranteeCase, guarantor: Guarantor, offer: Offer, amount: Fen) -> Iterator[Check]:
    """A recommendation binds nobody and takes up nothing."""
    if exposure(amount, case.support):
        held = limits.reserved(desk, case)
        yield Check(Ground.RESERVED, held >= amount, held, amount, "决议封存时预留，出具后转为在保")
        room = limits.bank_room(desk, guarantor, offer.bank_id, amount)
        yield Check(Ground.BANK_LIMIT, room.enough, amount, room.free, room.source)
