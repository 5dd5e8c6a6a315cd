"""No results of periods that are told, taken from each other in whatever way, leave a handful of firms (F98)."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.ratings.periods import Period, named, over, spread
from financing.ratings.rules import Grade

TODAY = date(2027, 1, 5)
YEAR = [one for one in over(TODAY) if one.since.year == 2026]
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
ratings = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(Grade), days), max_size=60)


@given(ratings, st.integers(2, 4))
def test_what_is_told_taken_from_what_is_told_leaves_enough_firms_or_nothing(said, least):
    told = [one for one in YEAR if not spread(said, one, least).hidden]
    for whole in told:
        parts = [one for one in told if one != whole and whole.since <= one.since and one.until <= whole.until]
        apart = [some for size in range(len(parts) + 1) for some in combinations(parts, size) if _apart(some)] if len(parts) < 9 else [_widest(parts)]  # fmt: skip
        for some in apart:
            left = [one for one in said if _in(one, whole) and not any(_in(one, part) for part in some)]
            assert not left or len({firm for firm, *_ in left}) >= least


@given(ratings)
def test_a_period_counts_its_own_ratings_and_no_others(said):
    for one in YEAR:
        found = spread(said, one, 2)
        inside = [grade for _, grade, day in said if one.since <= day <= one.until]
        if not found.hidden:
            assert (found.count, sum(found.grades.values())) == (len(inside), len(inside))
            assert found.content == sum(int(grade) >= 3 for grade in inside)


def test_a_quarter_is_not_told_when_it_would_unmask_its_quiet_month():
    busy = [(firm, Grade.FIVE, date(2026, month, 3)) for month in (1, 2) for firm in range(1, 6)]
    said = [*busy, (9, Grade.ONE, date(2026, 3, 9))]
    hidden = {one.key: spread(said, one, 5).hidden for one in YEAR}
    assert {key for key, out in hidden.items() if not out} == {"2026-01", "2026-02"}


def test_only_periods_that_are_over_are_offered_and_each_has_its_name():
    assert [one.key for one in over(date(2026, 4, 1))][:7] == [
        "2025",
        "2024",
        "2023",
        "2022",
        "2026-Q1",
        "2025-Q4",
        "2025-Q3",
    ]
    assert all(named(one.key) == one for one in over(TODAY))
    assert named("2026-Q3") == Period(date(2026, 7, 1), 3) and named("2026-Q3").until == date(2026, 9, 30)


@pytest.mark.parametrize("given_key", ["", "2026-13", "2026-Q5", "1999", "2026-1", "2026-01-01", "二〇二六"])
def test_no_other_period_can_be_asked_for(given_key):
    assert named(given_key) is None


def _in(one, period):
    return period.since <= one[2] <= period.until


def _apart(some):
    return all(one.until < other.since or other.until < one.since for one, other in combinations(some, 2))


def _widest(parts):
    """Of many parts the longest that do not overlap, and months beside them: what leaves the least."""
    chosen = []
    for one in sorted(parts, key=lambda part: -part.months):
        if _apart([*chosen, one]):
            chosen.append(one)
    return chosen
