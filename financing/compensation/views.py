"""What people see of claims: lists by clock, one with its file, decisions and parts, files of guarantees, and banks by their rate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from financing import parameters
from financing.acts import Act
from financing.compensation import breaker, files, grounds, terms
from financing.compensation.breaker import Standing
from financing.compensation.files import File
from financing.compensation.grounds import Ground, Item
from financing.compensation.model import (
    CompensationAnswer,
    CompensationClaim,
    CompensationCut,
    CompensationDecision,
    CompensationPart,
    CompensationPause,
    CompensationPromise,
)
from financing.compensation.rules import BANKS_TURN, CONFIRMS, OPEN, OVER, ClaimState, DecisionState, PartState
from financing.compensation.stop_model import BankStop
from financing.compensation.terms import Terms
from financing.desk import Desk
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.documents import Document
from financing.guarantees.sharing import Party
from financing.letters import papers
from financing.letters.model import Guarantee
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import GuaranteeState
from financing.listed import Listed, listed
from financing.loans.views import Standing as Owed
from financing.money import Fen
from financing.parties import names
from financing.parties.model import Bank, Firm

BINDING = (GuaranteeState.IN_FORCE, GuaranteeState.COMPENSATED)


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    number: str
    firm: str
    bank: str
    claimed: Fen
    approved: Fen
    lodged_on: date
    due_on: date
    grace_days: int
    paused_on: date | None
    state: ClaimState


@dataclass(frozen=True, slots=True)
class FileRow:
    """One guarantee that binds, with how much of its file is there."""

    guarantee: Guarantee
    firm: str
    bank: str
    file: File


@dataclass(frozen=True, slots=True)
class PartRow:
    id: int
    party: Party
    name: str
    firm: str
    guarantee: str
    claim_id: int | None
    amount: Fen
    since: date
    asked_on: date | None
    received_on: date | None
    state: PartState


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision with its reductions and what may be done with it."""

    decision: CompensationDecision
    cuts: tuple[tuple[CompensationCut, Ground], ...]
    ground: Ground | None
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """An item that was promised for a day, and whether it has come."""

    key: Item
    due_on: date
    kept: bool


@dataclass(frozen=True, slots=True)
class Folder:
    """The file of one guarantee, what a claim would rest on, and what may be done."""

    guarantee: Guarantee
    firm: str
    bank: str
    file: File
    terms: Terms
    owed: Owed | None
    most: Fen
    principal: Fen
    claims: tuple[CompensationClaim, ...]
    acts: tuple[Act, ...]
    opens: frozenset[int]  # documents that may be opened


@dataclass(frozen=True, slots=True)
class Shown:
    """One claim with everything around it that the person at the desk may see."""

    claim: CompensationClaim
    guarantee: Guarantee
    firm: str
    bank: str
    agreement: SharingAgreement | None
    file: File
    promises: tuple[Promised, ...]
    pauses: tuple[CompensationPause, ...]
    decisions: tuple[Decided, ...]
    answer: CompensationAnswer | None
    parts: tuple[CompensationPart, ...]
    papers: tuple[IssuedPaper, ...]
    left: int  # working days to the last day
    acts: tuple[Act, ...]
    opens: frozenset[int]

    @property
    def waiting(self) -> Decided | None:
        return next((one for one in self.decisions if one.decision.state is DecisionState.PROPOSED), None)

    @property
    def banks_turn(self) -> bool:
        return self.claim.state in BANKS_TURN


@dataclass(frozen=True, slots=True)
class BankRow:
    """One bank as it stands; `acts` on a stop that stands."""

    bank: str
    standing: Standing
    acts: tuple[Act, ...]


def claims(desk: Desk, *, over: bool = False, page: int = 1) -> Listed[Row]:
    """Claims in sight, those whose day comes first in front; those that are over, the newest first."""
    c = CompensationClaim
    named = (names.of_firm(c.firm_id), names.of_bank(c.bank_id))
    query = desk.select(
        c, c.id, c.number, *named, c.claimed, c.approved, c.lodged_on, c.due_on, c.grace_days, c.paused_on, c.state
    )
    query = query.where(c.state.in_(OVER if over else OPEN))
    order = (c.over_on.desc(), c.number.desc()) if over else (c.due_on, c.number)
    return listed(desk, query.order_by(*order), page, Row)


def folders(desk: Desk, page: int = 1) -> Listed[FileRow]:
    """Guarantees in sight that bind, those that mature first in front, each with how much of its file is there."""
    query = desk.select(Guarantee).where(Guarantee.state.in_(BINDING)).order_by(Guarantee.matures, Guarantee.number)
    found = listed(desk, query, page, lambda one: one)
    read = files.several(desk, found.rows)
    rows = tuple(FileRow(one, *_names(desk, one.firm_id, one.bank_id), read[one.id]) for one in found.rows)
    return Listed(rows, found.page, found.of, found.total, found.more)


def parts(desk: Desk, state: PartState | None = None, page: int = 1) -> Listed[PartRow]:
    """Parts of payments that others bear, the oldest open ones first."""
    p = CompensationPart
    query = desk.select(
        p, p.id, p.party, p.name, names.of_firm(p.firm_id), _number(p.guarantee_id), p.claim_id, p.amount, p.since, p.asked_on,
        p.received_on, p.state,
    )  # fmt: skip
    query = query.where(p.state == state) if state else query.where(p.state != PartState.BORNE)
    return listed(desk, query.order_by(p.since, p.party, p.id), page, PartRow)


