"""Quiet days and the next free day, against a calendar walked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.inspections.rules import Kind, Quiet, Urgent, approved_first, next_free

DAY = timedelta(days=1)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(DAYS, st.integers(0, 31), st.integers(1, 31), st.sets(DAYS, max_size=30))
def test_the_next_free_day_is_the_first_that_nothing_speaks_against(day, first, last, taken):
    quiet = Quiet(first, last)
    still = [one for one in range(1, 32) if first and first <= one <= last]
    works = [day + number * DAY for number in range(62) if (day + number * DAY).weekday() < 5]
    free = [one for one in works if one.day not in still and one not in taken]
    assert next_free(day, taken, quiet, lambda one: one.weekday() < 5) == (free[0] if free else None)


@pytest.mark.parametrize(
    ("first", "last", "day", "quiet"),
    [(1, 25, 25, True), (1, 25, 26, False), (1, 25, 1, True), (0, 25, 9, False), (5, 5, 5, True), (10, 5, 7, False)],
)
def test_quiet_days(first, last, day, quiet):
    assert (date(2026, 11, day) in Quiet(first, last)) is quiet


def test_a_leader_is_asked_for_visits_and_for_what_is_urgent():
    assert [approved_first(kind, urgent) for kind, urgent in ((Kind.INSPECTION, None), (Kind.VISIT, None), (Kind.INSPECTION, Urgent.COURT))] == [
        False, True, True,
    ]  # fmt: skip
