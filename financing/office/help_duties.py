"""The parts of the work list that come from helping firms (帮扶): events to close, inspections to record, words to answer."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import literal

from financing.desk import Desk
from financing.events.model import Event
from financing.events.rules import EventState
from financing.office.part import Part
from financing.office.rules import Duty


def of_events(desk: Desk) -> Iterator[Part]:
    """Events that are over and whose list is not closed yet."""
    over = desk.select(Event, Event.id).where(Event.state == EventState.OPEN, Event.ends < desk.now).with_only_columns()
    yield Part(
        Duty.HOLD_EVENT, over, Event.id, number=Event.number, firm=literal(""), due=Event.until, officer=Event.officer_id,
        who=Event.officer,
    )  # fmt: skip
