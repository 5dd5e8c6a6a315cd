from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError

from financing.access import SYSTEM, may
from financing.acts import Act
from financing.answer_refusals import ForbiddenItem, RateMissing
from financing.case_refusals import BeyondNeed, OfferOver, PastDay
from financing.journal import Entry
from financing.matching.model import Match
from financing.matching.rules import MatchState
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.offers import opening, service, views
from financing.offers.costs import Charged, Terms, costs
from financing.offers.model import Decline, Offer
from financing.offers.rules import Bearer, Charge, DeclineCode, OfferState, RateBase
from financing.offers.service import Pricing, Promise, priced
from financing.outbox import Outgoing
from financing.refusals import NotFound, Refusal, WrongState
from scoring.repayment import Repayment
from tests.financing.matching.stage import Stage, staged
from tests.makers import NOW, TODAY, writing

LATER = date(2026, 12, 31)
#: The first moment after the thirty days in which the banks are to answer.
DEADLINE = datetime(2026, 12, 23, 16, 0, tzinfo=UTC)


def sent(database, banks=3, **more) -> Stage:
    """The dossier lies with every bank."""
    stage = staged(database, banks=banks, **more)
    stage.proposed()
    for bank in range(banks):
        stage.grant(bank)
    stage.send()
    return stage


FIXED = Pricing()
NOTARY = Charged(Charge.NOTARY, Fen.yuan(1_200), "示范公证处")


def terms(**changes) -> Terms:
    return Terms(**{
        "amount": Fen.wan(120), "months": 12, "rate": Rate.percent("3.6"), "repayment": Repayment.INTEREST_ONLY,
        "guarantee_fee": Rate.percent("0.8"), "charges": (NOTARY,), **changes,
    })  # fmt: skip


def offered(
    stage: Stage, bank: int, now=NOW, valid_until=LATER, deposit=None, drawdown_on=None, pricing=FIXED, **changes
) -> Offer:
    promise = Promise(valid_until, drawdown_on, "受托支付", "园区担保公司保证", "可随时提前还款", pricing)
    with stage.at(stage.bankers[bank], now) as desk:
        return service.offer(desk, stage.match(desk, bank), terms(**changes), promise, deposit=deposit)


def declined(stage: Stage, bank: int, now=NOW) -> None:
    with stage.at(stage.bankers[bank], now) as desk:
        match = stage.match(desk, bank)
        service.decline(desk, match, code=DeclineCode.CASH_FLOW, rests_on="ratio.1", would_change="补充订单")


def opened(stage: Stage, now=NOW) -> int:
    """What the worker does right after an answer."""
    with stage.at(SYSTEM, now) as desk:
        return opening.open_all(desk, stage.need.id)


def accepted(stage: Stage, offer: Offer, now=NOW) -> None:
    with stage.at(stage.signatory, now) as desk:
        service.accept(desk, desk.get(Offer, offer.id))


def test_an_offer_carries_every_cost_and_moves_the_need(database):
    stage = sent(database, banks=1)
    made = offered(stage, 0)
    told = costs(terms())
    assert made.simple_cost == Rate(45_000)  # 3.60 % and 10,800 yuan on 1,200,000 over a year
    assert (made.nominal_cost, made.effective_cost) == (told.nominal, told.effective)
    opened(stage)
    with stage.at(stage.signatory) as desk:
        assert desk.get(Need, stage.need.id).state is NeedState.OFFERED
        shown = views.side_by_side(desk, stage.need.id)
    assert shown[0].charges == (NOTARY,)
    assert [(each.bank, each.cost.total) for each in shown] == [(stage.banks[0].name, Fen.yuan(43_200 + 9_600 + 1_200))]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"amount": Fen.wan(120) + Fen(1)}, BeyondNeed),
        ({"deposit": Fen(1)}, ForbiddenItem),
        ({"charges": (Charged(Charge.NOTARY, Fen.wan(120), "示范公证处"),)}, BeyondNeed),
        ({"drawdown_on": TODAY - timedelta(days=1)}, PastDay),
        ({"valid_until": TODAY - timedelta(days=1)}, OfferOver),
    ],
)
def test_an_offer_beyond_the_need_or_with_a_tied_deposit_is_refused(database, changes, refusal):
    stage = sent(database, banks=1)
    with pytest.raises(refusal):
        offered(stage, 0, **changes)
    with stage.at(stage.officer) as desk:
        assert desk.all(Offer) == []


