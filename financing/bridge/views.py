"""What people see of the bridge fund: pools on any day, uses by urgency, and one use with everything that happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case

from financing.acts import Act
from financing.bridge import ledger, money, papers, uses
from financing.bridge.model import BridgeMove, BridgePool, BridgePosting, BridgeRelease, BridgeUse
from financing.bridge.promise_model import BankBan, BridgeAlert, PromiseBreach, RenewalPromise, RenewalReport
from financing.bridge.rules import OPEN, BanState, Cause, MoveState, UseState
from financing.db import fen_sum
from financing.desk import Desk
from financing.guarantees import documents
from financing.guarantees.documents import Document
from financing.letters.paper_model import IssuedPaper
from financing.listed import Listed, listed
from financing.loans.renewal_rules import Check
from financing.money import Fen


@dataclass(frozen=True, slots=True)
class PoolStand:
    """A pool as its lines say it stood at the end of a day; `right` says whether its counters are those sums today."""

    pool: BridgePool
    sums: ledger.Sums
    returned: Fen  # everything that ever came back until that day
    right: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Money that waits for its second person."""

    move: BridgeMove
    about: str  # the use's number, or the pool's name
    may: bool


@dataclass(frozen=True, slots=True)
class UseRow:
    """One use in a list; `left` working days until the old loan ends, or until the money must be back."""

    use: BridgeUse
    by: date
    left: int


@dataclass(frozen=True, slots=True)
class UseView:
    use: BridgeUse
    promise: RenewalPromise | None
    paper: IssuedPaper | None
    paid: BridgeRelease | None
    lines: Sequence[BridgePosting]
    moves: Sequence[Waiting]
    renewed: RenewalReport | None
    alerts: Sequence[BridgeAlert]
    breaches: Sequence[PromiseBreach]
    files: Sequence[Document]
    check: Check
    fee: Fen  # until today, or as settled
    days: int  # since the pay-out, as the fee counts them
    acts: tuple[Act, ...]
    may_sign: bool
    may_open: bool


def pools(desk: Desk, day: date | None = None) -> list[PoolStand]:
    """Every pool in sight at the end of a day, in a fixed number of statements."""
    found = desk.all(BridgePool, by=BridgePool.opened_at)
    if not found:
        return []
    wrong, sums = ledger.differences(desk.session), ledger.balances(desk.session, day)
    p = BridgePosting
    back = desk.select(p, p.pool_id, fen_sum(p.amount)).where(p.cause == Cause.RETURNED, p.on <= (day or desk.today))
    returned = {row[0]: row[1] for row in desk.session.execute(back.group_by(p.pool_id))}
    return [
        PoolStand(pool, sums.get(pool.id, ledger.nothing()), returned.get(pool.id, Fen(0)), pool.id not in wrong)
        for pool in found
    ]


def book(desk: Desk, pool: BridgePool, page: int) -> Listed[BridgePosting]:
    """The lines of a pool, the newest first."""
    query = desk.select(BridgePosting).where(BridgePosting.pool_id == pool.id)
    return listed(desk, query.order_by(BridgePosting.on.desc(), BridgePosting.at.desc()), page, lambda line: line)


def numbers(desk: Desk, lines: Sequence[BridgePosting]) -> dict[int, tuple[str, str]]:
    """The number and the firm of each use that lines are for."""
    keys = {line.use_id for line in lines if line.use_id}
    rows = desk.session.execute(
        desk.select(BridgeUse, BridgeUse.id, BridgeUse.number, BridgeUse.firm).where(BridgeUse.id.in_(keys))
    )
    return {row.id: (row.number, row.firm) for row in rows}


def every(desk: Desk, state: UseState | None, page: int) -> Listed[UseRow]:
    """Uses in sight: open ones by the day that presses first, then what is over, the newest first."""
    u = BridgeUse
    query = desk.select(u)
    query = query.where(u.state == state) if state else query
    over = case((u.state.in_(OPEN), 0), else_=1)
    presses = case((u.state.in_(OPEN), case((u.due_on.is_not(None), u.due_on), else_=u.matures)))
    return listed(desk, query.order_by(over, presses, u.entered_at.desc()), page, lambda use: _row(desk, use))


def _row(desk: Desk, use: BridgeUse) -> UseRow:
    by = use.due_on or use.matures
    return UseRow(use, by, desk.calendar.left(desk.today, by))


def waiting(desk: Desk) -> list[Waiting]:
    """Money that waits for a second person, the oldest first."""
    moves = desk.all(BridgeMove, BridgeMove.state == MoveState.PROPOSED, by=BridgeMove.proposed_at)
    return _waiting(desk, moves)


