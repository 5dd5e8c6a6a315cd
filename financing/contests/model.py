"""Second looks as stored: what a firm contests, who had decided, who looked again and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.contests.rules import FLOW, Contested, ContestState, NextStep, Outcome
from financing.db import Thing
from financing.flow import Flow


class Contest(Thing):
    """One request for a second look (复议), once for each decision; `bank_id` where a bank had decided (F56)."""

    __tablename__ = "contest"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id"),
        CheckConstraint("(state = 'decided') = (reviewer_id IS NOT NULL AND outcome IS NOT NULL)", name="decided"),
        CheckConstraint("(kind = 'decline') = (bank_id IS NOT NULL)", name="whose"),
    )
    flow: ClassVar[Flow[ContestState]] = FLOW

    kind: Mapped[Contested]
    subject_id: Mapped[int]  # the assessment, need, resolution or decline that is contested
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id"), index=True)
    rests_on: Mapped[str]  # the code of the very item the firm contests: a fact, a gate, a ground
    why: Mapped[str]
    deciders: Mapped[list[Any]]  # ids of everybody who handled or decided it: none of them looks again
    decided_on: Mapped[date]  # the decision's own day, from which the firm's time runs
    made_at: Mapped[datetime]
    made_by: Mapped[int]
    due_on: Mapped[date]  # of the second look
    reviewer_id: Mapped[int | None] = mapped_column(default=None)
    reviewer_name: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    outcome: Mapped[Outcome | None] = mapped_column(default=None)
    found: Mapped[str] = mapped_column(default="")  # what the reviewer found on that item
    next_step: Mapped[NextStep | None] = mapped_column(default=None)  # written last; nothing changes after it
    state: Mapped[ContestState] = mapped_column(default=ContestState.OPEN)

    @property
    def of_the_zone(self) -> bool:
        """Whether the zone's side had decided it, not a bank."""
        return self.bank_id is None
