"""The bridge fund as stored: pools and their postings, uses, and money that waits for a second person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column, synonym

from financing.bridge.rules import (
    FLOW,
    MOVE_FLOW,
    OF_USE,
    OPEN,
    PATHS,
    Borrower,
    Cause,
    LoanUse,
    MoveState,
    Pot,
    UseState,
)
from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen, Rate

_OPEN = column("state").in_([state.value for state in OPEN])
_WAITS = column("state") == MoveState.PROPOSED.value
_WAITS_FOR_POOL = _WAITS & column("use_id").is_(None)
_PATHS = " OR ".join(f"(cause = '{c}' AND source = '{a}' AND target = '{b}')" for c, (a, b) in PATHS.items())
_OF_USE = ", ".join(f"'{cause}'" for cause in OF_USE)
#: States of a use in which two people have signed, and three above the bound.
_SIGNED = "state IN ('approved', 'out', 'returned', 'closed', 'lost')"
_PAID = "state IN ('out', 'returned', 'closed', 'lost')"
#: Larger sums would not let the database itself multiply by parts per million.
MOST = 10**12


class BridgePool(Thing):
    """One pool of the fund (资金池): its pots add up to its capital at any moment, and none of them is ever below nothing."""

    __tablename__ = "bridge_pool"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint("capital = free + reserved + in_use + lost", name="reconciled"),
        CheckConstraint("free >= 0 AND reserved >= 0 AND in_use >= 0 AND lost >= 0 AND fees >= 0", name="pots"),
    )

    name: Mapped[str]
    custodian: Mapped[str]  # the bank that keeps the account
    account: Mapped[str]
    opened_at: Mapped[datetime]
    opened_by: Mapped[int]
    opener: Mapped[str]
    capital: Mapped[Fen] = mapped_column(default=Fen(0))
    free: Mapped[Fen] = mapped_column(default=Fen(0))
    reserved: Mapped[Fen] = mapped_column(default=Fen(0))
    in_use: Mapped[Fen] = mapped_column(default=Fen(0))
    lost: Mapped[Fen] = mapped_column(default=Fen(0))
    fees: Mapped[Fen] = mapped_column(default=Fen(0))


class BridgeUse(Thing):
    """One firm's use of the fund (应急转贷), from its application to the settled fee; bounds are copied in, so that the CHECK knows them."""

    __tablename__ = "bridge_use"
    __table_args__ = (
        CheckConstraint("0 < amount AND amount <= asked AND asked <= owed AND amount <= kind_cap", name="amounts"),
        CheckConstraint("deposit >= 0 AND returned >= 0 AND returned <= amount AND fee >= 0", name="sums"),
        CheckConstraint("loan_use = 'working_capital'", name="working_capital"),
        CheckConstraint("days_ahead >= ahead_least OR late_reason <> ''", name="late"),
        CheckConstraint("fund_by <> office_by AND leader_by <> fund_by AND leader_by <> office_by", name="two_people"),
        CheckConstraint("entered_by <> office_by AND entered_by <> fund_by AND entered_by <> leader_by", name="other"),
        CheckConstraint(
            f"NOT ({_SIGNED}) OR (fund_by IS NOT NULL AND office_by IS NOT NULL AND pool_id IS NOT NULL"
            " AND (amount <= two_bound OR leader_by IS NOT NULL))",
            name="signed",
        ),
        CheckConstraint(f"({_PAID}) = (released_on IS NOT NULL)", name="released"),
        CheckConstraint("(released_on IS NULL) = (due_on IS NULL)", name="due"),
        CheckConstraint("state <> 'closed' OR (returned = amount AND fee IS NOT NULL)", name="closed"),
        Index("uq_bridge_use_open", "firm_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_bridge_use_newest", "entered_at", "number"),
        Index("ix_bridge_use_state", "state", "matures"),
    )
    flow: ClassVar[Flow[UseState]] = FLOW

    number: Mapped[str] = mapped_column(unique=True)  # YJ2026-0001
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    firm: Mapped[str]
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    bank: Mapped[str]
    loan_id: Mapped[int | None] = mapped_column(
        ForeignKey("loan.id")
    )  # a loan of the platform; None: another one, stated with its contract
    contract: Mapped[str]  # the number of the old loan's contract
    loan_use: Mapped[LoanUse]
    borrower: Mapped[Borrower]
    borrower_name: Mapped[str]
    owed: Mapped[Fen]  # principal of the old loan that is to be repaid
    matures: Mapped[date]  # the day it must be repaid
    asked: Mapped[Fen]
    amount: Mapped[Fen]  # what the fund brings: as asked, never above the bounds
    kind_cap: Mapped[Fen]
    two_bound: Mapped[Fen]  # up to this two people sign, above it three
    days_ahead: Mapped[int]  # working days between application and maturity
    ahead_least: Mapped[int]
    why: Mapped[str]
    late_reason: Mapped[str]
    renewal: Mapped[dict[str, Any]]  # whether 无还本续贷 would make the bridge needless, as told on the day
    entered_at: Mapped[datetime]
    entered_by: Mapped[int]
    enterer: Mapped[str]
    typed: Mapped[bool]  # by an officer for the firm
    deposit: Mapped[Fen] = mapped_column(default=Fen(0))  # the firm's own part in the controlled account
    deposited_on: Mapped[date | None] = mapped_column(default=None)
    pool_id: Mapped[int | None] = mapped_column(ForeignKey("bridge_pool.id"), default=None)
    fund_by: Mapped[int | None] = mapped_column(default=None)
    fund_name: Mapped[str] = mapped_column(default="")
    office_by: Mapped[int | None] = mapped_column(default=None)
    office_name: Mapped[str] = mapped_column(default="")
    leader_by: Mapped[int | None] = mapped_column(default=None)
    leader_name: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    released_on: Mapped[date | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    returned: Mapped[Fen] = mapped_column(default=Fen(0))
    fee: Mapped[Fen | None] = mapped_column(default=None)  # known once everything is back
    closed_on: Mapped[date | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(default="")  # why it was refused or withdrawn
    state: Mapped[UseState] = mapped_column(default=UseState.APPLIED)

    use_id: Mapped[int] = synonym("id", init=False)

    @property
    def own(self) -> Fen:
        """What the firm brings itself."""
        return self.owed - self.amount

    @property
    def left(self) -> Fen:
        """What of the fund's money is still out."""
        return self.amount - self.returned

    @property
    def signed_by(self) -> tuple[int, ...]:
        return tuple(who for who in (self.fund_by, self.office_by, self.leader_by) if who is not None)


class BridgeMove(Thing):
    """Money that one person puts forward and another confirms (资金进出): into and out of a pool, back from a use, a fee, a loss."""

    __tablename__ = "bridge_move"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(f"(cause IN ({_OF_USE})) = (use_id IS NOT NULL)", name="of_use"),
        CheckConstraint("cause NOT IN ('reserved', 'freed', 'released')", name="cause"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
        Index("uq_bridge_move_use", "use_id", "cause", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index(
            "uq_bridge_move_pool", "pool_id", "cause", unique=True,
            sqlite_where=_WAITS_FOR_POOL, postgresql_where=_WAITS_FOR_POOL,
        ),
    )  # fmt: skip
    flow: ClassVar[Flow[MoveState]] = MOVE_FLOW

    pool_id: Mapped[int] = mapped_column(ForeignKey("bridge_pool.id"), index=True)
    use_id: Mapped[int | None] = mapped_column(ForeignKey("bridge_use.id"))
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"))
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id"))
    cause: Mapped[Cause]
    amount: Mapped[Fen]
    on: Mapped[date]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    reason: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int]
    proposer: Mapped[str]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    state: Mapped[MoveState] = mapped_column(default=MoveState.PROPOSED)


class BridgePosting(Thing):
    """One line of a pool's book (资金流水): from one pot into another, written once; every counter is the sum of these lines."""

    __tablename__ = "bridge_posting"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(_PATHS, name="path"),
        CheckConstraint("cause = 'freed' OR (confirmed_by IS NOT NULL AND confirmed_by <> by)", name="two_people"),
        CheckConstraint("cause IN ('paid_in', 'withdrawn', 'fee_out') OR use_id IS NOT NULL", name="of_use"),
        UniqueConstraint("move_id"),
        Index("ix_bridge_posting_book", "pool_id", "on", "at"),
    )

    pool_id: Mapped[int] = mapped_column(ForeignKey("bridge_pool.id"))
    cause: Mapped[Cause]
    source: Mapped[Pot]
    target: Mapped[Pot]
    amount: Mapped[Fen]
    on: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[int]
    confirmed_by: Mapped[int | None] = mapped_column(default=None)
    use_id: Mapped[int | None] = mapped_column(ForeignKey("bridge_use.id"), index=True, default=None)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), default=None)
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id"), default=None)
    move_id: Mapped[int | None] = mapped_column(ForeignKey("bridge_move.id"), default=None)


