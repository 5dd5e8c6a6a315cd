"""Repayment tables against the textbook's figures and against the same contracts worked out in fractions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.repayment import DayCount, Loan, PlanFault, Repayment, due, plan

EPI, EP, IO, BUL, REV, STEP = Repayment
MILLION = 100_000_000  # fen
START = date(2026, 1, 31)


def loan(repayment: Repayment, **changes: object) -> Loan:
    return Loan(**{"principal": MILLION, "months": 12, "rate": 36_000, "repayment": repayment, **changes})


def interest(asked: Loan) -> int:
    return sum(each.interest for each in plan(asked))


@st.composite
def loans(draw: st.DrawFn) -> Loan:
    principal, months = draw(st.integers(1, 5 * 10**9)), draw(st.integers(1, 60))
    repayment = draw(st.sampled_from(Repayment))
    cuts = sorted(draw(st.lists(st.integers(0, principal), min_size=months - 1, max_size=months - 1)))
    steps = tuple(b - a for a, b in zip([0, *cuts], [*cuts, principal], strict=True))
    return Loan(
        principal, months, draw(st.integers(0, 240_000)), repayment, draw(st.sampled_from(DayCount)),
        draw(st.dates(date(2000, 1, 1), date(2040, 12, 31))), steps if repayment is STEP else (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("repayment", "yuan"), [(EPI, "19607.09"), (EP, "19500.00"), (IO, "36000.00"), (BUL, "36000.00"), (REV, "36000.00")]
)
def test_a_million_over_a_year_at_3_60_costs_what_the_textbook_says(repayment, yuan):
    assert interest(loan(repayment)) == int(Decimal(yuan) * 100)


def test_level_payments_are_84_967_26_every_month_and_the_last_takes_the_rounding():
    payments = [each.payment for each in plan(loan(EPI))]
    assert (set(payments[:-1]), payments[-1]) == ({8_496_726}, 8_496_723)


def test_a_plan_of_ones_own_bears_interest_on_what_is_left():
    steps = (0, 0, 50_000_000, 0, 0, 50_000_000)
    found = plan(loan(STEP, months=6, steps=steps))
    assert tuple(each.principal for each in found) == steps
    assert [each.interest for each in found] == [300_000] * 3 + [150_000] * 3


@pytest.mark.parametrize(("days", "yuan"), [(DayCount.ACTUAL_360, "36500.00"), (DayCount.ACTUAL_365, "36000.00")])
def test_actual_days_of_a_year_are_365_of_360_or_of_365(days, yuan):
    assert interest(loan(BUL, days=days, starts=date(2026, 3, 1))) == int(Decimal(yuan) * 100)


def test_a_line_bears_interest_for_the_days_on_which_it_is_drawn():
    first, back = date(2026, 3, 1), date(2026, 4, 10)
    found = plan(loan(REV, months=3, starts=first, moves=((first, 60_000_000), (back, -60_000_000))))
    assert [each.interest for each in found] == [186_000, 54_000, 0]  # 31 days, then 9, of 600,000 yuan at 3.6 % of 360
    assert [each.principal for each in found] == [0, 60_000_000, 0]


def test_months_end_where_the_calendar_lets_them():
    assert [due(START, n) for n in (0, 1, 2, 13)] == [START, date(2026, 2, 28), date(2026, 3, 31), date(2027, 2, 28)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"principal": 0}, "not_a_loan"),
        ({"rate": -1}, "not_a_loan"),
        ({"days": DayCount.ACTUAL_360}, "no_start"),
        ({"repayment": STEP, "steps": (MILLION,)}, "steps_differ"),
        ({"repayment": STEP, "steps": (MILLION + 1, -1, *[0] * 10)}, "steps_differ"),
        ({"repayment": REV, "starts": START, "moves": ((START, MILLION + 1),)}, "beyond_the_line"),
        ({"repayment": REV, "starts": START, "moves": ((START - timedelta(days=1), 1),)}, "outside_the_line"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(changes, code):
    with pytest.raises(PlanFault) as refused:
        plan(loan(**{"repayment": IO, **changes}))
    assert refused.value.code == code


@given(loans())
def test_the_parts_add_up_to_the_principal_to_the_fen(asked):
    found = plan(asked)
    assert len(found) == asked.months
    assert sum(each.principal for each in found) == asked.principal
    assert all(each.principal >= 0 and each.interest >= 0 for each in found)


@given(loans())
def test_every_month_is_what_fractions_rounded_once_a_month_say(asked):
    assert [(each.principal, each.interest) for each in plan(asked)] == list(by_fractions(asked))


@given(loans(), st.data())
def test_a_line_costs_its_balance_of_every_day(asked, data):
    """Walked day by day, against the product's steps from move to move."""
    starts = asked.starts
    length = (due(starts, asked.months) - starts).days
    places = sorted(data.draw(st.sets(st.integers(0, length - 1), min_size=1, max_size=6)))
    owed, moves = 0, []
    for place in places:
        level = data.draw(st.integers(0, asked.principal))
        moves.append((starts + timedelta(days=place), level - owed))
        owed = level
    line = Loan(asked.principal, asked.months, asked.rate, REV, asked.days, starts, (), tuple(moves))
    basis = 365 if asked.days is DayCount.ACTUAL_365 else 360
    for month, each in enumerate(plan(line)):
        day, summed = due(starts, month), 0
        while day < due(starts, month + 1):
            summed += sum(change for when, change in moves if when <= day)
            day += timedelta(days=1)
        assert each.interest == rounded(Fraction(summed * asked.rate, 1_000_000 * basis))


def by_fractions(asked: Loan):
    """The formulas written out plainly: exact interest of the month, rounded, the last month takes the rest."""
    left, paid, months = Fraction(asked.principal), 0, asked.months
    twelfth = Fraction(asked.rate, 12_000_000)
    growth = (1 + twelfth) ** months
    level = Fraction(asked.principal) * twelfth * growth / (growth - 1) if twelfth else left / months
    for month in range(1, months + 1):
        share = Fraction(1, 12)
        if asked.days is not DayCount.THIRTY_360:
            basis = 360 if asked.days is DayCount.ACTUAL_360 else 365
            share = Fraction((due(asked.starts, month) - due(asked.starts, month - 1)).days, basis)
        exact = left * Fraction(asked.rate, 1_000_000) * share
        if asked.repayment is BUL:
            whole = Fraction(months, 12)
            if asked.days is not DayCount.THIRTY_360:
                whole = Fraction((due(asked.starts, months) - asked.starts).days, basis)
            exact = left * Fraction(asked.rate, 1_000_000) * whole if month == months else Fraction(0)
        if asked.repayment is EPI and month == months and twelfth and asked.days is DayCount.THIRTY_360:
            yield int(left), max(0, rounded(months * level) - asked.principal - paid)
            return
        charged = rounded(exact)
        wanted = {
            EPI: max(0, rounded(level) - charged), EP: rounded(Fraction(asked.principal, months)),
            STEP: asked.steps[month - 1] if asked.steps else 0,
        }.get(asked.repayment, 0)  # fmt: skip
        back = left if month == months else min(left, wanted)
        left, paid = left - back, paid + charged
        yield int(back), charged


def rounded(number: Fraction) -> int:
    with_decimals = Decimal(number.numerator * 10 // number.denominator) / 10
    return int(with_decimals.quantize(Decimal(1), ROUND_HALF_UP))
