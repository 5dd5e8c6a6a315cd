"""Incidents with personal data as stored: what happened, whom it concerns, who was told and when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.incidents.rules import FLOW, IncidentState, Way
from financing.personal.rules import Held


class Incident(Thing):
    """Data that was or may have been leaked, changed or lost (个人信息保护法 第五十七条)."""

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("began_at <= ended_at AND began_at <= found_at", name="span"),
        CheckConstraint("(reported_at IS NULL) = (reported_by IS NULL)", name="reported"),
        CheckConstraint("reported_at IS NULL OR reported_to <> ''", name="reported_to"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("closed_at IS NULL OR learned <> ''", name="learned"),
    )
    flow: ClassVar[Flow[IncidentState]] = FLOW

    number: Mapped[str] = mapped_column(unique=True)  # SJ2026-0001
    title: Mapped[str]
    kinds: Mapped[list[Any]]  # personal.rules.Held
    began_at: Mapped[datetime]  # the span in which somebody may have had it
    ended_at: Mapped[datetime]
    found_at: Mapped[datetime]
    cause: Mapped[str]
    harm: Mapped[str]
    measures: Mapped[str]  # taken by the zone
    can_do: Mapped[str]  # what those concerned can do themselves
    reach_us: Mapped[str]  # whom to call
    report_by: Mapped[datetime]
    tell_by: Mapped[datetime]
    due_on: Mapped[date]  # the day of the earlier of the two
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int]
    recorder: Mapped[str]
    reported_at: Mapped[datetime | None] = mapped_column(default=None)
    reported_by: Mapped[int | None] = mapped_column(default=None)
    reported_to: Mapped[str] = mapped_column(default="")  # the authority, and its number of receipt
    told_at: Mapped[datetime | None] = mapped_column(default=None)  # when the last of the list was told
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by: Mapped[int | None] = mapped_column(default=None)
    closer: Mapped[str] = mapped_column(default="")
    learned: Mapped[str] = mapped_column(default="")
    state: Mapped[IncidentState] = mapped_column(default=IncidentState.OPEN)

    @property
    def held(self) -> list[Held]:
        """The kinds of data it is about."""
        return [Held(kind) for kind in self.kinds]


class IncidentParty(Thing):
    """One firm, or one person of no firm, whom an incident concerns; told once."""

    __tablename__ = "incident_party"
    __table_args__ = (
        UniqueConstraint("incident_id", "firm_id"),
        UniqueConstraint("incident_id", "user_id"),
        CheckConstraint("(firm_id IS NULL) <> (user_id IS NULL)", name="one"),
        CheckConstraint("(left_at IS NULL) = (why = '')", name="left_out"),
        CheckConstraint("told_at IS NULL OR left_at IS NULL", name="told"),
    )

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    party: Mapped[str]  # its name on that day
    how: Mapped[list[Any]]  # [[rules.Way, of what, how often or how many rows], …]
    added_at: Mapped[datetime]
    added_by: Mapped[int]
    left_at: Mapped[datetime | None] = mapped_column(default=None)
    left_by: Mapped[int | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")  # why it is not concerned after all
    told_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def found_by(self) -> list[tuple[Way, str, int]]:
        """How it was found, of what, and by how many lines or rows."""
        return [(Way(way), Held(of) if way == Way.KIND else of, count) for way, of, count in self.how]
