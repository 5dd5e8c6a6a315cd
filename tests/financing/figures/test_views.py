"""The funnel against counts kept in a plain list beside what was really done."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

import pytest

from financing.access import Actor, Role
from financing.acts import Act
from financing.figures import views
from financing.figures.rules import Ratio, Step
from financing.guarantees.model import Limit
from financing.guarantees.rules import Scope
from financing.journal import Line
from financing.matching.model import Match
from financing.money import Fen, Rate
from financing.offers.model import Decline, Offer
from financing.offers.rules import DeclineCode, OfferState
from financing.refusals import NotFound
from scoring.repayment import Repayment
from tests.makers import NOW, TODAY, a_bank, a_firm, a_guarantor, a_need, a_product, an_opening, at, writing

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
LEADER, OFFICER = Actor(1, Role.LEADER), Actor(2, Role.OFFICER)
ROAD = (
    Act.SUBMIT_NEED,
    Act.ACCEPT_NEED,
    Act.ASSESS_NEED,
    Act.APPROVE_CASE,
    Act.SEND_DOSSIER,
    Act.MAKE_OFFER,
    Act.ACCEPT_OFFER,
)
STEPS = (Step.SUBMITTED, Step.ACCEPTED, Step.SCORED, Step.SUPPORTED, Step.SENT, Step.ANSWERED, Step.CHOSEN)


class Zone:
    """Needs that come so far, a day more or less between their steps; what was done is kept beside."""

    def __init__(self, database):
        self.database = database
        self.events = []
        with writing(database) as session:
            self.bank = a_bank(session)
            self.product = a_product(session, self.bank)

    def firm(self, **facts):
        with writing(self.database) as session:
            return a_firm(session, registered_at=NOW - timedelta(days=100), **facts)

    def need(self, firm, steps, pauses, wan=100):
        """A need of `firm` that takes the first so many steps of the road, so many days after one another."""
        with writing(self.database) as session:
            need = a_need(session, firm, amount=Fen.wan(wan))
        moment = NOW - timedelta(days=90)
        for act, pause in zip(ROAD[:steps], pauses, strict=False):
            moment += timedelta(days=pause)
            self.journalled(act, need, moment)
        return need

    def journalled(self, act, need, moment):
        self.events.append((moment, len(self.events), act, need))

    def play(self):
        """Write down what happened in the order of time: the journal's clock never goes back."""
        for moment, _, act, need in sorted(self.events, key=lambda event: event[:2]):
            with at(self.database, OFFICER, moment) as desk:
                desk.lines.append(Line(act, "Need", need.id, firm_id=need.firm_id))
        self.events.clear()

    def match(self, session, need):
        match = Match(need_id=need.id, firm_id=need.firm_id, bank_id=self.bank.id, product_id=self.product.id, fit=1,
                      reasons=[], proposed_on=TODAY)  # fmt: skip
        session.add(match)
        session.flush()
        return match

    def funnel(self, who=OFFICER, period=YEAR):
        self.play()
        with at(self.database, who, write=False) as desk:
            return {figure.step: figure for figure in views.funnel(desk, *period)}


@pytest.fixture
def zone(database):
    return Zone(database)


def test_each_step_counts_what_came_so_far_with_sum_and_median(zone):
    plan = [(7, [0, 1, 1, 9, 5, 20, 3]), (6, [0, 2, 1, 7, 5, 30]), (5, [0, 3, 0, 8, 6]), (2, [0, 4]), (1, [0]), (0, [])]
    for steps, pauses in plan:
        zone.need(zone.firm(), steps, pauses)
    found = zone.funnel()
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
    with writing(zone.database) as session:
        match = zone.match(session, need)
        session.add(Decline(match_id=match.id, need_id=need.id, firm_id=need.firm_id, bank_id=zone.bank.id, code=DeclineCode.DEBT,
                            rests_on="x", would_change="y", at=NOW, by=1))  # fmt: skip
    found = zone.funnel()
    assert (found[Step.ANSWERED].count, found[Step.OFFERED].count) == (1, 0)
    assert found[Step.ANSWERED].days == 86


def test_handing_in_again_after_a_return_counts_from_the_first_time(zone):
    need = zone.need(zone.firm(), 1, [0])
    zone.journalled(Act.SUBMIT_NEED, need, NOW)
    first = (NOW - timedelta(days=90)).date()
    assert zone.funnel(period=(first, first))[Step.SUBMITTED].count == 1
    assert zone.funnel(period=(TODAY, TODAY))[Step.SUBMITTED].count == 0


