"""Backups that the server makes by itself (自动备份): one a day, locked, and the old ones thinned out by figures of the day."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Collection
from datetime import date, datetime
from pathlib import Path

from financing import desk
from financing.access import SYSTEM
from financing.db import Database
from financing.desk import BEIJING
from financing.locked_file import Lock
from financing.parameters import figure
from financing.safekeeping import backup

NAME = "%Y-%m-%d.backup"


def daily(database: Database, uploads: Path, folder: Path, lock: Lock, now: datetime) -> Path | None:
    """The backup of this day, unless it is there or another process is at it; then those that have served their time go."""
    today = now.astimezone(BEIJING).date()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    out = folder / today.strftime(NAME)
    with os.fdopen(os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600), "w") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        if out.exists():
            return None
        backup(database, uploads, out, lock=lock)
        there = days(folder)
        with desk.opened(
            database, SYSTEM, now, write=False
        ) as here:  # the zone's own figures are known at a desk alone
            most = [figure(f"backups_{span}", here.today).value for span in ("daily", "monthly", "yearly")]
        for day in there - kept(there, *most):
            (folder / day.strftime(NAME)).unlink(missing_ok=True)
    return out


def kept(there: Collection[date], daily: int, monthly: int, yearly: int) -> set[date]:
    """The newest so many, and the first one of each of the newest so many months and years."""
    return {*sorted(there)[-daily:], *_first(there, monthly, lambda day: (day.year, day.month)), *_first(there, yearly, lambda day: (day.year,))}  # fmt: skip


def _first(there: Collection[date], most: int, span: Callable[[date], tuple[int, ...]]) -> list[date]:
    first: dict[tuple[int, ...], date] = {}
    for day in sorted(there):
        first.setdefault(span(day), day)
    return sorted(first.values())[-most:]


def days(folder: Path) -> set[date]:
    """The days of which a whole backup lies there."""
    found = set()
    for path in folder.glob("*.backup"):
        try:
            found.add(datetime.strptime(path.name, NAME).date())  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return found


def age(folder: Path, now: datetime) -> int | None:
    """Seconds since the newest backup of any name was whole; None without one."""
    times = [path.stat().st_mtime for path in folder.glob("*.backup")] if folder.is_dir() else []
    return max(0, int(now.timestamp() - max(times))) if times else None
