"""The machine's own clock beside the database's (时钟核对, C-60): what has a deadline is not done while the two tell different times.

On PostgreSQL consents are walled by the clock of the database, and everything else is reckoned by that of the server; with SQLite both are one machine's.
Each process looks once a minute at the most, when something is done that depends on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from financing.acts import Act
from financing.db import Database
from financing.parameters import figure
from financing.sign_refusals import ClocksApart

#: Votes, seals, and whatever is in time or too late.
TIMED = frozenset({
    Act.CAST_VOTE, Act.CLOSE_ROUND, Act.SEAL_CASE, Act.APPROVE_CASE, Act.CONDITION_CASE, Act.REJECT_CASE, Act.DECIDE_SMALL, Act.CALL_IN,
    Act.CONFIRM_SMALL, Act.ISSUE_LETTER, Act.GRANT_CONSENT, Act.MAKE_OFFER, Act.DECLINE_NEED, Act.OPEN_OFFERS, Act.ACCEPT_OFFER,
    Act.CLAIM_NEED, Act.LAPSE_CLAIM, Act.LAPSE_ITEM, Act.LAPSE_RELEASE, Act.LAPSE_BEHALF, Act.OBJECT_BEHALF, Act.SILENT_BANK, Act.CONTEST,
    Act.LODGE_COMPENSATION, Act.OBJECT_COMPENSATION, Act.LAPSE_COMPENSATION, Act.OPEN_EMERGENCY,
})  # fmt: skip
AGAIN = 60  # seconds


class Clocks:
    """How far the two are apart, as it was at the last look; `own` tells the time of this machine."""

    def __init__(self, own: Callable[[], datetime]) -> None:
        self.own, self.apart = own, timedelta(0)
        self._looked: float | None = None  # of a clock that only runs on

    def look(self, session: Session) -> timedelta:
        """The difference, always positive; nothing on SQLite. The way to the database and back counts half."""
        if session.get_bind().dialect.name == "sqlite" or not self._due():
            return self.apart
        before = self.own()
        there: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
        self.apart = abs(there - (before + (self.own() - before) / 2))
        self._looked = time.monotonic()
        return self.apart

    def _due(self) -> bool:
        return self._looked is None or time.monotonic() - self._looked >= AGAIN


#: The clocks of each database that is watched, by its engines: a server says so at its start, nobody else has a clock of its own.
_WATCHED: WeakKeyDictionary[object, Clocks] = WeakKeyDictionary()


def watch(database: Database, own: Callable[[], datetime]) -> None:
    """From here on this process compares its clock with the database's."""
    clocks = Clocks(own)
    _WATCHED[database.writer] = _WATCHED[database.reader] = clocks


def require_one_time(act: Act, session: Session, today: date) -> None:
    """ClocksApart for what has a deadline while the clocks differ by more than the figure says."""
    clocks = _WATCHED.get(session.get_bind()) if act in TIMED else None
    if clocks is None:
        return
    apart = clocks.look(session)
    if apart > timedelta(seconds=figure("clock_refuse_seconds", today).value):
        raise ClocksApart(act=act, seconds=round(apart.total_seconds()))


def seconds_apart(session: Session, today: date) -> int:
    """Whole seconds, where they are worth a warning; else nought."""
    clocks = _WATCHED.get(session.get_bind())
    apart = clocks.look(session) if clocks else timedelta(0)
    return round(apart.total_seconds()) if apart > timedelta(seconds=figure("clock_warn_seconds", today).value) else 0
