"""Working days against a list written out day by day from the notices, and against plain counting (I-13)."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.calendar import HOLIDAYS, Calendar, Kind, published, read

CALENDAR = published()
DAY = timedelta(days=1)
days = st.dates(date(2023, 12, 1), date(2027, 3, 1))


def exceptions():
    """The notices, read here without our reader: ISO day -> off or work."""
    found = {}
    for path in sorted(HOLIDAYS.glob("*.csv")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        head, *rows = csv.reader(lines)
        found |= {row[head.index("date")]: row[head.index("kind")] for row in rows}
    return found


EXCEPTIONS = exceptions()
FIXED = ("-01-01", "-05-01", "-05-02", "-10-01", "-10-02", "-10-03")


def open_on(day):
    text = day.isoformat()
    if text in EXCEPTIONS:
        return EXCEPTIONS[text] == "work"
    known = any(key.startswith(text[:4]) for key in EXCEPTIONS)
    return day.weekday() not in {5, 6} and (known or not text.endswith(FIXED))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-23", True), ("2026-11-22", False),
        ("2026-01-01", False), ("2026-01-04", True),  # New Year with its swap, 国办发明电〔2025〕7号
        ("2026-02-14", True), ("2026-02-15", False), ("2026-02-23", False), ("2026-02-24", True), ("2026-02-28", True),
        ("2026-10-01", False), ("2026-10-07", False), ("2026-10-08", True), ("2026-10-10", True), ("2026-09-20", True),
        ("2025-10-08", False), ("2025-10-09", True), ("2025-10-11", True), ("2024-02-09", True), ("2024-02-10", False),
        ("2027-01-01", False), ("2027-05-02", False), ("2027-10-04", True),  # not announced yet: only what is fixed by law
    ],
)  # fmt: skip
def test_offices_open_as_announced(day, works):
    assert CALENDAR.works(date.fromisoformat(day)) is works


@given(days)
def test_every_day_is_as_the_notices_say(day):
    assert CALENDAR.works(day) is open_on(day)


@given(days, st.integers(0, 60))
def test_a_limit_ends_on_the_day_that_plain_counting_finds(start, limit):
    day, counted = start, 0
    while counted < limit:
        day += DAY
        counted += open_on(day)
    due = CALENDAR.after(start, limit)
    assert due.day == day
    years = range(start.year, day.year + 1)
    assert due.provisional is not all(any(key.startswith(str(year)) for key in EXCEPTIONS) for year in years)


@given(days, days)
def test_days_left_are_the_open_days_between_and_turn_negative(today, until):
    first, last = min(today, until), max(today, until)
    between = sum(open_on(first + DAY * n) for n in range(1, (last - first).days + 1))
    assert CALENDAR.left(today, until) == (between if until >= today else -between)


@given(days, st.integers(1, 30))
def test_after_and_left_agree(start, limit):
    assert CALENDAR.left(start, CALENDAR.after(start, limit).day) == limit


@given(days)
def test_the_next_open_day_is_open_and_none_lies_before_it(day):
    found = CALENDAR.next_open(day)
    assert open_on(found)
    assert not any(open_on(day + DAY * n) for n in range((found - day).days))


def test_a_limit_into_an_unknown_year_is_marked():
    assert not CALENDAR.after(date(2026, 11, 23), 5).provisional
    assert CALENDAR.after(date(2026, 12, 28), 5).provisional
    assert not CALENDAR.knows(date(2026, 1, 1), date(2027, 1, 1))


def test_a_later_notice_outranks_an_earlier_one(tmp_path: Path):
    for name, kind in (("2030-1.csv", "off"), ("2030-2.csv", "work")):
        (tmp_path / name).write_text(f"# source\ndate,kind,name\n2030-03-02,{kind},x\n", encoding="utf-8")
    calendar = read(sorted(tmp_path.glob("*.csv")))
    assert calendar == Calendar({date(2030, 3, 2): Kind.WORK}, frozenset({2030}))
    assert calendar.works(date(2030, 3, 2))