def test_no_bank_offers_more_than_the_guarantor_stands_behind(database):
    stage = sent(database, banks=1, line=Fen.wan(100))
    with pytest.raises(BeyondNeed) as refused:
        offered(stage, 0, amount=Fen.wan(100) + Fen(1))
    assert refused.value.facts["most"] == Fen.wan(100)
    offered(stage, 0, amount=Fen.wan(100))


def test_the_database_itself_holds_no_tied_deposit(database):
    stage = sent(database, banks=1)
    made = offered(stage, 0)
    with pytest.raises(IntegrityError), writing(database) as session:
        session.get_one(Offer, made.id).deposit = Fen(1)


def test_a_bank_sees_its_own_offer_and_no_other(database):
    stage = sent(database)
    for bank in range(2):
        offered(stage, bank)
    for bank, own in ((0, 1), (1, 1), (2, 0)):
        with stage.at(stage.bankers[bank]) as desk:
            offers = views.side_by_side(desk, stage.need.id)
            assert len(offers) == own
            assert all(offer.bank == stage.banks[bank].name for offer in offers)
            assert [match.bank_id for match in desk.all(Match)] == [stage.banks[bank].id]


def test_a_bank_answers_only_for_itself_and_only_on_what_it_may_read(database):
    stage = sent(database)
    with stage.at(stage.bankers[1]) as desk:
        theirs = stage.match(desk, 1)
    with pytest.raises(NotFound), stage.at(stage.bankers[0]) as desk:
        desk.get(Match, theirs.id)
    for act in (Act.MAKE_OFFER, Act.DECLINE_NEED):
        assert not may(stage.bankers[0], act, theirs)
        assert may(stage.bankers[1], act, theirs)
    stage.withdraw(0)
    with stage.at(stage.bankers[0]) as desk:
        assert desk.all(Match) == []


def test_an_open_offer_binds_and_one_that_is_over_may_be_made_anew(database):
    stage = sent(database, banks=1)
    first = offered(stage, 0, valid_until=TODAY)
    assert opened(stage) == 1
    with pytest.raises(WrongState):
        offered(stage, 0)
    tomorrow = NOW + timedelta(days=1)
    with pytest.raises(OfferOver):
        accepted(stage, first, tomorrow)
    again = offered(stage, 0, tomorrow, rate=Rate.percent(3))
    assert (again.id, again.rate) == (first.id, Rate.percent(3))
    with pytest.raises(NotFound):
        accepted(stage, again, tomorrow)
    assert opened(stage, tomorrow) == 1
    accepted(stage, again, tomorrow)


BARRED = ("insurance", "diligence", "management", "account", "commitment", "registration", "valuation")


@pytest.mark.parametrize("charge", Charge)
def test_what_no_bank_may_pass_on_is_refused_at_its_field_with_the_rule_and_all_else_is_only_counted(database, charge):
    stage = sent(database, banks=1)
    line = Charged(charge, Fen.yuan(300), "某方")
    if charge.value not in BARRED:
        assert offered(stage, 0, charges=(line,)).fees == Fen.yuan(300)
        return
    with pytest.raises(ForbiddenItem) as refused:
        offered(stage, 0, charges=(line,))
    assert refused.value.facts["field"] == f"fee_{charge.value}"
    assert "号" in refused.value.facts["source"]
    for bearer in (Bearer.BANK, Bearer.PARK):
        kept = offered(stage, 0, charges=(Charged(charge, Fen.yuan(300), "某方", bearer),))
        assert (kept.fees, kept.charges[0]["bearer"]) == (Fen(0), bearer.value)