def folder(desk: Desk, guarantee: Guarantee) -> Folder:
    """The file of a guarantee as of today."""
    firm, bank = _names(desk, guarantee.firm_id, guarantee.bank_id)
    own = desk.all(
        CompensationClaim, CompensationClaim.guarantee_id == guarantee.id, by=CompensationClaim.lodged_at.desc()
    )
    free = guarantee.state in BINDING and all(one.state in OVER for one in own)
    acts = [Act.FILE_ITEM] if guarantee.state in BINDING and desk.may(Act.FILE_ITEM, guarantee) else []
    acts += [Act.LODGE_COMPENSATION] if free and desk.may(Act.LODGE_COMPENSATION, guarantee) else []
    file = files.one(desk, guarantee)
    return Folder(
        guarantee, firm, bank, file, terms.of(desk, guarantee), terms.standing(desk, guarantee), terms.most(desk, guarantee),
        terms.principal(desk, guarantee), tuple(own), tuple(acts), _opens(desk, file),
    )  # fmt: skip


def shown(desk: Desk, claim: CompensationClaim) -> Shown:
    """One claim as the person at the desk may see it."""
    guarantee = desk.session.get_one(Guarantee, claim.guarantee_id)
    firm, bank = _names(desk, claim.firm_id, claim.bank_id)
    file, of = files.one(desk, guarantee), claim.id
    found = {one.item.key.value for one in file.lines if one.found}
    promised = desk.all(CompensationPromise, CompensationPromise.claim_id == of, by=CompensationPromise.key)
    decided = desk.all(CompensationDecision, CompensationDecision.claim_id == of, by=CompensationDecision.number.desc())
    parted = desk.all(CompensationPart, CompensationPart.claim_id == of) if _sees_parts(desk) else []
    return Shown(
        claim, guarantee, firm, bank, _agreement(desk, claim), file, tuple(Promised(Item(one.key), one.due_on, one.key in found) for one in promised),
        tuple(desk.all(CompensationPause, CompensationPause.claim_id == of, by=CompensationPause.since)),
        tuple(_decided(desk, one) for one in decided), desk.find(CompensationAnswer, CompensationAnswer.claim_id == of),
        tuple(sorted(parted, key=lambda one: list(Party).index(one.party))), tuple(papers.about(desk, claim.id)),
        desk.calendar.left(desk.today, claim.due_on), desk.acts(claim),
        _opens(desk, file),
    )  # fmt: skip


def banks(desk: Desk) -> list[BankRow]:
    """Every bank of the person's sight that was ever paid or is stopped, the highest rate first."""
    keys = [desk.actor.bank_id] if desk.actor.bank_id is not None else breaker.banks(desk)
    rows = [bank(desk, key) for key in keys if key is not None]
    return sorted(rows, key=lambda row: -(row.standing.rate.ppm if row.standing.rate else 0))


def bank(desk: Desk, bank_id: int) -> BankRow:
    """How one bank stands, for its own page and that of its agreement."""
    found = breaker.of(desk, bank_id)
    return BankRow(desk.get(Bank, bank_id).name, found, desk.acts(found.stop) if found.stop else ())


def stops(desk: Desk, bank_id: int) -> list[BankStop]:
    """Every stop of a bank in sight, the newest first."""
    return desk.all(BankStop, BankStop.bank_id == bank_id, by=BankStop.at.desc())


def source(desk: Desk) -> str:
    """Where the line of the committee stands."""
    return parameters.figure("breaker_committee_ppm", desk.today).source


def _decided(desk: Desk, decision: CompensationDecision) -> Decided:
    on = desk.today
    cuts = desk.all(CompensationCut, CompensationCut.decision_id == decision.id, by=CompensationCut.number)
    may = [act for act in (CONFIRMS[decision.outcome], Act.RETURN_COMPENSATION) if desk.may(act, decision)]
    return Decided(
        decision, tuple((one, grounds.ground(one.lapse, on)) for one in cuts),
        grounds.ground(decision.reason, on) if decision.reason else None,
        tuple(may) if decision.state is DecisionState.PROPOSED else (),
    )  # fmt: skip


def _agreement(desk: Desk, claim: CompensationClaim) -> SharingAgreement | None:
    return desk.find(SharingAgreement, SharingAgreement.id == claim.agreement_id) if claim.agreement_id else None


def _opens(desk: Desk, file: File) -> frozenset[int]:
    """Of the documents in a file, those the person may open."""
    keys = [trace.document_id for line in file.lines for trace in line.traces if trace.document_id]
    if not keys or not desk.may(Act.OPEN_DOCUMENT, None):
        return frozenset()
    return frozenset(one.id for one in desk.all(Document, Document.id.in_(keys)))


def _sees_parts(desk: Desk) -> bool:
    return desk.actor.bank_id is None


def _number(key: Any) -> ColumnElement[str]:
    return select(Guarantee.number).where(Guarantee.id == key).scalar_subquery()


def _names(desk: Desk, firm_id: int, bank_id: int) -> tuple[str, str]:
    return desk.session.get_one(Firm, firm_id).name, desk.session.get_one(Bank, bank_id).name
