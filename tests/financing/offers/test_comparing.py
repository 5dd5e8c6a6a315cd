"""What makes offers differ, against sums done anew: in money, by the year, in days and months (F25)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from financing.money import Fen, Rate
from financing.offers.comparing import cheapest, differences, paid
from financing.offers.costs import Terms, costs
from financing.offers.rules import OfferState, RateBase
from financing.offers.views import OfferView
from scoring.repayment import Repayment
from tests.makers import TODAY

WAYS = (Repayment.EQUAL_INSTALMENTS, Repayment.EQUAL_PRINCIPAL, Repayment.INTEREST_ONLY, Repayment.BULLET)
TERMS = st.builds(
    Terms,
    st.integers(10, 500).map(Fen.wan),
    st.integers(1, 36),
    st.integers(10_000, 120_000).map(Rate),
    st.sampled_from(WAYS),
    st.integers(0, 10_000).map(Rate),
    st.just(()),
)
DAYS = st.none() | st.integers(0, 60).map(lambda n: TODAY + timedelta(days=n))


def view(number: int, terms: Terms, drawdown: date | None) -> OfferView:
    return OfferView(
        id=number, need_id=1, match_id=number, bank=f"{number}", state=OfferState.MADE, amount=terms.amount, months=terms.months,
        rate=terms.rate, repayment=terms.repayment, base=RateBase.FIXED, points=None, lpr=None, guarantee_fee=terms.guarantee_fee,
        guarantee=terms.guarantee, charges=(), secured_by="", conditions="", prepayment="", drawdown_on=drawdown,
        valid_until=TODAY, over=False, sealed=False, cost=costs(terms),
    )  # fmt: skip


@given(st.lists(st.tuples(TERMS, DAYS), min_size=1, max_size=5))
def test_every_other_offer_is_told_against_the_cheapest(asked):
    offers = [view(number, *each) for number, each in enumerate(asked)]
    best, found = cheapest(offers), differences(offers)
    assert best.cost.effective.ppm == min(each.cost.effective.ppm for each in offers)
    assert sorted([best.id, *(each.offer.id for each in found)]) == list(range(len(offers)))
    for each in found:
        other = each.offer
        assert each.effective >= 0
        assert best.cost.total.fen + each.total == other.cost.total.fen
        assert best.cost.simple.ppm + each.simple == other.cost.simple.ppm
        assert (best.amount.fen + each.amount, best.months + each.months) == (other.amount.fen, other.months)
        if best.drawdown_on and other.drawdown_on:
            assert best.drawdown_on + timedelta(days=each.days) == other.drawdown_on
        else:
            assert each.days is None


@given(TERMS)
def test_what_has_been_paid_in_the_end_is_the_loan_and_all_its_costs(terms):
    total = paid(view(1, terms, None))
    assert len(total) == terms.months + 1
    assert total[-1] == terms.amount.fen + costs(terms).total.fen
    assert list(total) == sorted(total)
    assert Fraction(total[0], terms.amount.fen) <= Fraction(
        terms.guarantee_fee.ppm * terms.months + 12, 12_000_000
    ) + Fraction(1, terms.amount.fen)


def test_no_offer_differs_from_nothing():
    assert differences([]) == ()