def _waiting(desk: Desk, moves: Sequence[BridgeMove]) -> list[Waiting]:
    used = {move.use_id for move in moves if move.use_id}
    number = {use.id: use.number for use in desk.all(BridgeUse, BridgeUse.id.in_(used))}
    name = {pool.id: pool.name for pool in desk.all(BridgePool)}
    return [
        Waiting(
            move,
            number[move.use_id] if move.use_id else name.get(move.pool_id, ""),
            desk.may(Act.CONFIRM_MOVE, move),
        )
        for move in moves
    ]


def bans(desk: Desk) -> list[tuple[BankBan, tuple[Act, ...]]]:
    """Banks that may not use the fund, with what may be done about each."""
    return [(ban, desk.acts(ban)) for ban in desk.all(BankBan, BankBan.state != BanState.LIFTED, by=BankBan.since)]


def one(desk: Desk, use: BridgeUse) -> UseView:
    """One use with everything that the person at the desk may see of it."""
    about = {"use_id": use.id}
    said = desk.find(RenewalPromise, RenewalPromise.use_id == use.id, RenewalPromise.standing)
    paid = desk.find(BridgeRelease, BridgeRelease.use_id == about["use_id"])
    moves = desk.all(BridgeMove, BridgeMove.use_id == use.id, BridgeMove.state == MoveState.PROPOSED)
    fee = use.fee if use.fee is not None else money.fee(desk, use, desk.today)
    sees = desk.may(Act.OPEN_DOCUMENT, use)
    return UseView(
        use=use, promise=said, paper=papers.of(desk, said) if said else None, paid=paid,
        lines=sorted(uses.released(desk, use), key=lambda line: (line.at, list(Cause).index(line.cause))),
        moves=_waiting(desk, moves), renewed=desk.find(RenewalReport, RenewalReport.use_id == use.id),
        alerts=desk.all(BridgeAlert, BridgeAlert.use_id == use.id, by=BridgeAlert.level),
        breaches=desk.all(PromiseBreach, PromiseBreach.use_id == use.id, by=PromiseBreach.at),
        files=documents.about(desk, use.id) if sees else (), check=Check.read(use.renewal), fee=fee,
        days=money.tiers(paid).days(paid.on, desk.today) if paid else 0, acts=_acts(desk, use),
        may_sign=uses.may_sign(desk, use), may_open=sees,
    )  # fmt: skip


def _acts(desk: Desk, use: BridgeUse) -> tuple[Act, ...]:
    """What this person may do now, without what follows from it and what is over."""
    renewed = desk.find(RenewalReport, RenewalReport.use_id == use.id) is not None
    gone = {Act.REPORT_RENEWAL} if renewed else set()
    if not uses.may_sign(desk, use):
        gone |= {Act.SIGN_BRIDGE}
    return tuple(act for act in desk.acts(use) if act not in gone)


@dataclass(frozen=True, slots=True)
class Kept:
    """How a bank kept its word to the fund: money paid out on it in a period, of that promises not kept, and whether it is suspended."""

    paid: int
    broken: int
    ban: BankBan | None


def kept(desk: Desk, bank_id: int, since: date, until: date) -> Kept:
    """A bank's promises upon which money went out between two days, both included."""
    paid = desk.all(BridgeUse, BridgeUse.bank_id == bank_id, BridgeUse.released_on.between(since, until))
    found = desk.all(PromiseBreach, PromiseBreach.use_id.in_([use.id for use in paid]))
    ban = desk.find(BankBan, BankBan.bank_id == bank_id, BankBan.state != BanState.LIFTED)
    return Kept(len(paid), len({breach.use_id for breach in found}), ban)


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """The fund's month: how each pool stood at its beginning and its end, and what moved in between by cause."""

    first: date
    last: date
    rows: Sequence[tuple[BridgePool, ledger.Sums, ledger.Sums]]
    moved: dict[Cause, tuple[int, Fen]]
    open_uses: Sequence[BridgeUse]


def month(desk: Desk, first: date, before: date, last: date) -> MonthSheet:
    """A month from its first day to its last; `before` is the day before it began."""
    opening, closing = ledger.balances(desk.session, before), ledger.balances(desk.session, last)
    rows = [
        (pool, opening.get(pool.id, ledger.nothing()), closing.get(pool.id, ledger.nothing()))
        for pool in desk.all(BridgePool, by=BridgePool.opened_at)
    ]
    moved: dict[Cause, tuple[int, Fen]] = {}
    for line in desk.all(BridgePosting, BridgePosting.on.between(first, last)):
        count, amount = moved.get(line.cause, (0, Fen(0)))
        moved[line.cause] = (count + 1, amount + line.amount)
    still = desk.all(BridgeUse, BridgeUse.released_on <= last, BridgeUse.state == UseState.OUT, by=BridgeUse.due_on)
    return MonthSheet(first, last, rows, moved, still)
