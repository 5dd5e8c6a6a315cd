"""Running numbers have no gaps and no doubles, whoever asks at the same time."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from financing.numbers import Counter, Series, take_number
from tests.makers import writing


def test_numbers_run_by_series_and_year(database):
    with writing(database) as session:
        taken = [take_number(session, series, year) for series, year in
                 [(Series.NEED, 2026), (Series.NEED, 2026), (Series.CASE, 2026), (Series.NEED, 2027)]]  # fmt: skip
    assert taken == ["XQ2026-0001", "XQ2026-0002", "DB2026-0001", "XQ2027-0001"]


def test_a_number_that_was_not_used_is_given_again(database):
    with suppress(RuntimeError), writing(database) as session:
        take_number(session, Series.NEED, 2026)
        raise RuntimeError("rolled back")
    with writing(database) as session:
        assert take_number(session, Series.NEED, 2026) == "XQ2026-0001"


def test_numbers_go_on_past_four_digits(database):
    with writing(database) as session:
        session.add(Counter(series=Series.NEED.value, year=2026, last=9_999))
        assert take_number(session, Series.NEED, 2026) == "XQ2026-10000"


@pytest.mark.parametrize("begun", [True, False], ids=["counter exists", "first of the year"])
def test_forty_people_at_once_get_forty_numbers_in_a_row(database, begun):
    if begun:
        with writing(database) as session:
            take_number(session, Series.CASE, 2026)

    def one(_: int) -> str:
        with writing(database) as session:
            return take_number(session, Series.CASE, 2026)

    with ThreadPoolExecutor(8) as people:
        taken = sorted(people.map(one, range(40)))
    assert taken == [f"DB2026-{n:04d}" for n in range(1 + begun, 41 + begun)]


@pytest.mark.parametrize("series", Series)
def test_every_series_has_two_capitals_of_its_own(series):
    assert re.fullmatch(r"[A-Z]{2}", series.value)