class BridgeRelease(Thing):
    """Money that left the fund (放款): only by a promise that stands, into the account that the promise names; written once.

    The foreign key takes the promise with its amount, its account and that it stands: no code can release without it, and no
    promise that was released upon can be taken back.
    """

    __tablename__ = "bridge_release"
    __table_args__ = (
        UniqueConstraint("use_id"),
        ForeignKeyConstraint(
            ["promise_id", "use_id", "promised", "account", "standing"],
            [f"bridge_promise.{name}" for name in ("id", "use_id", "amount", "account", "standing")],
            name="fk_bridge_release_promise",
        ),
        CheckConstraint("standing", name="standing"),
        CheckConstraint("amount > 0 AND amount + deposit >= owed", name="own_part"),
        CheckConstraint(f"promised <= {MOST} AND amount * {10**6} <= promised * share", name="share"),
        CheckConstraint("fund_by <> office_by AND leader_by <> fund_by AND leader_by <> office_by", name="two_people"),
        CheckConstraint("amount <= two_bound OR leader_by IS NOT NULL", name="tier"),
        CheckConstraint('first_days >= 0 AND first >= 0 AND later >= 0 AND due_on >= "on"', name="fees"),
    )

    use_id: Mapped[int] = mapped_column(ForeignKey("bridge_use.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    pool_id: Mapped[int] = mapped_column(ForeignKey("bridge_pool.id"))
    promise_id: Mapped[int]
    promised: Mapped[Fen]
    account: Mapped[str]
    standing: Mapped[bool]
    amount: Mapped[Fen]
    deposit: Mapped[Fen]
    owed: Mapped[Fen]
    share: Mapped[Rate]
    on: Mapped[date]
    due_on: Mapped[date]
    first_days: Mapped[int]
    first: Mapped[Rate]
    later: Mapped[Rate]
    counts_out: Mapped[bool]
    counts_return: Mapped[bool]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    two_bound: Mapped[Fen]
    fund_by: Mapped[int]
    office_by: Mapped[int]
    leader_by: Mapped[int | None]
    by: Mapped[int]
    name: Mapped[str]
    at: Mapped[datetime]
