"""Needs typed by an officer from a signed form (代填): how the firm's word on them moves. No database here."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


class BehalfState(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    OBJECTED = "objected"
    LAPSED = "lapsed"


BEHALF_FLOW = Flow(
    start=BehalfState.OPEN,
    steps={
        (BehalfState.OPEN, Act.CONFIRM_BEHALF): BehalfState.CONFIRMED,
        (BehalfState.OPEN, Act.OBJECT_BEHALF): BehalfState.OBJECTED,
        (BehalfState.OPEN, Act.LAPSE_BEHALF): BehalfState.LAPSED,
    },
)
#: A signature older than this no longer speaks for the firm.
SIGNED_WITHIN = timedelta(days=365)


def signed_in_time(signed_on: date, today: date) -> bool:
    """Whether a form signed on a day may be typed in today."""
    return today - SIGNED_WITHIN <= signed_on <= today
