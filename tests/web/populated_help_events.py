"""Events of the populated zone: one that our firm has signed up to, one that a stranger has, each held today and with a rating owed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from financing.events.model import Event, EventPlace
from financing.events.rules import Audience, EventKind, PlaceState
from tests.makers import NOW, TODAY, writing


def events(zone: Any) -> dict[tuple[str, str], int]:
    """Each event with one sign-up; the ids by kind and side."""
    made: dict[tuple[str, str], int] = {}
    with writing(zone.database) as session:
        for number, (whose, firm) in enumerate((("ours", zone.firm), ("others", zone.stranger)), 1):
            event = Event(number=f"HD2026-090{number}", title="安全培训", kind=EventKind.SAFETY, about="要点", host="应急分局", place="会议中心",
                          starts=NOW + timedelta(hours=2), ends=NOW + timedelta(hours=4), places=9, most=3, until=TODAY,
                          audience=Audience.ALL, branch="", officer_id=1, officer="周经办", planned_at=NOW, taken=1, signed=1)  # fmt: skip
            session.add(event)
            session.flush()
            place = EventPlace(event_id=event.id, firm_id=firm.id, names=["王一"], people=1, phone="13800000000", turn=1, at=NOW, by=1,
                               state=PlaceState.PLACED, since=NOW)  # fmt: skip
            session.add(place)
            session.flush()
            made |= {("event", whose): event.id, ("eventplace", whose): place.id}
    return made
