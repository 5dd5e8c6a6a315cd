"""Facts that cannot all be true are raised for the officer, on import, with a score and every night; no score moves for it."""

from datetime import timedelta

import pytest

from financing.access import SYSTEM, Role
from financing.credit import flags, service, watch
from financing.desk import opened
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties.model import Firm
from financing.parties.stated import record
from tests.financing.credit.test_service import a_case, assess, frame, months, officer
from tests.makers import NOW, TODAY, a_user, at, writing
from web import jobs

__all__ = ["officer"]
#: 50 billion yuan, by a firm that sells for 15 million a year.
TOO_MUCH = {"tax_paid": 5_000_000_000_000}


def doubted(database, actor, need):
    with at(database, actor, NOW + timedelta(days=1), write=False) as desk:
        return [one for one in flags.of(desk, need) if one.flag.code == "doubt"]


def recorded(database, officer, need, facts):
    with at(database, officer) as desk:
        record(desk, desk.get(Firm, desk.get(Need, need).firm_id), facts, as_of=TODAY)


@pytest.fixture
def need(database, officer):
    key = a_case(database, officer, invoices=frame(months(2023, 46, 123_456_789)))
    assess(database, officer, key)
    return key


def a_night(database, days=1):
    return jobs.run_daily(database, NOW + timedelta(days=days))["资料存疑 | doubts raised"]


def test_more_tax_than_sales_is_raised_overnight_once_with_its_figures(database, officer, need):
    assert a_night(database) == 0 and doubted(database, officer, need) == []
    recorded(database, officer, need, TOO_MUCH)
    assert [a_night(database, days) for days in (2, 3, 4)] == [1, 0, 0]
    (found,) = doubted(database, officer, need)
    assert found.flag.told() == "纳税额高于全年开票销售额，请核对单位是否写错。"
    assert found.flag.told("en") == "More tax than sales; check the unit."
    assert [what for what, _, _ in found.evidence] == [
        "上年纳税额 5,000,000.00 万元",
        "近12个月开票销售额 1,481.48 万元",
    ]
    assert found.may_look and found.gone_at is None


def test_a_doubt_goes_by_itself_once_the_fact_is_right_and_other_flags_stay(database, officer, need):
    recorded(database, officer, need, TOO_MUCH)
    a_night(database)
    recorded(database, officer, need, {"tax_paid": 100})
    assert a_night(database, 2) == 0
    assert [one.gone_at for one in doubted(database, officer, need)] == [NOW + timedelta(days=2)]


def test_no_score_moves_for_a_doubt(database, officer, need):
    recorded(database, officer, need, TOO_MUCH)
    before = assess(database, officer, need)
    a_night(database)
    with opened(database, SYSTEM, NOW, write=False) as desk:
        assert service.recompute(desk, before).as_json() == before.sheet
    after = assess(database, officer, need)
    assert (after.total, after.grade, after.sheet) == (before.total, before.grade, before.sheet)


def test_a_score_raises_doubts_at_once(database, officer, need):
    recorded(database, officer, need, TOO_MUCH)
    assess(database, officer, need)
    assert [one.flag.severity for one in doubted(database, officer, need)] == ["warning"]
    assert a_night(database) == 0


@pytest.mark.parametrize("role", [Role.CLERK, Role.BANKER])
def test_neither_the_firm_nor_a_bank_sees_a_doubt_that_was_raised(database, officer, need, role):
    recorded(database, officer, need, TOO_MUCH)
    a_night(database)
    with writing(database) as session:
        firm = session.get(Need, need).firm_id
        stranger = a_user(session, role, firm_id=firm if role is Role.CLERK else None).actor
    assert doubted(database, stranger, need) == []


def test_only_needs_that_somebody_is_about_to_decide_on_are_watched(database, officer, need):
    with writing(database) as session:
        session.get(Need, need).state = NeedState.SETTLED
    with opened(database, SYSTEM, NOW, write=False) as desk:
        assert watch.watched(desk) == []


def test_a_firm_whose_facts_cannot_be_read_does_not_keep_the_others_from_being_looked_over(database, officer, need):
    other = a_case(database, officer, invoices=frame(months(2023, 46, 123_456_789)))
    recorded(database, officer, other, TOO_MUCH)
    with writing(database) as session:
        firm = session.get(Firm, session.get(Need, need).firm_id)
        firm.stated = {"owner_years": {"value": 3, "source": "nowhere", "as_of": "2026-01-01"}}
    assert a_night(database) == 1
    assert len(doubted(database, officer, other)) == 1
