"""The funnel against counts kept in a plain list beside what was really done."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

import pytest

from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.desk import opened
from financing.figures import views
from financing.figures.ratio_rules import Ratio
from financing.figures.rules import Step
from financing.guarantees.model import Limit
from financing.guarantees.rules import Scope
from financing.money import Fen, Rate
from financing.offers.rules import OfferState
from financing.refusals import NotFound
from tests.financing.figures.zone import LEADER, OFFICER, YEAR, Zone, of_days
from tests.makers import NOW, TODAY, a_guarantor, at, writing

STEPS = (Step.SUBMITTED, Step.ACCEPTED, Step.SCORED, Step.SUPPORTED, Step.SENT, Step.ANSWERED, Step.CHOSEN)


@pytest.fixture
def zone(database):
    return Zone(database)


def report(zone, who=OFFICER, asked=YEAR, now=NOW):
    zone.play()
    with at(zone.database, who, now, write=False) as desk:
        pass
    return views.report(zone.database, desk, asked)


def funnel(zone, who=OFFICER, asked=YEAR):
    return {figure.step: figure for figure in report(zone, who, asked).steps}


def behind(zone, step, who=OFFICER, asked=YEAR):
    zone.play()
    with at(zone.database, who, write=False) as desk:
        return views.behind(desk, step, asked)


def key(found, ratio):
    return next(one for one in found.keys if one.ratio is ratio)


def test_each_step_counts_what_came_so_far_with_sum_and_median(zone):
    plan = [(7, [0, 1, 1, 9, 5, 20, 3]), (6, [0, 2, 1, 7, 5, 30]), (5, [0, 3, 0, 8, 6]), (2, [0, 4]), (1, [0]), (0, [])]
    for steps, pauses in plan:
        zone.need(zone.firm(), steps, pauses)
    found = funnel(zone)
    assert found[Step.REGISTERED].count == 6
    for place, step in enumerate(STEPS):
        came = [pauses for steps, pauses in plan if steps > place]
        assert (found[step].count, found[step].firms, found[step].sum) == (
            len(came),
            len(came),
            Fen.wan(100 * len(came)),
        ), step
        if 0 < place < 6:
            assert found[step].days == median(pauses[place] for pauses in came), step
    assert found[Step.OFFERED].count == found[Step.ANSWERED].count
    assert found[Step.OFFERED].days == 0
    assert found[Step.SUBMITTED].days == 10


def test_a_decline_is_an_answer_but_no_offer(zone):
    need = zone.need(zone.firm(), 5, [0, 1, 1, 1, 1])
    zone.declined(need, NOW)
    found = funnel(zone)
    assert (found[Step.ANSWERED].count, found[Step.OFFERED].count) == (1, 0)
    assert found[Step.ANSWERED].days == 86


def test_money_counts_from_the_first_day_until_it_is_taken_back(zone):
    need = zone.need(zone.firm(), 7, [0, 1, 1, 1, 1, 1, 1])
    offer = zone.offer(need)
    zone.paid(offer, NOW - timedelta(days=9), 30)
    zone.paid(offer, NOW - timedelta(days=5), 20, paid_on=TODAY - timedelta(days=12))
    paid = funnel(zone)[Step.PAID]
    assert (paid.count, paid.sum, paid.days) == (1, Fen.wan(50), 72)
    zone.taken_back(offer, 2, NOW + timedelta(hours=1))
    zone.play()
    assert report(zone, now=NOW + timedelta(hours=2)).steps[-1].sum == Fen.wan(30)
    zone.taken_back(offer, 1, NOW + timedelta(hours=3))
    zone.play()
    last = report(zone, now=NOW + timedelta(hours=4)).steps[-1]
    assert (last.count, last.sum) == (0, Fen(0))


def test_handing_in_again_after_a_return_counts_from_the_first_time(zone):
    need = zone.need(zone.firm(), 1, [0])
    zone.journalled(Act.SUBMIT_NEED, need, NOW)
    first = (NOW - timedelta(days=90)).date()
    assert funnel(zone, asked=of_days(first, first))[Step.SUBMITTED].count == 1
    assert funnel(zone, asked=of_days(TODAY, TODAY))[Step.SUBMITTED].count == 0


def test_a_day_belongs_to_beijing(zone):
    need = zone.need(zone.firm(), 0, [])
    zone.journalled(Act.SUBMIT_NEED, need, NOW.replace(day=22, hour=16))  # midnight of the 23rd
    assert funnel(zone, asked=of_days(TODAY, TODAY))[Step.SUBMITTED].count == 1
    before = TODAY - timedelta(days=1)
    assert funnel(zone, asked=of_days(before, before))[Step.SUBMITTED].count == 0


def test_a_firm_that_moves_and_grows_later_changes_no_figure_of_the_past(zone):
    firm = zone.firm(park="东区", size="micro")
    zone.need(firm, 2, [0, 1])
    zone.play()
    with writing(zone.database) as session:
        firm = session.merge(firm)
        firm.park, firm.size, firm.industry = "西区", "large", "5110"
    for narrow, count in (({"park": "东区"}, 1), ({"park": "西区"}, 0), ({"size": "micro"}, 1), ({"section": "C"}, 1), ({"section": "F"}, 0)):  # fmt: skip
        asked = of_days(YEAR.since, YEAR.until, **narrow)
        assert funnel(zone, asked=asked)[Step.ACCEPTED].count == count, narrow


def test_a_leader_sees_no_group_under_five_firms_and_no_way_around(zone):
    firms = [zone.firm() for _ in range(5)]
    for number, firm in enumerate(firms):
        zone.need(firm, 5 if number < 4 else 3, [0, 1, 1, 1, 1])
        zone.need(firm, 1, [0])
    found = funnel(zone, LEADER)
    assert (found[Step.SCORED].count, found[Step.SCORED].hidden) == (5, False)
    for step in (Step.SUPPORTED, Step.SENT):
        assert found[step].hidden
        assert (found[step].count, found[step].sum, found[step].days) == (0, Fen(0), None)
    assert behind(zone, Step.SUPPORTED, LEADER) is None
    told = report(zone, LEADER)
    assert (key(told, Ratio.SUPPORT).value, key(told, Ratio.SUPPORT).part) == (None, None)
    assert (key(told, Ratio.ACCEPTANCE).part, key(told, Ratio.ACCEPTANCE).whole) == (5, 10)
    lines = behind(zone, Step.SCORED, LEADER).rows
    assert len(lines) == 5
    assert all(line.firm == "" and line.need_id is None for line in lines)
    assert funnel(zone, OFFICER)[Step.SUPPORTED].count == 4


def test_officers_find_firm_and_need_behind_each_number_the_newest_first(zone):
    firm = zone.firm(name="示范铜材有限公司")
    early, late = zone.need(firm, 2, [0, 1]), zone.need(firm, 2, [0, 9])
    lines = behind(zone, Step.ACCEPTED).rows
    assert [(line.need_id, line.firm) for line in lines] == [(late.id, firm.name), (early.id, firm.name)]


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.LEADER, Role.OFFICER, Role.AUDITOR}])
def test_nobody_else_has_figures(zone, role):
    with at(zone.database, Actor(3, role), write=False) as desk:
        with pytest.raises(NotFound):
            views.report(zone.database, desk, YEAR)
        with pytest.raises(NotFound):
            views.behind(desk, Step.SENT, YEAR)


def test_the_facility_stands_beside_its_net_assets(zone):
    def facility():
        with at(zone.database, LEADER, write=False) as desk:
            return views.facility(desk)

    assert facility() == (None, None)
    with writing(zone.database) as session:
        guarantor = a_guarantor(session, net_assets=Fen.wan(100))
        session.add(
            Limit(
                scope=Scope.FACILITY, owner_id=guarantor.id, cap=Fen.wan(1_000), used=Fen.wan(50), reserved=Fen.wan(30)
            )
        )
    room, assets = facility()
    assert (room.free, assets) == (Fen.wan(920), Fen.wan(100))


def test_the_average_rate_is_of_accepted_offers_and_hidden_from_leaders_when_few(zone):
    for wan, percent, state in (
        (100, 3, OfferState.ACCEPTED),
        (300, 5, OfferState.ACCEPTED),
        (900, 9, OfferState.NOT_CHOSEN),
    ):
        zone.offer(zone.need(zone.firm(), 7, [0, 1, 1, 1, 1, 1, 1], wan), wan, percent, state)
    assert key(report(zone), Ratio.RATE).value == Rate.percent("4.5").ppm
    assert key(report(zone, LEADER), Ratio.RATE).hidden


def test_a_ratio_of_nothing_on_record_has_no_value(zone):
    zone.need(zone.firm(), 2, [0, 1])
    found = report(zone)
    assert key(found, Ratio.ACCEPTANCE).value == 1_000_000
    for ratio in (Ratio.PAY_OUT, Ratio.FIRST_LOANS, Ratio.UNSECURED, Ratio.COMPENSATION, Ratio.LEVERAGE, Ratio.RENEWAL, Ratio.FIRST_ANSWER):  # fmt: skip
        assert key(found, ratio).value is None, ratio


def test_a_page_stands_until_its_minutes_are_over_and_says_since_when(zone):
    zone.need(zone.firm(), 1, [0])
    early = report(zone)
    zone.need(zone.firm(), 1, [1], start=NOW - timedelta(days=1))
    soon = report(zone, now=NOW + timedelta(minutes=9))
    assert (soon.at, soon.steps[1].count) == (NOW, early.steps[1].count) == (NOW, 1)
    late = report(zone, now=NOW + timedelta(minutes=10))
    assert (late.at, late.steps[1].count) == (NOW + timedelta(minutes=10), 2)
    still = report(zone, now=NOW + timedelta(hours=9))
    assert still.at == NOW + timedelta(minutes=10), "nothing has happened since"


def test_the_platform_sweeps_pages_nobody_asked_for_lately(zone):
    report(zone)
    with opened(zone.database, SYSTEM, NOW + timedelta(days=1)) as desk:
        assert views.stands.sweep(desk) == 0
    with opened(zone.database, SYSTEM, NOW + timedelta(days=3)) as desk:
        assert views.stands.sweep(desk) == 1


def test_months_begin_on_their_first_days():
    assert views.month_starts(date(2026, 2, 28), 3) == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
    ]
