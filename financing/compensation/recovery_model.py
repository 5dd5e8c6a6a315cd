"""Recovery of what was paid for a firm, as stored: the case, what was done, and who gets which part of what came in (追偿)."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.compensation.recovery_rules import (
    RECOVERY_FLOW,
    SHARE_FLOW,
    LimitKind,
    RecoveryState,
    ShareState,
    Step,
)
from financing.db import Thing
from financing.flow import Flow
from financing.guarantees.sharing import Party
from financing.money import Fen, Rate

_OPEN = column("state") == RecoveryState.OPEN.value


class RecoveryCase(Thing):
    """What was paid under one guarantee is claimed from the firm (追偿案件). While it is open it has an owner and a next step with a day."""

    __tablename__ = "recovery_case"
    __table_args__ = (
        CheckConstraint("state = 'closed' OR (next_step IS NOT NULL AND next_on IS NOT NULL)", name="next"),
        CheckConstraint("(state = 'closed') = (closed_by IS NOT NULL)", name="closed"),
        CheckConstraint("(limit_kind IS NULL) = (limit_on IS NULL)", name="limited"),
        CheckConstraint("told >= 0", name="told"),
        Index("uq_recovery_case_open", "guarantee_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_recovery_case_next", "state", "next_on", "number"),
    )
    flow: ClassVar[Flow[RecoveryState]] = RECOVERY_FLOW

    number: Mapped[str] = mapped_column(unique=True)  # ZC2026-0001
    guarantee_id: Mapped[int] = mapped_column(ForeignKey("guarantee.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("guarantee_case.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("guarantee_entry.id"))  # the payment it opened with
    paid_on: Mapped[date]  # of that payment: the three years begin
    opened_on: Mapped[date]
    opened_at: Mapped[datetime]
    owner_id: Mapped[int]
    owner: Mapped[str]
    next_step: Mapped[Step | None]
    next_on: Mapped[date | None]
    next_what: Mapped[str]
    limit_kind: Mapped[LimitKind | None]
    limit_on: Mapped[date | None]
    told: Mapped[int] = mapped_column(default=0)  # rungs of the ladder, for the next step as it stands
    closed_on: Mapped[date | None] = mapped_column(default=None)
    closed_by: Mapped[int | None] = mapped_column(default=None)
    closer: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    state: Mapped[RecoveryState] = mapped_column(default=RecoveryState.OPEN)


class RecoveryStep(Thing):
    """One thing done to get the money back (追偿措施), with what it cost; written once."""

    __tablename__ = "recovery_step"
    __table_args__ = (
        CheckConstraint("cost >= 0", name="cost"),
        CheckConstraint("step IN ('talk', 'other') OR document_id IS NOT NULL", name="paper"),
        Index("ix_recovery_step_case", "recovery_id", "on"),
    )

    recovery_id: Mapped[int] = mapped_column(ForeignKey("recovery_case.id"))
    guarantee_id: Mapped[int] = mapped_column(ForeignKey("guarantee.id"), index=True)
    case_id: Mapped[int]
    firm_id: Mapped[int]
    step: Mapped[Step]
    on: Mapped[date]
    what: Mapped[str]
    cost: Mapped[Fen]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    next_step: Mapped[Step]
    next_on: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]


class RecoveryShare(Thing):
    """One party's part of one recovery (追偿款分配); the guarantor's own is kept, what covers costs among it."""

    __tablename__ = "recovery_share"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(party = 'guarantor') = (state = 'kept')", name="kept"),
        CheckConstraint("NOT for_costs OR party = 'guarantor'", name="costs"),
        CheckConstraint("state NOT IN ('ordered', 'paid') OR (ordered_by IS NOT NULL AND document_id IS NOT NULL)", name="ordered"),
        CheckConstraint("(state = 'paid') = (paid_by IS NOT NULL)", name="paid"),
        CheckConstraint("paid_by <> ordered_by", name="two_people"),
        Index("uq_recovery_share_part", "entry_id", "party", "for_costs", unique=True),
        Index("ix_recovery_share_state", "state"),
    )  # fmt: skip
    flow: ClassVar[Flow[ShareState]] = SHARE_FLOW

    entry_id: Mapped[int] = mapped_column(ForeignKey("guarantee_entry.id"))  # the recovery
    recovery_id: Mapped[int] = mapped_column(ForeignKey("recovery_case.id"), index=True)
    guarantee_id: Mapped[int] = mapped_column(ForeignKey("guarantee.id"), index=True)
    case_id: Mapped[int]
    firm_id: Mapped[int]
    party: Mapped[Party]
    name: Mapped[str]  # of the other party; otherwise empty
    share: Mapped[Rate]
    amount: Mapped[Fen]
    for_costs: Mapped[bool]
    since: Mapped[date]  # the day of the recovery
    state: Mapped[ShareState]
    ordered_on: Mapped[date | None] = mapped_column(default=None)
    ordered_by: Mapped[int | None] = mapped_column(default=None)
    orderer: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), default=None)
    paid_on: Mapped[date | None] = mapped_column(default=None)
    paid_by: Mapped[int | None] = mapped_column(default=None)
    payer: Mapped[str] = mapped_column(default="")
