"""What people see of recovery: cases by their next step, one with everything, and what is owed to other parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, select

from financing.acts import Act
from financing.compensation.recovery_model import RecoveryCase, RecoveryShare, RecoveryStep
from financing.compensation.recovery_rules import LimitKind, RecoveryState, ShareState, Step
from financing.db import fen_sum
from financing.desk import Desk
from financing.guarantees.documents import Document
from financing.guarantees.sharing import WHOLE, Party
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.listed import Listed, listed
from financing.money import Fen, Rate
from financing.parties import names
from financing.parties.model import Bank, Firm


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    number: str
    firm: str
    guarantee: str
    unrecovered: Fen
    owner: str
    next_step: Step | None
    next_on: date | None
    limit_kind: LimitKind | None
    limit_on: date | None
    closed_on: date | None
    state: RecoveryState


@dataclass(frozen=True, slots=True)
class ShareRow:
    id: int
    party: Party
    name: str
    firm: str
    number: str
    amount: Fen
    since: date
    ordered_on: date | None
    paid_on: date | None
    state: ShareState


@dataclass(frozen=True, slots=True)
class Slice:
    """What one party has of all that was recovered: where its part begins in the picture and how wide it is, in ppm."""

    party: Party
    name: str
    for_costs: bool
    amount: Fen
    start: int
    share: Rate


@dataclass(frozen=True, slots=True)
class Shown:
    """One case with everything around it."""

    case: RecoveryCase
    guarantee: Guarantee
    firm: str
    bank: str
    steps: tuple[tuple[RecoveryStep, Document | None], ...]
    shares: tuple[RecoveryShare, ...]
    slices: tuple[Slice, ...]
    paid: Fen
    recovered: Fen
    lost: Fen
    costs: Fen
    left: int | None  # working days to the next step
    acts: tuple[Act, ...]


def cases(desk: Desk, *, closed: bool = False, page: int = 1) -> Listed[Row]:
    """Open cases in sight, whose next step comes first in front; closed ones, the newest first."""
    c = RecoveryCase
    query = desk.select(
        c, c.id, c.number, names.of_firm(c.firm_id), _of(Guarantee.number, c.guarantee_id), _of(Guarantee.unrecovered, c.guarantee_id),
        c.owner, c.next_step, c.next_on, c.limit_kind, c.limit_on, c.closed_on, c.state,
    )  # fmt: skip
    query = query.where(c.state == (RecoveryState.CLOSED if closed else RecoveryState.OPEN))
    order = (c.closed_on.desc(), c.number.desc()) if closed else (c.next_on, c.number)
    return listed(desk, query.order_by(*order), page, Row)


def shares(desk: Desk, only: ShareState | None = None, page: int = 1) -> Listed[ShareRow]:
    """Parts of recoveries that fall to others, the oldest first."""
    s = RecoveryShare
    number = select(RecoveryCase.number).where(RecoveryCase.id == s.recovery_id).scalar_subquery()
    query = desk.select(
        s, s.id, s.party, s.name, names.of_firm(s.firm_id), number, s.amount, s.since, s.ordered_on, s.paid_on, s.state
    )
    query = query.where(s.state == only) if only else query.where(s.state != ShareState.KEPT)
    return listed(desk, query.order_by(s.since, s.party, s.id), page, ShareRow)


def shown(desk: Desk, case: RecoveryCase) -> Shown:
    """One case as the person at the desk may see it."""
    guarantee = desk.session.get_one(Guarantee, case.guarantee_id)
    steps = desk.all(RecoveryStep, RecoveryStep.recovery_id == case.id, by=RecoveryStep.on.desc())
    parts = desk.all(RecoveryShare, RecoveryShare.recovery_id == case.id, by=RecoveryShare.since.desc())
    sums = _sums(desk, guarantee.id)
    return Shown(
        case, guarantee, desk.session.get_one(Firm, case.firm_id).name, desk.session.get_one(Bank, case.bank_id).name,
        tuple((one, _document(desk, one.document_id)) for one in steps), tuple(parts), tuple(_slices(parts)),
        sums.get(EntryKind.COMPENSATED, Fen(0)), sums.get(EntryKind.RECOVERED, Fen(0)), sums.get(EntryKind.LOST, Fen(0)),
        sum((one.cost for one in steps), Fen(0)), desk.calendar.left(desk.today, case.next_on) if case.next_on else None,
        desk.acts(case),
    )  # fmt: skip


def _slices(parts: list[RecoveryShare]) -> list[Slice]:
    order = list(Party)
    sums: dict[tuple[bool, int, str], int] = {}
    for one in parts:
        key = (not one.for_costs, order.index(one.party), one.name)
        sums[key] = sums.get(key, 0) + one.amount.fen
    whole = sum(sums.values())
    ends = [end * WHOLE // whole for end in accumulate(sums[key] for key in sorted(sums))]
    starts = [0, *ends]
    return [
        Slice(order[key[1]], key[2], not key[0], Fen(sums[key]), start, Rate(end - start))
        for key, start, end in zip(sorted(sums), starts, ends, strict=False)
    ]


def _sums(desk: Desk, guarantee_id: int) -> dict[EntryKind, Fen]:
    query = select(GuaranteeEntry.kind, fen_sum(GuaranteeEntry.amount)).where(
        GuaranteeEntry.guarantee_id == guarantee_id
    )
    return dict(desk.session.execute(query.group_by(GuaranteeEntry.kind)).all())


def _document(desk: Desk, key: int | None) -> Document | None:
    return desk.find(Document, Document.id == key) if key and desk.may(Act.OPEN_DOCUMENT, None) else None


def _of(column: Any, key: Any) -> ColumnElement[Any]:
    return select(column).where(Guarantee.id == key).scalar_subquery()
