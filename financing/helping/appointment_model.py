"""Times that leaders offer, and appointments, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.helping.appointment_rules import APPOINTMENT_FLOW, SLOT_FLOW, AppointmentState, SlotState
from financing.helping.rules import Topic

OFFERED: ColumnElement[bool] = literal_column("state <> 'withdrawn'")
BOOKED: ColumnElement[bool] = literal_column("state IN ('asked', 'accepted')")


class Slot(Thing):
    """A time at which a leader receives firms (约见时段)."""

    __tablename__ = "help_slot"
    __table_args__ = (
        Index(
            "uq_help_slot_offered",
            "leader_id",
            "starts_at",
            unique=True,
            sqlite_where=OFFERED,
            postgresql_where=OFFERED,
        ),
        CheckConstraint("minutes BETWEEN 10 AND 240", name="minutes"),
        Index("ix_help_slot_open", "state", "starts_at"),
    )
    flow: ClassVar[Flow[SlotState]] = SLOT_FLOW

    leader_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    leader: Mapped[str]
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[int]
    state: Mapped[SlotState] = mapped_column(default=SlotState.OPEN)


class Appointment(Thing):
    """A firm meets a leader (约见): one standing appointment for each time; what was asked never changes."""

    __tablename__ = "help_appointment"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("state IN ('asked', 'accepted') OR ended_at IS NOT NULL", name="ended"),
        CheckConstraint("state <> 'held' OR minutes <> ''", name="minutes"),
        CheckConstraint("state NOT IN ('cancelled', 'referred') OR why <> ''", name="why"),
        Index("uq_help_appointment_slot", "slot_id", unique=True, sqlite_where=BOOKED, postgresql_where=BOOKED),
        Index("ix_help_appointment_leader", "leader_id", "state"),
    )
    flow: ClassVar[Flow[AppointmentState]] = APPOINTMENT_FLOW

    number: Mapped[str]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("help_slot.id"))
    leader_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    leader: Mapped[str]
    starts_at: Mapped[datetime]
    place: Mapped[str]
    topic: Mapped[Topic]
    matter: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int]
    asker: Mapped[str]
    answer_by: Mapped[date]
    hold_by: Mapped[date]
    accepted_at: Mapped[datetime | None] = mapped_column(default=None)
    shifted: Mapped[int] = mapped_column(default=0)  # times it was moved
    minutes: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")  # why it was cancelled or referred
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("help_request.id"), default=None
    )  # what it was referred as
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ender: Mapped[str] = mapped_column(default="")
    state: Mapped[AppointmentState] = mapped_column(default=AppointmentState.ASKED)
