from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyxirr import irr

from financing.money import Fen, Rate
from financing.offers.costs import Terms, costs, instalments
from financing.offers.rules import OFFERED
from scoring.repayment import Repayment

MILLION = Fen.yuan(1_000_000)
EPI, EP, IO, BUL = OFFERED


def terms(repayment: Repayment, **changes: object) -> Terms:
    return Terms(
        **{
            "amount": MILLION,
            "months": 12,
            "rate": Rate.percent("3.6"),
            "repayment": repayment,
            "guarantee_fee": Rate(0),
            "fees": Fen(0),
            **changes,
        }
    )


some_terms = st.builds(
    Terms,
    amount=st.builds(Fen, st.integers(1_000_000, 5 * 10**9)),
    months=st.integers(1, 60),
    rate=st.builds(Rate, st.integers(0, 240_000)),
    repayment=st.sampled_from(OFFERED),
    guarantee_fee=st.builds(Rate, st.integers(0, 30_000)),
    fees=st.builds(Fen, st.integers(0, 500_000)),
)


@pytest.mark.parametrize(
    ("repayment", "interest"),
    [(EPI, "19607.09"), (EP, "19500.00"), (IO, "36000.00"), (BUL, "36000.00")],
)
def test_a_million_over_a_year_at_3_60_costs_what_the_textbook_says(repayment, interest):
    assert costs(terms(repayment)).interest == Fen.yuan(interest)


def test_level_payments_are_84_967_26_every_month_and_the_last_takes_the_rounding():
    payments = [due.payment for due in instalments(terms(EPI))]
    assert set(payments[:-1]) == {8_496_726}
    assert payments[-1] == 8_496_723


def test_fees_at_the_start_are_told_as_simple_nominal_and_effective_yearly_cost():
    found = costs(terms(IO, guarantee_fee=Rate.percent("0.8"), fees=Fen.yuan(1_200)))
    assert found.upfront == Fen.yuan(9_200)
    assert (found.simple, found.nominal, found.effective) == (Rate(45_200), Rate(45_428), Rate(46_386))


@given(some_terms)
def test_the_parts_add_up_to_the_principal_to_the_fen(given_terms):
    plan = list(instalments(given_terms))
    assert len(plan) == given_terms.months
    assert sum(due.principal for due in plan) == given_terms.amount.fen
    assert all(due.principal >= 0 and due.interest >= 0 for due in plan)


@given(some_terms)
def test_interest_stays_within_the_rounding_of_the_exact_formula(given_terms):
    found = sum(due.interest for due in instalments(given_terms))
    assert abs(found - exact_interest(given_terms)) <= given_terms.months


def exact_interest(asked: Terms) -> Fraction:
    """The formulas of the textbook in fractions, never rounded."""
    principal, months, rate = Fraction(asked.amount.fen), asked.months, Fraction(asked.rate.ppm, 12_000_000)
    if asked.repayment in {IO, BUL} or not rate:
        return principal * rate * months
    if asked.repayment is EP:
        return sum((principal - k * principal / months) * rate for k in range(months))
    growth = (1 + rate) ** months
    return months * principal * rate * growth / (growth - 1) - principal


@given(some_terms)
def test_the_yearly_cost_is_what_another_solver_finds(given_terms):
    found = costs(given_terms)
    flows = [(given_terms.amount - found.upfront).fen, *(-due.payment for due in found.plan)]
    monthly = irr([float(flow) for flow in flows])
    assert monthly is not None
    assert found.nominal.ppm == pytest.approx(12e6 * monthly, abs=1.5)
    assert found.effective.ppm == pytest.approx(1e6 * ((1 + monthly) ** 12 - 1), abs=1.5)


@given(some_terms, st.integers(1, 100_000))
def test_a_higher_fee_never_costs_less(given_terms, more):
    dearer = Terms(
        **{
            **{name: getattr(given_terms, name) for name in Terms.__slots__},
            "fees": Fen(given_terms.fees.fen + more),
        }
    )
    assert costs(dearer).effective >= costs(given_terms).effective
