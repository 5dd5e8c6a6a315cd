"""Checks, visits, warnings, what is learned from others, and who was told of what is late, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.clocks.rules import Rung
from financing.db import Thing
from financing.flow import Flow
from financing.loans.rules import FiveClass
from financing.watch.rules import (
    CHECK_FLOW,
    WARNING_FLOW,
    CheckState,
    Closing,
    Level,
    Origin,
    Outside,
    WarningState,
)

DUE: ColumnElement[bool] = literal_column("state = 'due'")
STANDING: ColumnElement[bool] = literal_column("state <> 'closed'")


class Check(Thing):
    """One dated check of a guarantee in force (保后检查): of a guarantee one waits at a time; its day never moves to a later one."""

    __tablename__ = "watch_check"
    __table_args__ = (
        UniqueConstraint("guarantee_id", "number"),
        CheckConstraint("(state = 'due') = (ended_on IS NULL)", name="ended"),
        CheckConstraint("since <= due_on", name="days"),
        Index("ix_watch_check_due", "state", "due_on"),
        Index("uq_watch_check_due", "guarantee_id", unique=True, sqlite_where=DUE, postgresql_where=DUE),
    )
    flow: ClassVar[Flow[CheckState]] = CHECK_FLOW

    guarantee_id: Mapped[int] = mapped_column(ForeignKey("guarantee.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    number: Mapped[int]  # 1, 2, … of this guarantee
    since: Mapped[date]  # the pay-out or the last visit, from which the days count
    risk: Mapped[FiveClass]  # that set the day
    due_on: Mapped[date]
    planned_on: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[CheckState] = mapped_column(default=CheckState.DUE)


class Visit(Thing):
    """What a check found (检查记录): written once, with the photos and papers as they were on file."""

    __tablename__ = "watch_visit"
    __table_args__ = (
        UniqueConstraint("check_id"),
        CheckConstraint("second_id <> officer_id", name="two_people"),
        CheckConstraint("staff >= 0", name="staff"),
        Index("ix_watch_visit_guarantee", "guarantee_id", "visited_on"),
    )

    check_id: Mapped[int] = mapped_column(ForeignKey("watch_check.id"))
    guarantee_id: Mapped[int] = mapped_column(ForeignKey("guarantee.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int]
    officer_id: Mapped[int]
    officer_name: Mapped[str]
    second_id: Mapped[int | None]
    second_name: Mapped[str]
    visited_on: Mapped[date]
    place: Mapped[str]
    met: Mapped[str]  # who was spoken to, and what they are in the firm
    found: Mapped[list[Any]]  # one entry for each Item: item, seen, note
    staff: Mapped[int | None]  # people at work that day
    papers: Mapped[list[Any]]  # id, name, kind, sha256
    opinion: Mapped[str]
    risk: Mapped[FiveClass]  # as proposed
    at: Mapped[datetime]


class EarlyWarning(Thing):
    """Something found about a guarantee or a firm (风险预警) with its evidence as it was; closed with a reason, a red one by two people."""

    __tablename__ = "warning"
    __table_args__ = (
        UniqueConstraint("subject_id", "rule", "mark"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed"),
        CheckConstraint("state = 'open' OR (closing IS NOT NULL AND why <> '' AND proposed_by IS NOT NULL)", name="reason"),
        CheckConstraint("level <> 'red' OR state <> 'closed' OR decided_by IS NOT NULL", name="red"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        Index("ix_warning_open", "state", "due_on"),
        Index("uq_warning_standing", "subject_id", "rule", unique=True, sqlite_where=STANDING, postgresql_where=STANDING),
    )  # fmt: skip
    flow: ClassVar[Flow[WarningState]] = WARNING_FLOW

    subject_id: Mapped[int]  # the guarantee; the firm when it is about no guarantee
    guarantee_id: Mapped[int | None] = mapped_column(ForeignKey("guarantee.id"), index=True)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id"), index=True)
    rule: Mapped[str]  # key of the published rule
    level: Mapped[Level]
    worsens: Mapped[FiveClass]
    mark: Mapped[str]  # of the one occurrence
    evidence: Mapped[dict[str, Any]]
    source: Mapped[str]  # of the rule, as it stood
    found_on: Mapped[date]
    due_on: Mapped[date]
    closing: Mapped[Closing | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")
    proposed_by: Mapped[int | None] = mapped_column(default=None)
    proposer: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why a closing was sent back, the last time
    closed_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[WarningState] = mapped_column(default=WarningState.OPEN)


class OutsideFact(Thing):
    """What an officer learned of a firm from others (外部情况): kind, figure, day, source; never changed, the newest of a kind counts."""

    __tablename__ = "outside_fact"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value"),
        CheckConstraint("(kind = 'registration') = (security_id IS NOT NULL)", name="security"),
        CheckConstraint("(kind = 'registration') = (until IS NOT NULL)", name="until"),
        Index("ix_outside_fact_newest", "firm_id", "kind", "on"),
    )

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    kind: Mapped[Outside]
    on: Mapped[date]  # the day it is of; of electricity any day of the month
    value: Mapped[int]  # in the unit of its kind; nought: it is over
    text: Mapped[str]
    origin: Mapped[Origin]
    security_id: Mapped[int | None] = mapped_column(ForeignKey("counter_guarantee.id"))
    until: Mapped[date | None]
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]


class WatchEscalation(Thing):
    """One rung of the ladder told of one late check or warning, once (I-14)."""

    __tablename__ = "watch_escalation"
    __table_args__ = (UniqueConstraint("matter_id", "due_on", "rung"),)

    matter_id: Mapped[int]  # a check or a warning
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    due_on: Mapped[date]
    rung: Mapped[Rung]
    told_on: Mapped[date]
    user_id: Mapped[int | None]  # who holds the post; nobody does: everybody of the role was told
