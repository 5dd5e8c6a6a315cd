"""How often cash covers debts: worked by hand, and against plain fractions whatever the numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.diligence.affordability import (
    Affordability,
    Basis,
    Case,
    Cash,
    Cover,
    afforded,
    of_invoices,
    of_statements,
    outcome,
    stress,
)
from scoring.repayment import Loan, Repayment, plan

DAY = date(2026, 11, 23)
WAN = 1_000_000
RULES = stress(DAY)
AS_IS = RULES.case[0]
#: 200 万元 of cash a year from 2,000 万元 of sales of which a quarter is margin.
CASH = Cash(Basis.CASH_FLOW, 200 * WAN, 2_000 * WAN, 250_000, 0, date(2025, 12, 31))
LOAN = Loan(100 * WAN, 12, 36_000, Repayment.EQUAL_INSTALMENTS)
CASES = {case.key: case for case in RULES.case}

cashes = st.builds(
    Cash, st.sampled_from(Basis), st.integers(-(10**11), 10**11), st.integers(1, 10**12), st.integers(0, 1_000_000),
    st.integers(0, 10**10), st.just(DAY),
)  # fmt: skip
loans = st.builds(
    Loan, st.integers(1, 5 * 10**9), st.integers(1, 60), st.integers(0, 240_000),
    st.sampled_from([one for one in Repayment if one is not Repayment.STEPPED]),
)  # fmt: skip
strains = st.builds(
    Case, st.just("any"), st.just(""), st.just(""), st.integers(-900_000, 0), st.integers(0, 100_000), st.integers(0, 120)
)  # fmt: skip


@pytest.mark.parametrize(
    ("key", "cash", "dscr"),
    [
        ("as_is", 200, 1_961_540),  # 200 万元 ÷ 101.960709 万元
        ("sales_10", 150, 1_471_155),  # a tenth of 2,000 万元 lost, a quarter of it cash
        ("sales_20", 100, 980_770),
        ("sales_30", 50, 490_385),
        ("rate_100", 200, 1_951_045),  # at 4.60 % a year asks 102.509143 万元
    ],
)
def test_a_loan_of_a_million_worked_by_hand(key, cash, dscr):
    found = outcome(CASH, LOAN, 0, CASES[key], RULES)
    assert found.year.cash == cash * WAN
    assert found.dscr == pytest.approx(dscr, abs=1)


def test_customers_who_pay_thirty_days_later_hold_back_a_month_of_sales_once():
    two_years = replace(LOAN, months=24, repayment=Repayment.INTEREST_ONLY)
    found = outcome(CASH, two_years, 0, CASES["late_30"], RULES)
    assert found.year.cash == pytest.approx((200 - 2_000 / 12) * WAN, abs=1) or found.year.principal


def test_existing_loans_count_as_far_as_they_were_stated():
    alone, beside = (afforded(CASH, None, LOAN, other, RULES).base for other in (None, 50 * WAN))
    assert beside.year.service == alone.year.service + 50 * WAN
    assert beside.dscr < alone.dscr


@pytest.mark.parametrize(
    ("cash", "word"), [(123 * WAN, Cover.ENOUGH), (110 * WAN, Cover.TIGHT), (100 * WAN, Cover.SHORT), (-WAN, Cover.SHORT)]
)  # fmt: skip
def test_the_word_for_it_follows_the_bounds_in_force(cash, word):
    assert outcome(replace(CASH, amount=cash), LOAN, 0, AS_IS, RULES).cover is word


def test_statements_give_cash_flow_before_profit_and_nothing_without_either():
    lines = {"revenue": 1_000, "cost": 700, "profit_before_tax": 100, "interest": 20, "income_tax": 25}
    assert of_statements(lines, DAY) == Cash(Basis.PROFIT, 95, 1_000, 300_000, 20, DAY)
    assert of_statements(lines | {"operating_cash_flow": 80}, DAY) == Cash(Basis.CASH_FLOW, 80, 1_000, 300_000, 20, DAY)
    assert of_statements({"revenue": 1_000, "cost": 700}, DAY) is None
    assert of_statements(lines | {"revenue": 0}, DAY) is None


def test_invoices_alone_give_a_prudent_part_of_what_is_left():
    assert of_invoices(1_000 * WAN, 600 * WAN, 20 * WAN, DAY) == Cash(
        Basis.INVOICES, 100 * WAN, 1_000 * WAN, 400_000, 0, DAY
    )
    assert of_invoices(0, 0, 0, DAY) is None


@given(cashes, loans, st.integers(0, 10**10), strains)
def test_the_worst_year_is_what_fractions_say(cash, loan, other, case):
    found = outcome(cash, loan, other, case, RULES)
    table = plan(replace(loan, rate=loan.rate + case.rate_ppm))
    sales = Fraction(cash.sales)
    there = cash.amount + sales * Fraction(case.sales_ppm, WAN) * Fraction(cash.margin, WAN)
    late = sales * (1 + Fraction(case.sales_ppm, WAN)) * case.receivable_days / RULES.year_days
    covers = []
    for start in range(0, loan.months, 12):
        months = table[start : start + 12]
        service = sum(each.payment for each in months) + Fraction(other * len(months), 12)
        available = there * len(months) / 12 - (0 if start else late)
        if service:
            covers.append((available / service, service))
    if not covers:
        assert found.dscr is None
        return
    exact, service = min(covers)
    slack = 2 + 4 * (abs(exact) + 1) * WAN / max(1, service - 1)  # a few fen of rounding, more where debts are tiny
    assert abs(Fraction(found.dscr) - exact * WAN) <= slack


@given(cashes, loans, st.integers(0, 10**10), strains, st.integers(0, 99_999), st.integers(0, 60))
def test_more_strain_never_covers_more(cash, loan, other, case, sales, days):
    """Fewer sales also tie up less with customers, so each strain is tried by itself."""
    on_time = replace(case, receivable_days=0)
    for easier, harder in (
        (on_time, replace(on_time, sales_ppm=case.sales_ppm - sales)),
        (case, replace(case, receivable_days=case.receivable_days + days)),
    ):
        found, worse = (outcome(cash, loan, other, one, RULES).dscr for one in (easier, harder))
        assert found is None or worse <= found


@given(cashes, st.none() | cashes, loans, st.none() | st.integers(0, 10**10))
def test_what_is_sealed_is_read_again_to_the_fen(cash, beside, loan, other):
    found = afforded(cash, beside, loan, other, RULES)
    assert Affordability.from_json(found.as_json()) == found


def test_the_cases_that_a_bank_asks_for_are_all_there_with_their_source():
    strains = {(case.sales_ppm, case.rate_ppm, case.receivable_days) for case in RULES.case}
    assert {(-100_000, 0, 0), (-200_000, 0, 0), (-300_000, 0, 0), (0, 10_000, 0), (0, 0, 30)} <= strains
    assert (RULES.confidence, bool(RULES.source)) == ("C", True)
