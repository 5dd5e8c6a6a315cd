"""Periods of results (期间) and what of them may be told: whole calendar months, quarters and years that are over. No database here.

Two periods that overlap freely could be taken from each other until one firm's grade is left. Calendar periods lie within each other, so
it is enough that what is left of one after everything told within it is nothing, or comes from enough firms. What is told of a period
that is over never changes: no rating is given later for an earlier day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from financing.ratings.rules import BAD, Grade

#: How many months a period has; each kind lies within the next.
KINDS = (1, 3, 12)
#: Years back that a page offers.
MOST_YEARS = 5


@dataclass(frozen=True, slots=True)
class Period:
    """So many months from the first day of one; `key` is how the address names it: 2026, 2026-Q3, 2026-10."""

    since: date
    months: int

    @property
    def until(self) -> date:
        last = self.since.month + self.months - 1
        return date(self.since.year + last // 12, last % 12 + 1, 1) - timedelta(days=1)

    @property
    def key(self) -> str:
        parts = {1: f"-{self.since:%m}", 3: f"-Q{self.since.month // 3 + 1}", 12: ""}
        return f"{self.since.year}{parts[self.months]}"

    @property
    def within(self) -> Iterator[Period]:
        """The periods of the next shorter kind, in order."""
        if self.months > 1:
            length = KINDS[KINDS.index(self.months) - 1]
            first = self.since.month
            yield from (Period(self.since.replace(month=first + at), length) for at in range(0, self.months, length))


def named(key: str) -> Period | None:
    """The period of an address; None for anything else."""
    found = re.fullmatch(r"(20\d\d)(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", key, re.ASCII)
    if found is None:
        return None
    year, quarter, month = found.groups()
    if month:
        return Period(date(int(year), int(month), 1), 1)
    return Period(date(int(year), int(quarter) * 3 - 2, 1), 3) if quarter else Period(date(int(year), 1, 1), 12)


def over(today: date) -> tuple[Period, ...]:
    """Every period that is over, the newest first, years before quarters before months."""
    years = range(today.year, today.year - MOST_YEARS, -1)
    starts = [date(year, month, 1) for year in years for month in range(12, 0, -1)]
    every = [Period(day, months) for months in reversed(KINDS) for day in starts if (day.month - 1) % months == 0]
    return tuple(one for one in every if one.until < today)


@dataclass(frozen=True, slots=True)
class Spread:
    """How grades spread over those who gave one; `hidden` when it would tell of too few firms, and then nothing else is told."""

    count: int
    hidden: bool
    grades: dict[Grade, int]
    content: int  # of the upper three


Said = tuple[int, Grade, date]  # firm, grade, day on which it was given


def spread(said: Iterable[Said], period: Period, least: int) -> Spread:
    """The grades of a period as far as they may be told; `said` holds at least those of the period."""
    inside = _inside(said, period)
    if not _told(inside, period, least):
        return Spread(0, True, {}, 0)
    grades = Counter(grade for _, grade, _ in inside)
    return Spread(len(inside), False, {one: grades[one] for one in Grade}, sum(grades[one] for one in set(Grade) - BAD))


def _told(inside: Sequence[Said], period: Period, least: int) -> bool:
    rest = _left(inside, period, least)
    return _enough(inside, least) and (not rest or _enough(rest, least))


def _left(inside: Sequence[Said], period: Period, least: int) -> list[Said]:
    """What of a period is in nothing that is told within it; of a month, nothing is told within it."""
    left: list[Said] = []
    for part in period.within:
        some = _inside(inside, part)
        if not _told(some, part, least):
            left += _left(some, part, least) if part.months > 1 else some
    return left


def _enough(said: Iterable[Said], least: int) -> bool:
    return len({firm for firm, _, _ in said}) >= least


def _inside(said: Iterable[Said], period: Period) -> list[Said]:
    return [one for one in said if period.since <= one[2] <= period.until]
