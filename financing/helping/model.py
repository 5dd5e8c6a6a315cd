"""Helpers, who helps which firm, its plan and visits, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.helping.rules import GOAL_FLOW, PLAN_FLOW, GoalSource, GoalState, PlanState, Topic

STANDING: ColumnElement[bool] = literal_column("until IS NULL")


class HelperProfile(Thing):
    """What an officer or leader is good at (帮扶人员); `takes` whether firms may be given to them."""

    __tablename__ = "help_helper"
    __table_args__ = (UniqueConstraint("user_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    unit: Mapped[str]
    phone: Mapped[str]
    skills: Mapped[list[Any]]  # Topic
    takes: Mapped[bool]
    set_at: Mapped[datetime]
    set_by: Mapped[int]


class Pairing(Thing):
    """Who helps a firm (帮扶指定): one leader, one helper, a deputy, a team; ended by the next one, never changed."""

    __tablename__ = "help_pairing"
    __table_args__ = (
        CheckConstraint("deputy_id <> helper_id", name="deputy"),
        CheckConstraint("until >= since", name="days"),
        Index("uq_help_pairing_standing", "firm_id", unique=True, sqlite_where=STANDING, postgresql_where=STANDING),
        Index("ix_help_pairing_helper", "helper_id", "until"),
    )

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    leader_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    leader: Mapped[str]
    helper_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    helper: Mapped[str]
    deputy_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    deputy: Mapped[str]
    team: Mapped[list[Any]]  # names beside them
    reasons: Mapped[dict[str, Any]]  # what the proposal rested on that day
    note: Mapped[str]  # hand-over note where there was a helper before
    since: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]
    until: Mapped[date | None] = mapped_column(default=None)


class Goal(Thing):
    """One goal of a firm's plan of a year (帮扶目标), with owner and day."""

    __tablename__ = "help_goal"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (ended_on IS NULL)", name="ended"),
        CheckConstraint("state <> 'dropped' OR why <> ''", name="why"),
        UniqueConstraint("answer_id", "topic"),
        Index("ix_help_goal_due", "state", "due_on"),
    )
    flow: ClassVar[Flow[GoalState]] = GOAL_FLOW

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    year: Mapped[int]
    topic: Mapped[Topic]
    title: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    owner: Mapped[str]
    due_on: Mapped[date]
    source: Mapped[GoalSource]
    answer_id: Mapped[int | None]  # the answer to the survey that made it
    set_at: Mapped[datetime]
    set_by: Mapped[int]
    ended_on: Mapped[date | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")
    state: Mapped[GoalState] = mapped_column(default=GoalState.OPEN)


class GoalNote(Thing):
    """How far a goal has come (进展), written once."""

    __tablename__ = "help_goal_note"

    goal_id: Mapped[int] = mapped_column(ForeignKey("help_goal.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    text: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]


class VisitPlan(Thing):
    """A visit that who helps a firm has planned for a day (走访安排); the firm reads it, and nothing of it changes but its end."""

    __tablename__ = "help_visit_plan"
    __table_args__ = (
        CheckConstraint("(state = 'planned') = (ended_on IS NULL)", name="ended"),
        CheckConstraint("state <> 'dropped' OR why <> ''", name="why"),
        Index("ix_help_visit_plan_day", "state", "day"),
    )
    flow: ClassVar[Flow[PlanState]] = PLAN_FLOW

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    day: Mapped[date]
    purpose: Mapped[str]
    anyway: Mapped[bool]  # though the day is quiet, off or taken
    planned_at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]
    ended_on: Mapped[date | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")
    state: Mapped[PlanState] = mapped_column(default=PlanState.PLANNED)


class HelpVisit(Thing):
    """A visit to a firm by who helps it (走访), written once; the firm reads it."""

    __tablename__ = "help_visit"
    __table_args__ = (Index("ix_help_visit_by", "by", "visited_on"),)

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    visited_on: Mapped[date]
    met: Mapped[str]
    found: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]
