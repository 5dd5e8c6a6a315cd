from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyxirr import irr, xirr

from financing.money import Fen, Rate
from financing.offers.costs import Charged, Terms, costs, instalments
from financing.offers.rules import OFFERED, Bearer, Charge, Every
from scoring.repayment import Repayment, due

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
    charges=st.lists(
        st.builds(
            Charged,
            st.sampled_from(Charge),
            st.builds(Fen, st.integers(0, 60_000)),
            st.just("公证处"),
            st.sampled_from(Bearer),
            st.sampled_from(Every),
        ),
        max_size=5,
    ).map(tuple),
)


def fee(yuan: int, charge: Charge = Charge.VALUATION, **more: object) -> Charged:
    return Charged(charge, Fen.yuan(yuan), "示范事务所", **more)


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
    found = costs(terms(IO, guarantee_fee=Rate.percent("0.8"), charges=(fee(1_200),)))
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


def flows(given_terms: Terms) -> list[int]:
    """Month by month what comes in (+) and what goes out (−), put together line by line without the product's sums."""
    moved = [0] * (given_terms.months + 1)
    moved[0] = given_terms.amount.fen
    moved[0] -= given_terms.guarantee.fen
    for month, line in enumerate(instalments(given_terms), 1):
        moved[month] -= line.principal + line.interest
    for each in given_terms.charges:
        if each.bearer != "firm":
            continue
        for month in range(given_terms.months + 1):
            begins_a_year = month % 12 == 0 and month < given_terms.months
            paid = {
                "start": month == 0,
                "monthly": month > 0,
                "yearly": begins_a_year,
                "end": month == given_terms.months,
            }
            moved[month] -= each.amount.fen if paid[each.every] else 0
    return moved


@given(some_terms)
def test_the_yearly_cost_is_what_another_solver_finds(given_terms):
    assume(given_terms.upfront < given_terms.amount)
    found, moved = costs(given_terms), flows(given_terms)
    monthly = irr([float(flow) for flow in moved])
    assert monthly is not None
    assert found.nominal.ppm == pytest.approx(12e6 * monthly, rel=1e-6, abs=1.5)
    assert found.effective.ppm == pytest.approx(1e6 * ((1 + monthly) ** 12 - 1), rel=1e-6, abs=1.5)
    assert found.total.fen == -sum(moved)


@given(some_terms, st.integers(1, 5), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_the_effective_cost_is_the_dated_return_up_to_the_length_of_months(drawn_terms, years, drawn):
    """XIRR counts days of 365 where the plan counts months: over whole years both agree within a fiftieth."""
    given_terms = replace(drawn_terms, months=12 * years, amount=drawn_terms.amount + Fen.wan(100))
    found, moved = costs(given_terms), flows(given_terms)
    days = [drawn, *(due(drawn, month) for month in range(1, given_terms.months + 1))]
    dated = xirr(days, [float(flow) for flow in moved])
    assert dated is not None
    assert found.effective.ppm == pytest.approx(1e6 * dated, rel=0.02, abs=20)


@given(some_terms, st.sampled_from(Every), st.integers(1, 100_000))
def test_a_higher_fee_never_costs_less(given_terms, every, more):
    dearer = replace(given_terms, charges=(*given_terms.charges, Charged(Charge.OTHER, Fen(more), "x", every=every)))
    assume(dearer.upfront < dearer.amount)
    assert costs(dearer).effective >= costs(given_terms).effective
    assert costs(dearer).simple >= costs(given_terms).simple


@given(some_terms)
def test_a_charge_that_somebody_else_bears_costs_the_firm_nothing(given_terms):
    borne = replace(given_terms, charges=tuple(replace(each, bearer=Bearer.BANK) for each in given_terms.charges))
    assert costs(borne) == costs(replace(given_terms, charges=()))


@given(some_terms)
def test_a_charge_is_kept_as_it_was_written(given_terms):
    kept = json.loads(json.dumps([each.as_json() for each in given_terms.charges]))
    assert tuple(map(Charged.from_json, kept)) == given_terms.charges
