"""A bank whose compensation rate has passed the line at which new letters stop, as stored (暂停新业务, F50)."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.compensation.rules import STOP_FLOW, StopState
from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen, Rate

_STANDING = column("state") != StopState.LIFTED.value


class BankStop(Thing):
    """No new letters to this bank until two people lift it with a reason; what it rested on stays as it was found."""

    __tablename__ = "bank_stop"
    __table_args__ = (
        CheckConstraint("rate >= line AND compensated > 0 AND ended > 0", name="passed"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'standing') = (proposed_by IS NULL)", name="asked"),
        CheckConstraint("(state = 'lifted') = (decided_by IS NOT NULL)", name="lifted"),
        Index("uq_bank_stop_standing", "bank_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    )
    flow: ClassVar[Flow[StopState]] = STOP_FLOW

    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    rate: Mapped[Rate]
    line: Mapped[Rate]
    compensated: Mapped[Fen]  # in the months the rate is of
    ended: Mapped[Fen]
    since: Mapped[date]
    at: Mapped[datetime]
    proposed_at: Mapped[datetime | None] = mapped_column(default=None)
    proposed_by: Mapped[int | None] = mapped_column(default=None)
    proposer: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why it was kept
    state: Mapped[StopState] = mapped_column(default=StopState.STANDING)
