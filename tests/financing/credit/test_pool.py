"""Firms below the line are kept in view with a dated plan, and scored again by the platform when facts arrive."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from financing.access import SYSTEM
from financing.acts import Act
from financing.credit import pool
from financing.credit.model import Assessment
from financing.credit.rules import months_after
from financing.desk import opened
from financing.journal import Entry
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties.model import Firm
from financing.parties.permit_rules import Item
from financing.parties.stated import record
from scoring.advise import Outcome
from tests.financing.credit.test_service import YEAR_2024, YEAR_2025, a_case, assess, frame, months, officer, wan
from tests.makers import NOW, TODAY, a_permit, at, writing
from web import jobs

__all__ = ["officer"]
CLEAR = {
    "tax_grade": "A", "tax_paid": 30_000_000, "environment_grade": "green", "penalties": 0, "owner_credit": "clean",
    "qualified_enterprise": True, "buyer_record": "good", "secure_premises": True, "park_bills_paid": True,
}  # fmt: skip
WEEK = NOW + timedelta(days=7)


@pytest.fixture
def poor(database, officer):
    """A firm with two years of statements and nothing else: 38 points, too little data."""
    need = a_case(database, officer, statements=[{2025: wan(YEAR_2025), 2024: wan(YEAR_2024)}])
    assess(database, officer, need)
    return need


def recorded(database, officer, need, facts=CLEAR):
    with writing(database) as session:
        a_permit(session, session.get_one(Firm, session.get_one(Need, need).firm_id), Item.PERSON_CREDIT)
    with at(database, officer) as desk:
        firm = desk.get(Firm, desk.get(Need, need).firm_id)
        record(desk, firm, facts, as_of=TODAY)


def scores(database, need):
    with opened(database, SYSTEM, WEEK, write=False) as desk:
        return desk.all(Assessment, Assessment.need_id == need, by=Assessment.assessed_at)


def shown(database, officer):
    with at(database, officer, WEEK, write=False) as desk:
        return pool.firms(desk).rows


def test_a_firm_below_the_line_is_in_the_pool_with_a_plan(database, officer, poor):
    (row,) = shown(database, officer)
    assert (row.need_id, row.first, row.total, row.qualified) == (poor, 38, 38, False)
    assert row.plan.goal.points == 60
    assert row.plan.outcome is Outcome.FAR  # 38 points and nearly everything else unknown
    assert row.plan.supplies


def test_the_plan_is_dated_from_the_day_of_the_score(database, officer):
    need = a_case(database, officer, invoices=frame(months(2024, 30, 3_000_000)))  # 30 months of 3万元
    found = assess(database, officer, need)
    (row,) = shown(database, officer)
    assert row.plan.outcome is Outcome.REACHED
    assert row.plan.total >= 60
    assert row.due == months_after(TODAY, row.plan.months)
    assert found.total == row.total < 60


def test_when_facts_arrive_the_daily_run_scores_again_once(database, officer, poor):
    recorded(database, officer, poor)
    said = jobs.run_daily(database, WEEK)
    assert said["培育池重新评分 | scored again"] == 1
    first, second = scores(database, poor)
    assert (first.total, second.total) == (38, 38 + 8 + 6 + 3 + 3 + 5 + 2 + 4 + 3 + 3)
    assert (second.assessed_by, second.assessed_at) == (0, WEEK)
    assert jobs.run_daily(database, WEEK + timedelta(days=1))["培育池重新评分 | scored again"] == 0
    with opened(database, SYSTEM, WEEK, write=False) as desk:
        lines = desk.all(Entry, Entry.act == Act.ASSESS_NEED, by=Entry.seq)
        assert [line.actor_id for line in lines] == [officer.id, 0]
        assert desk.get(Need, poor).state is NeedState.SCORED


def test_without_news_nothing_is_scored_again(database, officer, poor):
    assert jobs.run_daily(database, WEEK)["培育池重新评分 | scored again"] == 0
    assert len(scores(database, poor)) == 1


def test_an_ended_need_stays_ended_and_its_firm_comes_first_when_it_reaches_the_line(database, officer, poor):
    with at(database, officer) as desk:
        need = desk.get(Need, poor)
        desk.take(Act.REFUSE_NEED, need)
        need.due_on = None
    other = a_case(database, officer, statements=[{2025: wan(YEAR_2025)}])
    assess(database, officer, other)
    recorded(database, officer, poor, CLEAR | {"electricity_ratio": 110, "headcount_growth": 1, "order_cover": 2})
    with opened(database, SYSTEM, WEEK) as desk:
        assert pool.score_again(desk, poor)
        assert not pool.score_again(desk, other)
    with opened(database, SYSTEM, WEEK, write=False) as desk:
        assert desk.get(Need, poor).state is NeedState.INELIGIBLE
        assert desk.get(Need, poor).due_on is None
    rows = shown(database, officer)
    assert ("electricity_ratio" in rows[0].changed, rows[1].changed) == (True, ())
    assert [row.need_id for row in rows] == [poor, other]
    assert rows[0].qualified and rows[0].plan is None and rows[0].due is None


def test_a_firm_above_the_line_is_not_in_the_pool(database, officer):
    need = a_case(database, officer, invoices=frame(months(2023, 46, 300_000_000)))
    assert assess(database, officer, need).qualified
    assert shown(database, officer) == ()


def test_a_need_that_ended_for_another_reason_is_not_in_the_pool(database, officer):
    need = a_case(database, officer, invoices=frame(months(2023, 46, 300_000_000)))
    assess(database, officer, need)
    with at(database, officer) as desk:
        desk.take(Act.REFUSE_NEED, desk.get(Need, need))
    assert shown(database, officer) == ()


def test_one_firm_in_trouble_does_not_stop_the_others(database, officer, poor):
    other = a_case(database, officer, statements=[{2025: wan(YEAR_2025)}])
    assess(database, officer, other)
    recorded(database, officer, poor)
    recorded(database, officer, other)
    with at(database, officer) as desk:
        need = desk.get(Need, other)
        need.submitted_on = date(2001, 1, 1)  # before the first card: cannot be scored
    assert jobs.run_daily(database, WEEK)["培育池重新评分 | scored again"] == 1
    assert len(scores(database, poor)) == 2
    assert len(scores(database, other)) == 1


def test_a_need_that_has_gone_on_meanwhile_is_left_alone(database, officer, poor):
    recorded(database, officer, poor)
    with at(database, officer) as desk:
        desk.get(Need, poor).state = NeedState.WITHDRAWN
    with opened(database, SYSTEM, WEEK) as desk:
        assert not pool.score_again(desk, poor)
