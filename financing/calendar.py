"""Working days (工作日) with the yearly swaps 调休, from data; a year without data is provisional, never guessed silently."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

HOLIDAYS = Path(__file__).parent / "holidays"
DAY = timedelta(days=1)
#: Days off by 全国年节及纪念日放假办法 (2024-11-10) that fall on the same date each year; the lunar ones need the notice.
FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


class Kind(StrEnum):
    OFF = "off"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline; provisional when it passes through a year whose holidays are not yet announced."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that differ from the plain week, and the years for which they are known."""

    days: Mapping[date, Kind]
    years: frozenset[int]

    def works(self, day: date) -> bool:
        """Whether offices are open on the day."""
        if (kind := self.days.get(day)) is not None:
            return kind is Kind.WORK
        return day.weekday() < 5 and (day.year in self.years or (day.month, day.day) not in FIXED)

    def after(self, start: date, working_days: int) -> Due:
        """The last day of a limit of so many working days; the starting day itself is not counted."""
        day, left = start, working_days
        while left > 0:
            day += DAY
            left -= self.works(day)
        return Due(day, provisional=not self.knows(start, day))

    def left(self, today: date, until: date) -> int:
        """Working days from today to the deadline; negative once it has passed."""
        if until < today:
            return -self.left(until, today)
        return sum(self.works(today + DAY * n) for n in range(1, (until - today).days + 1))

    def next_open(self, day: date) -> date:
        """The day itself when offices are open, otherwise the next open one."""
        while not self.works(day):
            day += DAY
        return day

    def knows(self, first: date, last: date) -> bool:
        """Whether every year between the two days is on file."""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def amended(self, days: Mapping[date, Kind], years: frozenset[int]) -> Calendar:
        """The same with days of one's own, and years that have become known."""
        return Calendar({**self.days, **days}, self.years | years) if days or years else self


def read(files: Iterable[Path]) -> Calendar:
    """Read notices of the yearly arrangement: CSV with date, kind (off or work), name; lines starting with # are sources."""
    days: dict[date, Kind] = {}
    for path in files:
        days |= parsed(path.read_text(encoding="utf-8"))
    return Calendar(days, frozenset(day.year for day in days))


def parsed(text: str) -> dict[date, Kind]:
    """The days of one such file; ValueError or KeyError when it is none."""
    rows = csv.DictReader(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {date.fromisoformat(row["date"].strip()): Kind(row["kind"].strip()) for row in rows}


@cache
def published() -> Calendar:
    """The calendar shipped with the product, one file a notice."""
    return read(sorted(HOLIDAYS.glob("*.csv")))
