"""Repayments that are taken back (撤回还款), as stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, column, select
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.loans.change_rules import BACK_FLOW, BackState
from financing.money import Fen

_COUNTS = column("state").in_([BackState.ASKED.value, BackState.TAKEN_BACK.value])


class RepaymentReversal(Thing):
    """A repayment that was recorded by mistake: asked with the paper it rests on, decided by another person; the repayment's row stays.

    `restored`: what is guaranteed again since, as booked in the guarantee's ledger.
    """

    __tablename__ = "repayment_reversal"
    __table_args__ = (
        CheckConstraint("why <> ''", name="reason"),
        CheckConstraint("decided_by <> asked_by", name="two_people"),
        CheckConstraint("(state = 'asked') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("restored >= 0 AND (restored = 0 OR state = 'taken_back')", name="restored"),
        Index(
            "uq_repayment_reversal_counts", "repayment_id", unique=True, sqlite_where=_COUNTS, postgresql_where=_COUNTS
        ),
    )
    flow: ClassVar[Flow[BackState]] = BACK_FLOW

    repayment_id: Mapped[int] = mapped_column(ForeignKey("loan_repayment.id"))
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), index=True)
    firm_id: Mapped[int] = mapped_column(index=True)
    bank_id: Mapped[int]
    why: Mapped[str]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    asked_at: Mapped[datetime]
    asked_by: Mapped[int]
    asker: Mapped[str]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    restored: Mapped[Fen] = mapped_column(default=Fen(0))
    state: Mapped[BackState] = mapped_column(default=BackState.ASKED)


def taken_back() -> Select[Any]:
    """Repayments that count no more."""
    return select(RepaymentReversal.repayment_id).where(RepaymentReversal.state == BackState.TAKEN_BACK)
