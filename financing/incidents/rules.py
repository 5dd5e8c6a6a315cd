"""Incidents with personal data (个人信息安全事件), as plain rules: states, ways to find out whom it concerns, and clocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


class IncidentState(StrEnum):
    OPEN = "open"
    TOLD = "told"
    CLOSED = "closed"


S = IncidentState
#: Whoever is found later opens the list again: only the new ones are told then.
FLOW: Flow[IncidentState] = Flow(
    S.OPEN,
    {
        (S.OPEN, Act.EDIT_INCIDENT): S.OPEN,
        (S.OPEN, Act.DRAW_PARTIES): S.OPEN,
        (S.OPEN, Act.LEAVE_OUT_PARTY): S.OPEN,
        (S.OPEN, Act.REPORT_INCIDENT): S.OPEN,
        (S.OPEN, Act.TELL_PARTIES): S.TOLD,
        (S.OPEN, Act.CLOSE_INCIDENT): S.CLOSED,
        (S.TOLD, Act.DRAW_PARTIES): S.OPEN,
        (S.TOLD, Act.REPORT_INCIDENT): S.TOLD,
        (S.TOLD, Act.CLOSE_INCIDENT): S.CLOSED,
    },
)


class Way(StrEnum):
    """How somebody is found to be concerned."""

    ACCOUNT = "account"  # whom the journal shows this account to have looked at or dealt with
    REACH = "reach"  # whom this account may see
    BANK = "bank"  # whose dossiers this bank was sent or opened
    KIND = "kind"  # of whom this kind of data is held


class Clock(StrEnum):
    """What has an hour by which it is to be done."""

    REPORT = "report"  # to the authority
    TELL = "tell"  # to whom it concerns


def due(found_at: datetime, hours: int) -> datetime:
    """By when, counted in plain hours from when it was found."""
    return found_at + timedelta(hours=hours)
