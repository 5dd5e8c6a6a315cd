"""How a state looks: its colour, and a picture so that nobody depends on the colour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    tone: str
    icon: str


DRAFT = Look("grey", "pencil")
WAITING = Look("blue", "hourglass")
MOVING = Look("blue", "arrow-right")
OWED = Look("amber", "arrow-left")
GOOD = Look("green", "circle-check")
GOOD_IF = Look("green", "checklist")
NO = Look("red", "circle-x")
OVER = Look("grey", "minus")
PLANNED = Look("blue", "calendar-event")
LATER = Look("amber", "clock-pause")
CARE = Look("amber", "alert-triangle")
OTHERWISE = Look("grey", "circle-dashed")
