"""Inspections and visits, the authorities that take part in each, and what firms say of those who came unannounced, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.inspections.rules import (
    FLOW,
    WORD_FLOW,
    Authority,
    Found,
    Grievance,
    InspectionState,
    Kind,
    Topic,
    Urgent,
    WordState,
)

#: A firm has one of these on a day; what is urgent comes beside it.
HOLDS_DAY: ColumnElement[bool] = literal_column("state IN ('asked', 'booked', 'done') AND urgent IS NULL")
#: Of one topic a firm has one of these in a year.
HOLDS_YEAR: ColumnElement[bool] = literal_column("counts AND kind = 'inspection' AND urgent IS NULL")


class Inspection(Thing):
    """One day on which somebody comes to a firm (入企检查或走访); authorities that come together stand in `inspection_party`."""

    __tablename__ = "inspection"
    __table_args__ = (
        CheckConstraint("kind = 'inspection' OR urgent IS NULL", name="urgent"),
        CheckConstraint(
            "(state = 'done') = (found IS NOT NULL) AND (found IS NULL) = (recorded_by IS NULL)", name="found"
        ),
        CheckConstraint("(found IN ('fault', 'offence')) = (mend_by IS NOT NULL)", name="mend"),
        CheckConstraint(
            "state NOT IN ('booked', 'done') OR (kind = 'inspection' AND urgent IS NULL) OR decided_by IS NOT NULL",
            name="approved",
        ),
        CheckConstraint("state NOT IN ('refused', 'cancelled') OR answer <> ''", name="answer"),
        CheckConstraint("decided_by <> booked_by", name="two_people"),
        Index("uq_inspection_day", "firm_id", "day", unique=True, sqlite_where=HOLDS_DAY, postgresql_where=HOLDS_DAY),
        Index("ix_inspection_calendar", "day", "state"),
    )
    flow: ClassVar[Flow[InspectionState]] = FLOW

    number: Mapped[str] = mapped_column(unique=True)  # JC2026-0001
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    kind: Mapped[Kind]
    urgent: Mapped[Urgent | None]
    day: Mapped[date]
    why: Mapped[str]  # what is urgent, or what a visit is for; empty where neither
    booked_by: Mapped[int]
    booker: Mapped[str]
    booked_at: Mapped[datetime]
    state: Mapped[InspectionState]
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why it was refused or cancelled
    found: Mapped[Found | None] = mapped_column(default=None)
    report: Mapped[str] = mapped_column(default="")
    mend_by: Mapped[date | None] = mapped_column(default=None)
    recorded_by: Mapped[int | None] = mapped_column(default=None)
    recorder: Mapped[str] = mapped_column(default="")
    recorded_on: Mapped[date | None] = mapped_column(default=None)


class InspectionParty(Thing):
    """One authority with its topic and legal basis; the first one leads, others join (联合检查)."""

    __tablename__ = "inspection_party"
    __table_args__ = (
        UniqueConstraint("inspection_id", "authority", "topic"),
        Index("uq_inspection_party_year", "firm_id", "topic", "year", unique=True, sqlite_where=HOLDS_YEAR, postgresql_where=HOLDS_YEAR),
    )  # fmt: skip

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    authority: Mapped[Authority]
    topic: Mapped[Topic]
    basis: Mapped[str]
    lead: Mapped[bool]
    kind: Mapped[Kind]
    urgent: Mapped[Urgent | None]
    year: Mapped[int]
    by: Mapped[int]
    name: Mapped[str]
    at: Mapped[datetime]
    counts: Mapped[bool] = mapped_column(default=True)  # until it is refused or cancelled


class UnannouncedWord(Thing):
    """A firm says that somebody came unannounced, again, or charged what is not listed (企业反映); a leader or an officer answers."""

    __tablename__ = "unannounced_word"
    __table_args__ = (
        CheckConstraint("(state = 'answered') = (answered_by IS NOT NULL AND answer <> '')", name="answered"),
    )
    flow: ClassVar[Flow[WordState]] = WORD_FLOW

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id"))
    grievance: Mapped[Grievance]
    authority: Mapped[Authority]
    day: Mapped[date]
    says: Mapped[str]
    said_at: Mapped[datetime]
    said_by: Mapped[int]
    due_on: Mapped[date]
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[int | None] = mapped_column(default=None)
    answerer: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[WordState] = mapped_column(default=WordState.SAID)