def test_a_day_belongs_to_beijing(zone):
    need = zone.need(zone.firm(), 0, [])
    zone.journalled(Act.SUBMIT_NEED, need, NOW.replace(day=22, hour=16))  # midnight of the 23rd
    assert zone.funnel(period=(TODAY, TODAY))[Step.SUBMITTED].count == 1
    assert zone.funnel(period=(TODAY - timedelta(days=1),) * 2)[Step.SUBMITTED].count == 0


def test_a_leader_sees_no_group_under_five_firms_and_no_way_around(zone):
    firms = [zone.firm() for _ in range(5)]
    for number, firm in enumerate(firms):
        zone.need(firm, 5 if number < 4 else 3, [0, 1, 1, 1, 1])
        zone.need(firm, 1, [0])
    found = zone.funnel(LEADER)
    assert (found[Step.SCORED].count, found[Step.SCORED].hidden) == (5, False)
    for step in (Step.SUPPORTED, Step.SENT):
        assert found[step].hidden
        assert (found[step].count, found[step].sum, found[step].days) == (0, Fen(0), None)
    with at(zone.database, LEADER, write=False) as desk:
        assert views.behind(desk, Step.SUPPORTED, *YEAR) is None
        report = views.report(desk, *YEAR)
        assert report.ratios[Ratio.SUPPORT] is None
        assert report.ratios[Ratio.ACCEPTANCE] == (5, 10)
        lines = views.behind(desk, Step.SCORED, *YEAR)
    assert len(lines) == 5
    assert all(line.firm == "" and line.need_id is None for line in lines)
    assert zone.funnel(OFFICER)[Step.SUPPORTED].count == 4


def test_officers_find_firm_and_need_behind_each_number_the_newest_first(zone):
    firm = zone.firm(name="示范铜材有限公司")
    early, late = zone.need(firm, 2, [0, 1]), zone.need(firm, 2, [0, 9])
    zone.play()
    with at(zone.database, OFFICER, write=False) as desk:
        lines = views.behind(desk, Step.ACCEPTED, *YEAR)
    assert [(line.need_id, line.firm) for line in lines] == [(late.id, firm.name), (early.id, firm.name)]


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.LEADER, Role.OFFICER, Role.AUDITOR}])
def test_nobody_else_has_figures(zone, role):
    with at(zone.database, Actor(3, role), write=False) as desk:
        for ask in (views.funnel, views.report):
            with pytest.raises(NotFound):
                ask(desk, *YEAR)
        with pytest.raises(NotFound):
            views.behind(desk, Step.SENT, *YEAR)


def test_the_facility_stands_beside_its_net_assets(zone):
    with at(zone.database, LEADER, write=False) as desk:
        assert views.report(desk, *YEAR).facility is None
    with writing(zone.database) as session:
        guarantor = a_guarantor(session, net_assets=Fen.wan(100))
        session.add(
            Limit(
                scope=Scope.FACILITY, owner_id=guarantor.id, cap=Fen.wan(1_000), used=Fen.wan(50), reserved=Fen.wan(30)
            )
        )
    with at(zone.database, LEADER, write=False) as desk:
        report = views.report(desk, *YEAR)
    assert (report.facility.free, report.leverage) == (Fen.wan(920), (Fen.wan(80), Fen.wan(100)))


def test_the_average_rate_is_of_accepted_offers_and_hidden_from_leaders_when_few(zone):
    for wan, percent, state in (
        (100, 3, OfferState.ACCEPTED),
        (300, 5, OfferState.ACCEPTED),
        (900, 9, OfferState.NOT_CHOSEN),
    ):
        need = zone.need(zone.firm(), 7, [0, 1, 1, 1, 1, 1, 1], wan)
        with writing(zone.database) as session:
            match, opening = zone.match(session, need), an_opening(session, need)
            session.add(Offer(match_id=match.id, opening_id=opening.id, need_id=need.id, firm_id=need.firm_id, bank_id=zone.bank.id, amount=Fen.wan(wan),
                              months=12, rate=Rate.percent(percent), repayment=Repayment.BULLET, guarantee_fee=Rate(0), fees=Fen(0),
                              conditions="", valid_until=TODAY, simple_cost=Rate(0), nominal_cost=Rate(0), effective_cost=Rate(0),
                              made_at=NOW, made_by=1, state=state))  # fmt: skip
    zone.play()
    with at(zone.database, OFFICER, write=False) as desk:
        assert views.report(desk, *YEAR).rate == Rate.percent("4.5")
    with at(zone.database, LEADER, write=False) as desk:
        assert views.report(desk, *YEAR).rate is None
