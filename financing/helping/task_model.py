"""Tasks as stored: one table for appointments and dispatch meetings."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.helping.task_rules import TASK_FLOW, TaskSource, TaskState


class Task(Thing):
    """One thing to do (任务) with owner and day; what was asked never changes, done by proof that another person accepts."""

    __tablename__ = "help_task"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done"),
        CheckConstraint("state NOT IN ('proved', 'done') OR proof <> ''", name="proof"),
        CheckConstraint("done_by <> owner_id", name="two_people"),
        Index("ix_help_task_due", "state", "due_on"),
        Index("ix_help_task_source", "source", "source_id"),
    )
    flow: ClassVar[Flow[TaskState]] = TASK_FLOW

    number: Mapped[str]
    title: Mapped[str]
    source: Mapped[TaskSource]
    source_id: Mapped[int]  # the appointment or the dispatch meeting
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)  # who sees it beside the zone
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    owner: Mapped[str]
    due_on: Mapped[date]
    set_at: Mapped[datetime]
    set_by: Mapped[int]
    setter: Mapped[str]
    proof: Mapped[str] = mapped_column(default="")
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), default=None)  # of the firm
    proved_on: Mapped[date | None] = mapped_column(default=None)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    done_by: Mapped[int | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(default="")  # why a proof was sent back, or the task dropped
    state: Mapped[TaskState] = mapped_column(default=TaskState.OPEN)
