"""Clocks of needs as stored: one for each step, its standstills, extensions, who was told, and who holds which post."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.clocks.rules import EXTENDING, Delay, Extending, Halt, Rung, Step, Timing
from financing.db import Thing
from financing.flow import Flow

RUNNING: ColumnElement[bool] = literal_column("stopped_on IS NULL")
STANDING: ColumnElement[bool] = literal_column("until IS NULL")
ASKED: ColumnElement[bool] = literal_column("decided_by IS NULL")


class Clock(Thing):
    """How long one step of a need may take (限时). Of a need one runs at a time; once stopped it stays as it is."""

    __tablename__ = "clock"
    __table_args__ = (
        CheckConstraint("days >= 0 AND extended >= 0", name="days"),
        CheckConstraint("due_on >= started_on", name="due"),
        Index("uq_clock_running", "need_id", unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    step: Mapped[Step]
    started_on: Mapped[date]
    days: Mapped[int]  # working days
    due_on: Mapped[date]  # as the firm was last told; never moved to an earlier day
    provisional: Mapped[bool]
    extended: Mapped[int] = mapped_column(default=0)  # working days agreed on top
    paused_on: Mapped[date | None] = mapped_column(default=None)
    stopped_on: Mapped[date | None] = mapped_column(default=None)
    delay: Mapped[Delay | None] = mapped_column(default=None)
    delay_why: Mapped[str] = mapped_column(default="")
    delay_by: Mapped[str] = mapped_column(default="")

    @property
    def timing(self) -> Timing:
        if self.stopped_on is not None:
            return Timing.STOPPED
        return Timing.PAUSED if self.paused_on is not None else Timing.RUNNING


class Standstill(Thing):
    """Days that were not counted, with the reason and the evidence the firm sees (暂停计时)."""

    __tablename__ = "clock_halt"
    __table_args__ = (
        CheckConstraint("until >= since AND due_after >= due_before", name="days"),
        CheckConstraint("(until IS NULL) = (due_after IS NULL)", name="ended"),
        Index("uq_clock_halt_standing", "clock_id", unique=True, sqlite_where=STANDING, postgresql_where=STANDING),
    )

    clock_id: Mapped[int] = mapped_column(ForeignKey("clock.id"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    reason: Mapped[Halt]
    evidence: Mapped[str]
    by_name: Mapped[str]
    since: Mapped[date]
    due_before: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    due_after: Mapped[date | None] = mapped_column(default=None)


class Extension(Thing):
    """More working days for a step (延长): one officer asks, another agrees."""

    __tablename__ = "clock_extension"
    __table_args__ = (
        CheckConstraint("days > 0", name="days"),
        CheckConstraint("decided_by <> proposed_by", name="two"),
        CheckConstraint("(state = 'asked') = (decided_by IS NULL)", name="decided"),
        Index("uq_clock_extension_asked", "clock_id", unique=True, sqlite_where=ASKED, postgresql_where=ASKED),
    )
    flow: ClassVar[Flow[Extending]] = EXTENDING

    clock_id: Mapped[int] = mapped_column(ForeignKey("clock.id"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    days: Mapped[int]
    why: Mapped[str]
    proposed_by: Mapped[int]
    proposer: Mapped[str]
    proposed_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    state: Mapped[Extending] = mapped_column(default=Extending.ASKED)


class Escalation(Thing):
    """One rung of the ladder told of one late deadline, once (I-14)."""

    __tablename__ = "escalation"
    __table_args__ = (UniqueConstraint("clock_id", "due_on", "rung"),)

    clock_id: Mapped[int] = mapped_column(ForeignKey("clock.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    due_on: Mapped[date]
    rung: Mapped[Rung]
    told_on: Mapped[date]
    user_id: Mapped[int | None]  # who holds the post; nobody does: everybody of the role was told


class Post(Thing):
    """Who holds a post of the ladder from a day on (岗位); `user_id` None: nobody, the role is told."""

    __tablename__ = "post"

    rung: Mapped[Rung]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    since: Mapped[date]
    set_by: Mapped[int]
    set_at: Mapped[datetime]
