"""How states of events, inspections and charges look."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from financing.events.rules import EventState, PlaceState
from web.looks import GOOD, LATER, NO, OVER, PLANNED, Look

EVENT_LOOKS: Mapping[type[StrEnum], Mapping[StrEnum, Look]] = {
    EventState: {EventState.OPEN: PLANNED, EventState.HELD: GOOD, EventState.CANCELLED: NO},
    PlaceState: dict(zip(PlaceState, (PLANNED, LATER, OVER, GOOD, NO, OVER), strict=True)),
}
