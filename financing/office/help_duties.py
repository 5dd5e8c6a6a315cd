"""The parts of the work list that come from helping firms (帮扶): events to close, inspections to record, words to answer."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import literal

from financing.desk import Desk
from financing.events.model import Event
from financing.events.rules import EventState
from financing.inspections.model import Inspection, UnannouncedWord
from financing.inspections.rules import InspectionState, WordState
from financing.office.part import Part
from financing.office.rules import Duty
from financing.parties import names


def of_inspections(desk: Desk) -> Iterator[Part]:
    """Inspections whose day has come and that have no result, and words of firms that wait for an answer."""
    went = desk.select(Inspection, Inspection.id).where(
        Inspection.state == InspectionState.BOOKED, Inspection.day <= desk.today
    )
    yield Part(
        Duty.RECORD_INSPECTION, went.with_only_columns(), Inspection.id, number=Inspection.number, firm=names.of_firm(Inspection.firm_id),
        due=Inspection.day, officer=Inspection.booked_by, who=Inspection.booker,
    )  # fmt: skip
    said = (
        desk.select(UnannouncedWord, UnannouncedWord.id)
        .where(UnannouncedWord.state == WordState.SAID)
        .with_only_columns()
    )
    yield Part(
        Duty.ANSWER_FIRM, said, UnannouncedWord.id, number=literal(""), firm=names.of_firm(UnannouncedWord.firm_id),
        due=UnannouncedWord.due_on, who=literal(""),
    )  # fmt: skip


def of_events(desk: Desk) -> Iterator[Part]:
    """Events that are over and whose list is not closed yet."""
    over = desk.select(Event, Event.id).where(Event.state == EventState.OPEN, Event.ends < desk.now).with_only_columns()
    yield Part(
        Duty.HOLD_EVENT, over, Event.id, number=Event.number, firm=literal(""), due=Event.until, officer=Event.officer_id,
        who=Event.officer,
    )  # fmt: skip
