"""Meetings of the rhythm (调度会) and what they decided, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.cadence.rules import FLOW, DispatchState
from financing.db import Thing
from financing.figures.spans import Span
from financing.flow import Flow


class Dispatch(Thing):
    """One meeting of one period (调度会): of a period there is never a second one, and what it was convened on stays as it was."""

    __tablename__ = "dispatch"
    __table_args__ = (
        UniqueConstraint("span", "until"),
        CheckConstraint("since <= until AND held_on <= until AND convened_on >= held_on AND close_by >= convened_on", name="days"),
        CheckConstraint("(state = 'joined') = (joined_id IS NOT NULL)", name="joined"),
        CheckConstraint("joined_id <> id", name="other"),
        CheckConstraint("(state = 'closed') = (decided_by IS NOT NULL)", name="closed"),
        CheckConstraint("state NOT IN ('minuted', 'closed') OR (proposed_by IS NOT NULL AND minutes <> '')", name="minuted"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
    )  # fmt: skip
    flow: ClassVar[Flow[DispatchState]] = FLOW

    number: Mapped[str] = mapped_column(unique=True)  # DH2026-0001
    span: Mapped[Span]
    since: Mapped[date]
    until: Mapped[date]
    held_on: Mapped[date]  # its day by the calendar
    provisional: Mapped[bool]  # the year's calendar was not announced when the day was counted
    convened_on: Mapped[date]  # what stands in the record is as of this day: a later one after downtime
    convened_at: Mapped[datetime]
    close_by: Mapped[date]  # minutes are to be written by this day
    record: Mapped[dict[str, Any]]  # items, what became of former decisions, figures: as plain values
    digest: Mapped[str]  # sha256 of the canonical record
    minutes: Mapped[str] = mapped_column(default="")
    proposed_at: Mapped[datetime | None] = mapped_column(default=None)
    proposed_by: Mapped[int | None] = mapped_column(default=None)  # who wrote the minutes
    proposer: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)  # who confirmed them
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why minutes were sent back, the last time
    joined_id: Mapped[int | None] = mapped_column(ForeignKey("dispatch.id"), default=None)
    state: Mapped[DispatchState] = mapped_column(default=FLOW.start)

    @property
    def made_up(self) -> bool:
        """Convened after its day, because the platform stood still: the record tells of the later day."""
        return self.convened_on > self.held_on


class DispatchDecision(Thing):
    """What a meeting decided (会议决定): written once, and a task from that moment on."""

    __tablename__ = "dispatch_decision"
    __table_args__ = (
        UniqueConstraint("task_id"),
        CheckConstraint("item >= 0 AND said <> ''", name="said"),
    )

    dispatch_id: Mapped[int] = mapped_column(ForeignKey("dispatch.id"), index=True)
    item: Mapped[int]  # its place on the list of the meeting, from 1; 0: about no item
    said: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    owner: Mapped[str]
    due_on: Mapped[date]
    task_id: Mapped[int] = mapped_column(ForeignKey("help_task.id"))
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]
