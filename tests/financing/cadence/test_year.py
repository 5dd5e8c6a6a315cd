"""A year with downtime: every meeting is convened exactly once, against a calendar worked out anew."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import settings

from tests.financing.cadence import days
from tests.financing.cadence.test_meetings import all_meetings, noon, runs
from tests.makers import a_firm, writing

SIMULATED = max(1, settings.default.max_examples // 50)


@pytest.mark.parametrize("seed", range(SIMULATED))
def test_in_a_year_with_downtime_every_meeting_is_convened_exactly_once(database, seed):
    """The platform runs on some days only; a calendar worked out anew says what there must be by then."""
    random, first, last = Random(seed), date(2026, 1, 5), date(2027, 2, 3)
    with writing(database) as session:
        a_firm(session, registered_at=noon(first))
    day, convened = first, {}
    while day < last:
        day = min(last, day + timedelta(days=random.choice((1, 2, 5, 9, 40))))
        for _ in range(random.choice((1, 1, 2))):
            runs(database, noon(day))
        for one in all_meetings(database):
            convened.setdefault((one.span.value, one.until), one.convened_on)
        expected = days.meetings(first, day)
        found = all_meetings(database)
        assert sorted((one.span.value, one.until) for one in found) == sorted(expected)
        assert all(one.held_on == expected[one.span.value, one.until] for one in found)
    assert all(one.made_up == (one.convened_on > one.held_on) for one in all_meetings(database))
