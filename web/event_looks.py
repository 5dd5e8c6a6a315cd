"""How states of events, inspections and steps look."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from financing.clocks.paths import Progress
from financing.events.rules import EventState, PlaceState
from financing.inspections.rules import Found, InspectionState, WordState
from web.looks import GOOD, GOOD_IF, LATER, NO, OVER, PLANNED, WAITING, Look

EVENT_LOOKS: Mapping[type[StrEnum], Mapping[StrEnum, Look]] = {
    EventState: {EventState.OPEN: PLANNED, EventState.HELD: GOOD, EventState.CANCELLED: NO},
    Progress: {Progress.DONE: GOOD, Progress.OPEN: PLANNED, Progress.WAITS: LATER},
    InspectionState: dict(zip(InspectionState, (WAITING, PLANNED, GOOD, NO, OVER), strict=True)),
    Found: dict(zip(Found, (GOOD, GOOD_IF, NO, NO), strict=True)),
    WordState: {WordState.SAID: WAITING, WordState.ANSWERED: GOOD},
    PlaceState: dict(zip(PlaceState, (PLANNED, LATER, OVER, GOOD, NO, OVER), strict=True)),
}
