"""The days of the rhythm worked out anew, from the notices of the yearly arrangement alone."""

from __future__ import annotations

import csv
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import financing.calendar

ONE = timedelta(days=1)


def arranged() -> dict[date, str]:
    days = {}
    for file in Path(financing.calendar.__file__).parent.joinpath("holidays").glob("*.csv"):
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#") and line]
        days |= {date.fromisoformat(row["date"].strip()): row["kind"].strip() for row in csv.DictReader(lines)}
    return days


ARRANGED = arranged()
YEARS = {day.year for day in ARRANGED}
#: By law off every year; what else is off is announced year by year.
ALWAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))


def open_day(day: date) -> bool:
    if day in ARRANGED:
        return ARRANGED[day] == "work"
    if day.year not in YEARS and (day.month, day.day) in ALWAYS:
        return False
    return day.isoweekday() <= 5


def last_open(year: int, month: int) -> date:
    day = date(year, month, monthrange(year, month)[1])
    while not open_day(day):
        day -= ONE
    return day


def working_days_after(day: date, count: int) -> date:
    while count:
        day += ONE
        count -= open_day(day)
    return day


def meetings(first: date, last: date) -> dict[tuple[str, date], date]:
    """(kind of period, its last day) -> the meeting's day, of every meeting between two days."""
    found = {}
    for year in range(first.year, last.year + 1):
        for month in range(1, 13):
            day, end = last_open(year, month), date(year, month, monthrange(year, month)[1])
            kinds = ["month"] + ["quarter"] * (month in {3, 6, 9, 12}) + ["half"] * (month in {6, 12})
            for kind in kinds + ["year"] * (month == 12):
                if first <= day <= last:
                    found[kind, end] = day
    return found


def issues(first: date, last: date, days: int) -> set[date]:
    """The months whose issue is drafted by a day, of those that end with or after the first day's month."""
    ends = [date(y, m, monthrange(y, m)[1]) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    return {end for end in ends if end >= first and working_days_after(end, days) <= last}
