"""The days of meetings against a calendar worked out anew, and what a meeting is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.cadence.rules import Ask, Matter, ask, meets_on, periods
from financing.calendar import published
from financing.figures.spans import Span
from tests.financing.cadence import days


def test_a_year_has_nineteen_meetings():
    found = list(periods(date(2026, 1, 1), date(2026, 12, 31)))
    assert [sum(span is one for span, _ in found) for one in Span] == [12, 4, 2, 1]
    assert found[:2] == [(Span.MONTH, date(2026, 1, 31)), (Span.MONTH, date(2026, 2, 28))]
    assert [span for span, until in found if until == date(2026, 12, 31)] == list(Span)


@pytest.mark.parametrize(
    ("until", "day"),
    [
        (date(2026, 1, 31), date(2026, 1, 30)),  # a Saturday
        (date(2026, 2, 28), date(2026, 2, 28)),  # a Saturday worked in exchange for the spring festival
        (date(2026, 5, 31), date(2026, 5, 29)),  # a Sunday
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_it_meets_on_the_last_working_day(until, day):
    assert meets_on(published(), until, 0) == day


@given(st.dates(date(2024, 1, 1), date(2029, 12, 31)))
def test_every_month_meets_on_its_last_working_day(day):
    end = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    assert meets_on(published(), end, 0) == days.last_open(day.year, day.month)


@given(st.dates(date(2024, 1, 1), date(2029, 12, 31)), st.integers(0, 10))
def test_a_meeting_some_working_days_earlier(day, ahead):
    found = meets_on(published(), day, ahead)
    between = [found + timedelta(days=n) for n in range(1, (day - found).days + 1)]
    assert days.open_day(found)
    assert sum(map(days.open_day, between)) == ahead


def test_what_the_meeting_is_asked():
    assert ask(Matter.CLAIM, "周经办", 0) is Ask.PAY
    assert ask(Matter.CLAIM, "", 1) is Ask.OWNER
    assert ask(Matter.CLAIM, "", 2) is ask(Matter.STEP, "周经办", 5) is Ask.LEADER
    assert {ask(matter, "周经办", 0) for matter in Matter} == set(Ask) - {Ask.OWNER, Ask.LEADER}
