"""Deadlines against a counter written otherwise: a list of all days with those crossed out that do not count."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta

import pytest

from financing.calendar import Calendar, Kind
from financing.clock_refusals import OverallExceeded
from financing.clocks import limits
from financing.clocks.paths import DAYS, Task
from financing.clocks.rules import Rung, Stop, colour, due, late, reached
from financing.parameters import Figure, figures

#: 20,000 cases take about 20 s: `DEADLINES=20000 pytest tests/financing/clocks/test_deadlines.py`.
CASES = int(os.environ.get("DEADLINES", "1500"))
FIRST, LAST = date(2025, 6, 1), date(2030, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
DAY = timedelta(days=1)


def a_calendar(chance: random.Random) -> Calendar:
    """Some years with a notice: weekdays that are off, weekend days that are worked; the others have none."""
    years = frozenset(year for year in range(2025, 2031) if chance.random() < 0.6)
    days: dict[date, Kind] = {}
    for day in EVERY_DAY:
        if day.year in years and chance.random() < 0.08:
            days[day] = Kind.OFF if day.weekday() < 5 else Kind.WORK
    return Calendar(days, years)


def open_by_hand(calendar: Calendar, day: date) -> bool:
    """Whether offices are open, from the notice itself, from the law's fixed days where there is none."""
    if day in calendar.days:
        return calendar.days[day].value == "work"
    fixed = (day.month, day.day) in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
    return day.isoweekday() not in (6, 7) and (day.year in calendar.years or not fixed)


def by_hand(calendar: Calendar, start: date, days: int, stops: list[Stop]) -> tuple[date, bool]:
    """Cross out what does not count and take the n-th day that is left."""
    paper = [day for day in EVERY_DAY if day > start and open_by_hand(calendar, day)]
    for stop in stops:
        crossed = [day for day in EVERY_DAY if stop.since <= day and day + DAY <= stop.until]
        paper = [day for day in paper if day not in set(crossed)]
    last = paper[days - 1]
    return last, not set(range(start.year, last.year + 1)) <= calendar.years


def a_case(seed: int) -> tuple[Calendar, date, int, list[Stop]]:
    chance = random.Random(seed)
    calendar = a_calendar(chance)
    start = date(2025, 6, 1) + timedelta(days=chance.randrange(900))
    days = chance.randint(1, 40) + chance.choice((0, 0, chance.randint(1, 10)))  # an extension is more of the same
    stops: list[Stop] = []
    at = start + timedelta(days=chance.randrange(4))
    for _ in range(chance.randrange(4)):  # a clock is paused only while it still runs
        if at > due(calendar, start, days, stops).day:
            break
        until = at + timedelta(days=chance.choice((0, 1, 2, 5, 14, 45)))
        stops.append(Stop(at, until))
        at = until + timedelta(days=chance.randrange(1, 9))
    return calendar, start, days, stops


def test_a_deadline_equals_a_count_by_hand_with_swaps_pauses_extensions_and_unknown_years():
    wrong = []
    for seed in range(CASES):
        calendar, start, days, stops = a_case(seed)
        found = due(calendar, start, days, stops)
        if (found.day, found.provisional) != by_hand(calendar, start, days, stops):
            wrong.append((seed, found, by_hand(calendar, start, days, stops)))
    assert wrong == []


def test_the_cases_meet_what_is_hard():
    cases = [a_case(seed) for seed in range(300)]
    ends = [due(*case) for case in cases]
    assert sum(end.provisional for end in ends) > 50 and sum(not end.provisional for end in ends) > 50
    assert sum(len(case[3]) > 1 for case in cases) > 50
    assert any(stop.since == case[1] for case in cases for stop in case[3])
    assert any(not open_by_hand(case[0], stop.until) for case in cases for stop in case[3])


def test_the_ladder_is_climbed_by_working_days_after_the_deadline():
    calendar = Calendar({}, frozenset({2026}))
    offsets = {Rung.HELPER: 0, Rung.SECTION: 3, Rung.DIRECTOR: 5, Rung.LEADER: 10}
    due_on = date(2026, 6, 5)  # a Friday
    told = {day: len(reached(offsets, due_on, date(2026, 6, day), calendar)) for day in range(4, 23)}
    assert told == {4: 0, 5: 0, **dict.fromkeys((6, 7, 8, 9), 1), **dict.fromkeys((10, 11), 2), **dict.fromkeys(range(12, 19), 3), **dict.fromkeys(range(19, 23), 4)}  # fmt: skip
    assert [late(calendar, due_on, date(2026, 6, day)) for day in (5, 6, 7, 8, 12)] == [0, 0, 0, 1, 5]


@pytest.mark.parametrize("whole", range(1, 31))
def test_the_colour_is_a_share_of_the_limit(whole):
    for left in range(-3, whole + 1):
        share = left / whole
        assert colour(left, whole) == ("red" if left < 0 or share <= 0.2 else "amber" if share <= 0.5 else "green")


def test_the_steps_together_never_exceed_the_overall_limit_on_any_day():
    limits.check()
    starts = sorted({one.since for one in figures()})
    for day in starts:
        on_file = {
            key: [f.value for f in figures() if f.key == key and f.since <= day]
            for key in (*DAYS.values(), "need_overall_days")
        }
        if all(on_file.values()):
            days = {task: on_file[key][-1] for task, key in DAYS.items()}
            both = max(days[Task.SCORE], days[Task.VISIT] + days[Task.REVIEW])  # at the same time
            assert days[Task.HANDLE] + both + days[Task.OPEN] <= on_file["need_overall_days"][-1]


def test_a_setting_that_breaks_the_overall_limit_is_refused():
    def longer(key: str, on: date) -> Figure:
        value = {"need_overall_days": 20, "need_scoring_days": 11}.get(key, 5)
        return Figure(key, value, "个工作日", date(2026, 1, 1), "试验", "C")

    with pytest.raises(OverallExceeded) as refused:
        limits.check(longer, (date(2026, 12, 1),))
    assert refused.value.facts == {"total": 21, "overall": 20}
