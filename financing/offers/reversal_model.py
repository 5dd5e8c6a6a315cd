"""Reports that banks take back, as stored."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.offers.rules import REVERSAL, ReversalState


class Reversal(Thing):
    """A report that was wrong (撤回填报): the bank says why, a second person confirms, and from then on the report does not count.

    The report itself stays as it was written, a pay-out or a report on an intent.
    """

    __tablename__ = "reversal"
    __table_args__ = (
        UniqueConstraint("drawdown_id"),
        UniqueConstraint("outcome_id"),
        CheckConstraint("(drawdown_id IS NULL) <> (outcome_id IS NULL)", name="one_report"),
        CheckConstraint("why <> ''", name="reason"),
        CheckConstraint("confirmed_by <> asked_by", name="two_people"),
        CheckConstraint("(state = 'confirmed') = (confirmed_by IS NOT NULL)", name="confirmed"),
    )
    flow: ClassVar[Flow[ReversalState]] = REVERSAL

    drawdown_id: Mapped[int | None] = mapped_column(ForeignKey("drawdown.id"))
    outcome_id: Mapped[int | None] = mapped_column(
        ForeignKey("outcome.id")
    )  # of a later slice, which reads it from here
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    why: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int]
    asker: Mapped[str]
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    confirmed_by: Mapped[int | None] = mapped_column(default=None)
    confirmer: Mapped[str] = mapped_column(default="")
    state: Mapped[ReversalState] = mapped_column(default=ReversalState.ASKED)
