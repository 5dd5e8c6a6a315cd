"""Working days and months counted a second time: from the printed table of holidays, by lists of days, without the calendar of the product."""

from __future__ import annotations

import csv
from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import financing

DAY = timedelta(days=1)
TABLE = Path(financing.__file__).parent / "holidays" / "2024-2026.csv"
#: In years without a table: the days that are off on the same date each year.
FIXED = ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")


class Days:
    """Every open day from a first one to a last one."""

    def __init__(self, first: date, last: date) -> None:
        """Read the table, and list the open days in between."""
        with TABLE.open(encoding="utf-8") as file:
            rows = csv.DictReader(line for line in file if not line.startswith("#"))
            self.told = {date.fromisoformat(row["date"]): row["kind"] == "work" for row in rows}
        self.years = {day.year for day in self.told}
        every = (first + DAY * n for n in range((last - first).days))
        self.open = [day for day in every if self._works(day)]

    def _works(self, day: date) -> bool:
        off = day.year not in self.years and f"{day:%m-%d}" in FIXED
        return self.told.get(day, day.weekday() < 5 and not off)

    def opens(self, day: date) -> date:
        """The day itself when it is open, or the next open one."""
        return self.open[bisect_left(self.open, day)]

    def ahead(self, day: date, count: int) -> date:
        """The last of so many open days after a day."""
        return self.open[bisect_right(self.open, day) + count - 1]

    def gone(self, due: date, today: date) -> int:
        """Open days after the one until and with the other."""
        return bisect_right(self.open, today) - bisect_right(self.open, due)


def later(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
