"""Periodic statistics: on the right day, once, sealed, and of like with like."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from financing.access import SYSTEM, Actor, Role
from financing.figures import plan, statistics
from financing.figures.rules import Volume
from financing.figures.spans import Span, before, ended, last_year, started
from financing.letters.paper_model import IssuedPaper
from financing.money import Fen
from financing.refusals import NotAllowed
from tests.financing.figures.zone import OFFICER, Zone
from tests.makers import NOW, a_user, at, writing

OCTOBER = statistics.subject(Span.MONTH, date(2026, 10, 31))
#: Monday 2 November 2026 is the first working day after October, at noon in Beijing.
MONDAY = datetime(2026, 11, 2, 4, tzinfo=UTC)


@pytest.fixture
def zone(database):
    """Six firms hand in on 5 October; five have an offer by its end, all six only in November. In September there were five."""
    zone = Zone(database)
    start = datetime(2026, 10, 5, 4, tzinfo=UTC)
    for n in range(6):
        zone.need(zone.firm(), 6, [0, 1, 1, 1, 1, 3 if n < 5 else 30], start=start)
    for _ in range(5):
        zone.need(zone.firm(), 2, [0, 1], start=datetime(2026, 9, 7, 4, tzinfo=UTC))
    zone.play()
    return zone


def due(database, moment):
    with at(database, SYSTEM, moment, write=False) as desk:
        return statistics.due(desk)


def made(database, moment):
    """What a daily run of that moment makes."""
    keys = due(database, moment)
    done = 0
    for key in keys:
        with at(database, SYSTEM, moment) as desk:
            done += statistics.make(desk, key)
    return done


def papers(database):
    with at(database, OFFICER, write=False) as desk:
        return desk.all(IssuedPaper, by=IssuedPaper.number)


def test_a_month_is_due_on_the_first_working_day_after_it(zone):
    assert OCTOBER not in due(zone.database, MONDAY - timedelta(days=1)), "a Sunday"
    assert OCTOBER in due(zone.database, MONDAY)


def test_each_period_is_made_once_and_also_after_days_of_downtime(zone):
    late = MONDAY + timedelta(days=11)
    assert made(zone.database, late) == 3, "September, the third quarter, October"
    assert made(zone.database, late) == made(zone.database, late + timedelta(days=2)) == 0
    with at(zone.database, SYSTEM, late) as desk:
        assert statistics.make(desk, OCTOBER) == 0
    titles = [(one.record["span"], one.record["until"]) for one in papers(zone.database)]
    assert sorted(titles) == [("month", "2026-09-30"), ("month", "2026-10-31"), ("quarter", "2026-09-30")]


def test_it_tells_how_far_needs_had_come_by_the_end_of_the_period(zone):
    made(zone.database, NOW)
    record = next(one.record for one in papers(zone.database) if one.subject_id == OCTOBER)
    steps = {row[0]: row[1] for row in record["steps"]}
    assert (steps["submitted"], steps["sent"], steps["offered"]) == (6, 6, 5)
    assert {row[0]: row[1] for row in record["former"]["steps"]}["submitted"] == 5
    assert record["volumes"]["needs"] == [6, 6, Fen.wan(600).fen]
    assert record["year"]["volumes"]["needs"] == [0, 0, 0]


def test_the_newest_target_counts_with_who_and_why(zone):
    with writing(zone.database) as session:
        officer = a_user(session, Role.OFFICER).actor
    for value, why in ((20, "年初计划"), (12, "年中调整")):
        with at(zone.database, officer, NOW + timedelta(minutes=value)) as desk:
            plan.set_target(desk, Volume.NEEDS, Span.MONTH, date(2026, 10, 31), value, why)
    made(zone.database, NOW)
    record = next(one.record for one in papers(zone.database) if one.subject_id == OCTOBER)
    assert record["plan"]["needs"][:2] in ([12, "年中调整"], [20, "年初计划"])
    with at(zone.database, SYSTEM, NOW + timedelta(hours=1), write=False) as desk:
        assert len(plan.all_targets(desk)) == 2


def test_a_correction_is_another_paper_with_its_reason(zone):
    made(zone.database, NOW)
    old = next(one for one in papers(zone.database) if one.subject_id == OCTOBER)
    with writing(zone.database) as session:
        officer = a_user(session, Role.OFFICER).actor
    with at(zone.database, officer, NOW + timedelta(days=1)) as desk:
        new = statistics.correct(desk, desk.get(IssuedPaper, old.id), "银行撤回了一笔填报")
        assert new.number != old.number
        assert (new.record["correction"], new.record["replaces"]) == ("银行撤回了一笔填报", old.number)
    both = [one for one in papers(zone.database) if one.subject_id == OCTOBER]
    assert [one.superseded_at is None for one in sorted(both, key=lambda one: one.issued_at)] == [False, True]
    assert made(zone.database, NOW + timedelta(days=2)) == 0
    with pytest.raises(NotAllowed), at(zone.database, Actor(9, Role.AUDITOR)) as desk:
        statistics.correct(desk, new, "x")


@pytest.mark.parametrize(
    ("span", "end", "since", "former"),
    [
        (Span.MONTH, date(2024, 2, 29), date(2024, 2, 1), (date(2024, 1, 1), date(2024, 1, 31))),
        (Span.QUARTER, date(2026, 3, 31), date(2026, 1, 1), (date(2025, 10, 1), date(2025, 12, 31))),
        (Span.HALF, date(2026, 6, 30), date(2026, 1, 1), (date(2025, 7, 1), date(2025, 12, 31))),
        (Span.YEAR, date(2026, 12, 31), date(2026, 1, 1), (date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_periods_begin_and_follow_one_another(span, end, since, former):
    assert ended(span, end)
    assert started(span, end) == since
    assert before(span, since) == former


def test_last_year_of_a_leap_february_ends_on_the_28th():
    assert last_year(date(2024, 2, 1), date(2024, 2, 29)) == (date(2023, 2, 1), date(2023, 2, 28))
    assert last_year(date(2025, 2, 1), date(2025, 2, 28)) == (date(2024, 2, 1), date(2024, 2, 29))
