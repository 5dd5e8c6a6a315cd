"""Reading in an emergency (紧急查阅), as plain rules: one administrator, one firm, one hour, a second person's yes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


class EmergencyState(StrEnum):
    """Asked for by whoever runs the platform; opened or turned down by an auditor; over by time or by hand."""

    ASKED = "asked"
    OPEN = "open"
    ENDED = "ended"
    TURNED_DOWN = "turned_down"
    WITHDRAWN = "withdrawn"


class Section(StrEnum):
    """What is read at a time; each look stands on record by itself."""

    PROFILE = "profile"
    PEOPLE = "people"
    NEEDS = "needs"
    CASES = "cases"
    GUARANTEES = "guarantees"
    LOANS = "loans"
    PAPERS = "papers"
    FILE = "file"  # one paper's bytes


FLOW: Flow[EmergencyState] = Flow(
    EmergencyState.ASKED,
    {
        (EmergencyState.ASKED, Act.OPEN_EMERGENCY): EmergencyState.OPEN,
        (EmergencyState.ASKED, Act.TURN_DOWN_EMERGENCY): EmergencyState.TURNED_DOWN,
        (EmergencyState.ASKED, Act.WITHDRAW_EMERGENCY): EmergencyState.WITHDRAWN,
        (EmergencyState.OPEN, Act.END_EMERGENCY): EmergencyState.ENDED,
    },
)


def reads(state: EmergencyState, until: datetime | None, now: datetime) -> bool:
    """Whether anything may be read at this moment: `until` itself is too late."""
    return state is EmergencyState.OPEN and until is not None and now < until