@pytest.mark.parametrize(
    ("pricing", "fixed", "rate"),
    [
        (Pricing(), Rate(36_000), Rate(36_000)),
        (Pricing(RateBase.LPR_1Y, 60, Rate(30_000)), None, Rate(36_000)),
        (Pricing(RateBase.LPR_5Y, -20, Rate(35_000)), Rate(99_000), Rate(33_000)),
    ],
)
def test_a_rate_is_fixed_or_the_prime_rate_and_its_points(pricing, fixed, rate):
    assert priced(pricing, fixed) == rate


@pytest.mark.parametrize(
    ("pricing", "field"), [(Pricing(), "rate"), (Pricing(RateBase.LPR_1Y, None, Rate(30_000)), "points")]
)
def test_a_rate_without_its_figure_is_asked_for_at_its_field(pricing, field):
    with pytest.raises(RateMissing) as refused:
        priced(pricing, None)
    assert refused.value.facts["field"] == field


def test_a_decline_says_why_on_what_and_what_would_change_it(database):
    stage = sent(database)
    declined(stage, 0)
    with stage.at(stage.signatory) as desk:
        (said,) = views.declines(desk, stage.need.id)
        assert (said.bank, said.code, said.would_change) == (stage.banks[0].name, DeclineCode.CASH_FLOW, "补充订单")
        assert stage.match(desk, 0).state is MatchState.DECLINED
    with stage.at(stage.bankers[1]) as desk:
        assert desk.all(Decline) == []
    with pytest.raises(WrongState):
        offered(stage, 0)


def test_accepting_one_offer_settles_the_need_and_closes_the_rest(database):
    stage = sent(database)
    cheap, dear = offered(stage, 0), offered(stage, 1, rate=Rate.percent(5))
    opened(stage, DEADLINE)
    accepted(stage, cheap, DEADLINE)
    with stage.at(stage.signatory) as desk:
        offers = {offer.id: offer.state for offer in desk.all(Offer)}
        states = [stage.match(desk, bank).state for bank in range(3)]
        assert desk.get(Need, stage.need.id).state is NeedState.SETTLED
    assert offers == {cheap.id: OfferState.ACCEPTED, dear.id: OfferState.NOT_CHOSEN}
    assert states == [MatchState.CHOSEN, MatchState.PASSED_OVER, MatchState.PASSED_OVER]
    with stage.at(stage.officer) as desk:
        told = desk.session.scalars(select(Outgoing.once).where(Outgoing.once.like("passed_over:%"))).all()
    assert len(told) == 2
    for act in (lambda: accepted(stage, dear, DEADLINE), lambda: offered(stage, 2, DEADLINE)):
        with pytest.raises(WrongState):
            act()


def test_twenty_firms_people_at_once_accept_exactly_one_offer(database):
    stage = sent(database, banks=4)
    offers = [offered(stage, bank) for bank in range(4)]
    opened(stage)
    outcomes: list[str] = []
    start = threading.Barrier(20)

    def press(number: int) -> None:
        start.wait()
        try:
            accepted(stage, offers[number % 4])
        except (Refusal, OperationalError) as refused:
            outcomes.append(type(refused).__name__)
        else:
            outcomes.append("accepted")

    threads = [threading.Thread(target=press, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == sorted(["accepted"] + ["WrongState"] * 19)
    with stage.at(stage.officer) as desk:
        states = [offer.state for offer in desk.all(Offer)]
        lines = desk.session.scalar(
            select(func.count()).where(Entry.act == Act.ACCEPT_OFFER, Entry.subject_id.in_([o.id for o in offers]))
        )
    assert states.count(OfferState.ACCEPTED) == 1
    assert states.count(OfferState.NOT_CHOSEN) == 3
    assert lines == 1
