"""The same done to many things by the platform itself, so many in one transaction; what fails waits, and keeps nothing else waiting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from financing import desk
from financing.access import SYSTEM
from financing.db import Database
from financing.desk import Desk

log = structlog.get_logger(__name__)

#: Does something to some things, by their ids; how many it was done to.
Many = Callable[[Desk, Sequence[int]], int]
#: Small things in one transaction: a commit costs more than most of them, and nobody waits long for their locks.
AT_ONCE = 20


def each(
    database: Database, now: datetime, name: str, which: Callable[[Desk], list[int]], do: Callable[[Desk, int], int],
    *, at_once: int = 1,
) -> int:  # fmt: skip
    """Do something for each thing, in a transaction of its own or so many in one; one that fails waits for tomorrow."""
    with desk.opened(database, SYSTEM, now, write=False) as here:
        keys = which(here)
    return all_of(database, now, name, keys, lambda here, some: sum(do(here, key) for key in some), at_once)


def all_of(database: Database, now: datetime, name: str, keys: Sequence[int], do: Many, at_once: int = AT_ONCE) -> int:
    """The same of keys at hand, for what is done to many together."""
    groups = (keys[start : start + at_once] for start in range(0, len(keys), at_once))
    return sum(_together(database, now, name, some, do) for some in groups)


def _together(database: Database, now: datetime, name: str, keys: Sequence[int], do: Many) -> int:
    """All of these or, when that fails, each for itself: one firm's trouble must not keep the day from starting."""
    try:
        with desk.opened(database, SYSTEM, now) as here:
            done = do(here, keys)
    except Exception as error:  # noqa: BLE001  whatever it is, the others go on
        if len(keys) > 1:
            return sum(_together(database, now, name, [key], do) for key in keys)
        log.warning("daily.failed", what=name, need=keys[0], why=type(error).__name__)
        return 0
    return done
