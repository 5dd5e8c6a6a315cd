"""Events, who has signed up, and how those who came rated them, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.events.rules import (
    EVENT_FLOW,
    MOST_EACH,
    MOST_PLACES,
    PLACE_FLOW,
    Audience,
    EventKind,
    EventState,
    PlaceState,
)
from financing.flow import Flow
from financing.ratings.rules import Grade

STANDS: ColumnElement[bool] = literal_column("state IN ('placed', 'waiting', 'came', 'missed')")


class Event(Thing):
    """A training or another event (培训与活动); `taken` counts people with a place and never passes `places`."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND taken <= places", name="places"),
        CheckConstraint(f"places >= 1 AND places <= {MOST_PLACES}", name="size"),
        CheckConstraint(f"most >= 1 AND most <= {MOST_EACH} AND most <= places", name="each"),
        CheckConstraint("starts < ends", name="times"),
        CheckConstraint("(audience = 'industry') = (branch <> '')", name="branch"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed"),
        CheckConstraint("state <> 'cancelled' OR why <> ''", name="why"),
        Index("ix_event_coming", "state", "starts"),
    )
    flow: ClassVar[Flow[EventState]] = EVENT_FLOW

    number: Mapped[str] = mapped_column(unique=True)  # HD2026-0001
    title: Mapped[str]
    kind: Mapped[EventKind]
    about: Mapped[str]
    host: Mapped[str]  # who gives it
    place: Mapped[str]
    starts: Mapped[datetime]
    ends: Mapped[datetime]
    places: Mapped[int]  # people
    most: Mapped[int]  # people of one firm
    until: Mapped[date]  # last day of signing up
    audience: Mapped[Audience]
    branch: Mapped[str]  # how the industry code begins; empty unless only an industry may come
    officer_id: Mapped[int]
    officer: Mapped[str]
    planned_at: Mapped[datetime]
    taken: Mapped[int] = mapped_column(default=0)
    signed: Mapped[int] = mapped_column(default=0)  # sign-ups so far, from which turns are given
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")  # it was moved the last time, or called off
    state: Mapped[EventState] = mapped_column(default=EventState.OPEN)

    @property
    def free(self) -> int:
        return self.places - self.taken


class EventPlace(Thing):
    """One firm's sign-up (报名): the names of its people, and whether they have places, wait, came or stayed away."""

    __tablename__ = "event_place"
    __table_args__ = (
        CheckConstraint(f"people >= 1 AND people <= {MOST_EACH}", name="people"),
        Index("uq_event_place_firm", "event_id", "firm_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
        UniqueConstraint("event_id", "turn"),
    )
    flow: ClassVar[Flow[PlaceState]] = PLACE_FLOW

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    names: Mapped[list[Any]]
    people: Mapped[int]
    phone: Mapped[str]
    turn: Mapped[int]  # 1, 2, … in the order of signing up
    at: Mapped[datetime]
    by: Mapped[int]
    state: Mapped[PlaceState]
    since: Mapped[datetime]  # of this state


class EventRating(Thing):
    """What a firm that came says of an event (活动评价), once and never changed; who held it reads grades and words without names."""

    __tablename__ = "event_rating"
    __table_args__ = (UniqueConstraint("place_id"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("event_place.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    grade: Mapped[Grade]
    says: Mapped[str]
    given_on: Mapped[date]
