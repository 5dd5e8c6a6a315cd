"""Working hours: hand-worked vectors, and twenty thousand random limits against a counter of minutes that knows no arithmetic."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from financing.calendar import published
from financing.helping import hours

PARTS = ((510, 720), (840, 1050))  # 8:30 to 12:00, 14:00 to 17:30
BEIJING = hours.BEIJING


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BEIJING)


#: 2026-11-23 is a Monday; 2026-10-01 to 10-07 are days off, 10-10 (a Saturday) is worked, as the notice for 2026 says.
VECTORS = [
    (at(23, 9), 120, at(23, 11)),
    (at(23, 10), 120, at(23, 12)),  # to the last minute of the morning, not into the afternoon
    (at(23, 11), 120, at(23, 15)),
    (at(23, 12, 30), 120, at(23, 16)),
    (at(23, 16, 30), 120, at(24, 9, 30)),
    (at(23, 20), 120, at(24, 10, 30)),
    (at(23, 3), 120, at(23, 10, 30)),
    (at(27, 17), 120, at(30, 10)),  # over a weekend
    (at(28, 11), 120, at(30, 10, 30)),
    (at(23, 8, 30), 420, at(23, 17, 30)),  # a whole day
    (at(23, 8, 30), 421, at(24, 8, 31)),
]


@pytest.mark.parametrize(("start", "minutes", "due"), VECTORS)
def test_so_many_working_minutes_after_a_moment(start, minutes, due):
    assert hours.after(published().works, PARTS, start, minutes) == due
    assert hours.after(published().works, PARTS, start.astimezone(UTC), minutes) == due


def counter(start: datetime, minutes: int) -> datetime:
    """Minute by minute on the clock of the wall: the end of the last one that counts."""
    works, moment, left = published().works, start, minutes
    while True:
        minute = moment.hour * 60 + moment.minute
        counts = works(moment.date()) and (510 <= minute < 720 or 840 <= minute < 1050)
        moment += timedelta(minutes=1)
        left -= counts
        if counts and left == 0:
            return moment


def test_random_limits_agree_with_an_independent_counter():
    """2,000 in the gate, 20,000 in a campaign; whole minutes, so that both count the same things."""
    random = Random(20261128)
    count = 20_000 if os.environ.get("HYPOTHESIS_PROFILE") == "campaign" else 2_000
    first = datetime(2025, 1, 1, tzinfo=BEIJING)
    for _ in range(count):
        start = first + timedelta(minutes=random.randrange(2 * 365 * 24 * 60))
        minutes = random.randrange(1, 1_000)
        assert hours.after(published().works, PARTS, start, minutes) == counter(start, minutes), (start, minutes)


def test_seconds_count_as_they_are():
    start = at(23, 9) + timedelta(seconds=17)
    assert hours.after(published().works, PARTS, start, 120) == at(23, 11) + timedelta(seconds=17)


def test_an_office_that_never_opens_still_has_an_end():
    assert hours.after(lambda _day: True, ((720, 510), (900, 900)), at(23, 9), 60) == at(23, 10)
    assert published().works(date(2026, 11, 23))
