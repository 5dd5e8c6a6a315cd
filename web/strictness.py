"""Whether this deployment asks for the second factor (二次验证): yes, but where an operator has turned it off or the zone is a demo."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import exists, select

from financing.acts import Act
from financing.db import Database
from financing.journal import Entry
from financing.parameters import figure
from financing.proved import FACTORED
from financing.settings import Settings
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
