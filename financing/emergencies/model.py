"""Readings in an emergency as stored: who asked and why, who agreed, until when, and every look."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.emergencies.rules import FLOW, EmergencyState, Section
from financing.flow import Flow

#: One reading of a firm waits or is open at a time.
STANDING: ColumnElement[bool] = literal_column("ended_at IS NULL")


class Emergency(Thing):
    """One administrator's reading of one firm's data (紧急查阅), agreed to by an auditor who is somebody else (I-20)."""

    __tablename__ = "emergency"
    __table_args__ = (
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state IN ('asked', 'withdrawn')) = (decided_by IS NULL)", name="decided"),
        CheckConstraint("(state IN ('open', 'ended')) = (opened_at IS NOT NULL)", name="opened"),
        CheckConstraint("(opened_at IS NULL) = (until IS NULL) AND (until IS NULL OR until > opened_at)", name="until"),
        CheckConstraint("(state IN ('asked', 'open')) = (ended_at IS NULL)", name="ended"),
        Index("uq_emergency_standing", "firm_id", unique=True, sqlite_where=STANDING, postgresql_where=STANDING),
    )
    flow: ClassVar[Flow[EmergencyState]] = FLOW

    number: Mapped[str] = mapped_column(unique=True)  # JJ2026-0001
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    firm: Mapped[str]  # its name on that day
    why: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int] = mapped_column(index=True)
    proposer: Mapped[str]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why it was turned down
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    until: Mapped[datetime | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    state: Mapped[EmergencyState] = mapped_column(default=EmergencyState.ASKED)


class EmergencyLook(Thing):
    """One thing that was read, written before it was shown."""

    __tablename__ = "emergency_look"

    emergency_id: Mapped[int] = mapped_column(ForeignKey("emergency.id"), index=True)
    firm_id: Mapped[int]
    user_id: Mapped[int]
    section: Mapped[Section]
    what: Mapped[str]  # the name of a paper; empty for a section
    at: Mapped[datetime]
