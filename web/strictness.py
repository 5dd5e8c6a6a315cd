"""Whether this deployment asks for the second factor (二次验证): yes, but where an operator has turned it off or the zone is a demo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select

from financing.access import SYSTEM
from financing.acts import Act
from financing.db import Database
from financing.desk import opened
from financing.journal import Entry
from financing.notices.secrets import seal_clear
from financing.parameters import figure
from financing.proved import FACTORED
from financing.settings import Settings
from financing.two_clocks import seconds_apart, watch
from web.log import log


def asks_more(settings: Settings, database: Database) -> bool:
    """What the operator has said; else yes, except in a zone that was filled for a demo. A no is said in the log at every start."""
    said = settings.second_factor
    asked = said == "on" if said else not _demo(database)
    if not asked:
        log.warning("second_factor.off", why="YUANRONG_SECOND_FACTOR" if said else "demo")
    return asked


def _demo(database: Database) -> bool:
    with database.single.connect() as connection:
        filled = exists().where(Entry.act == Act.FILL_DEMO)
        return bool(connection.scalar(select(filled)))


def wants_factor(request: Any, today: date, act: Act = Act.GRANT_CONSENT) -> bool:
    """Whether this person is told, before they begin, that the act asks for a second factor they do not have yet."""
    return bool(request.app.state.strict and not request.visit.factored and figure(FACTORED[act], today).value == 1)


def watch_clocks(database: Database, own: Callable[[], datetime]) -> int:
    """Compare the machine's clock with the database's from here on, with a warning now where they differ by more than the figure says (C-60)."""
    watch(database, own)
    with opened(database, SYSTEM, own(), write=False) as desk:
        seconds = seconds_apart(desk.session, desk.today)
    if seconds:
        log.warning("clock.apart", seconds=seconds)
    return seconds


def seal_what_was_clear(database: Database, own: Callable[[], datetime]) -> int:
    """Seal, with the keys at hand now, what an earlier version kept in clear; how many (C-46)."""
    with opened(database, SYSTEM, own()) as desk:
        count = seal_clear(desk)
    if count:
        log.info("sealed.anew", count=count)
    return count
