from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.capital import clip, days, margin_ppm, need
from scoring.statements import Statement

TODAY = date(2026, 5, 6)
money = st.integers(0, 10**13)


def test_the_formula_by_hand():
    # 1,200万元 × (1 − 10 %) × (1 + 20 %) ÷ (360 ÷ 90) = 324万元, less 100 + 50 + 20万元
    found = need(
        1_200_000_000,
        TODAY,
        margin_ppm=100_000,
        growth_ppm=200_000,
        days={
            "inventory_days": Fraction(45),
            "receivable_days": Fraction(75),
            "payable_days": Fraction(30),
            "prepayment_days": Fraction(10),
            "advance_days": Fraction(10),
        },
        own_funds_fen=100_000_000,
        existing_loans_fen=50_000_000,
        other_sources_fen=20_000_000,
    )
    assert (found.working_capital_fen, found.new_loan_fen) == (324_000_000, 154_000_000)
    assert (found.cycle_days, found.assumed) == (90, ())


def test_what_is_unknown_is_assumed_and_said():
    found = need(360_000_000, TODAY)
    assert (found.cycle_days, found.working_capital_fen) == (90, 90_000_000)
    assert set(found.assumed) == {
        "inventory_days",
        "receivable_days",
        "payable_days",
        "prepayment_days",
        "advance_days",
        "margin_ppm",
        "growth_ppm",
    }


def test_a_firm_paid_before_it_pays_needs_nothing():
    assert need(360_000_000, TODAY, days={"payable_days": Fraction(400)}).working_capital_fen == 0


def test_days_come_from_average_balances():
    now = Statement(
        date(2025, 12, 31), {"inventory": 300, "cost": 1_800, "receivables": 200, "revenue": 2_400, "payables": 150}
    )
    before = Statement(date(2024, 12, 31), {"inventory": 100})
    assert days(TODAY, now, before) == {"inventory_days": 40, "receivable_days": 30, "payable_days": 30}


@pytest.mark.parametrize(
    ("profit", "revenue", "ppm"), [(1, 3, 333_333), (-1, 3, -333_334), (5, 0, None), (None, 5, None)]
)
def test_the_margin_is_rounded_down(profit, revenue, ppm):
    lines = {"profit_before_tax": profit, "revenue": revenue}
    assert margin_ppm(Statement(TODAY, {code: value for code, value in lines.items() if value is not None})) == ppm


@given(money, money, money)
def test_more_sales_never_need_less_and_own_money_never_needs_more(sales, more, own):
    assert need(sales, TODAY).new_loan_fen <= need(sales + more, TODAY).new_loan_fen
    assert 0 <= need(sales, TODAY, own_funds_fen=own).new_loan_fen <= need(sales, TODAY).new_loan_fen


@pytest.mark.parametrize(
    ("wish", "ceilings", "amount", "bound_by"),
    [
        (500, {"grade": 300, "need": 400}, 300, ("grade",)),
        (500, {"grade": 300, "need": 300}, 300, ("grade", "need")),
        (200, {"grade": 300, "need": 400}, 200, ()),
        (300, {"grade": 300}, 300, ()),
        (300, {}, 300, ()),
        (300, {"need": -5}, 0, ("need",)),
    ],
)
def test_a_wish_is_held_down_to_the_lowest_ceiling(wish, ceilings, amount, bound_by):
    found = clip(wish, ceilings)
    assert (found.amount_fen, found.bound_by) == (amount, bound_by)
