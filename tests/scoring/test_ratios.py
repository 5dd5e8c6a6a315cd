"""Ratios against a plain reference in fractions, with a defined outcome for every denominator."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import FACTS, UNLIMITED
from scoring.ratios import RULES, ratios
from scoring.statement_lines import LINES
from scoring.statements import Statement

WHOLE = {
    "cash": 200, "receivables": 300, "inventory": 100, "current_assets": 600, "noncurrent_assets": 400, "assets": 1000,
    "current_liabilities": 400, "noncurrent_liabilities": 100, "liabilities": 500, "equity": 500, "capital": 300, "capital_reserve": 20,
    "fixed_assets": 330, "revenue": 2000, "cost": 1500, "interest": 20, "profit_before_tax": 100, "income_tax": 20, "net_profit": 80,
    "operating_cash_flow": 120, "sales_cash": 1800,
}  # fmt: skip
BEFORE = {"revenue": 1600, "cost": 1280, "receivables": 100, "inventory": 200, "assets": 600, "liabilities": 360, "net_profit": -5,
          "equity": 140, "capital": 300, "fixed_assets": 300}  # fmt: skip
EARLIER = {"revenue": 500, "net_profit": 5}


def statement(**lines):
    return Statement(date(2025, 12, 31), {code: value for code, value in lines.items() if value is not None})


def test_the_ratios_of_three_whole_years_by_hand():
    found = ratios(statement(**WHOLE), statement(**BEFORE), statement(**EARLIER))
    assert found == {
        "debt_ratio": 50,
        "current_ratio": Decimal("1.5"),
        "quick_ratio": Decimal("1.25"),
        "cash_ratio": 50,
        "interest_cover": 6,
        "gross_margin": 25,
        "net_margin": 4,
        "return_on_equity": 25,  # 80 of 320 on average
        "return_on_assets": 15,  # 120 of 800 on average
        "return_on_capital": Decimal(8000) / 310,  # 320 and 300
        "receivable_turnover": 10,
        "inventory_turnover": 10,
        "asset_turnover": Decimal("2.5"),
        "operating_cash_ratio": 6,
        "sales_cash_ratio": 90,
        "revenue_growth": 25,
        "profit_growth": None,  # from a loss
        "fixed_assets_growth": 10,
        "revenue_trend": 100,  # twice twofold
        "profit_trend": 300,
        "debt_ratio_change": -10,
        "gross_margin_change": 5,
        "loss_years": 0,
    }
    assert found.keys() == RULES.keys() <= FACTS.keys()


@pytest.mark.parametrize(
    ("ratio", "changed", "outcome"),
    [
        ("debt_ratio", {"liabilities": 1200, "equity": -200}, 120),
        ("debt_ratio", {"assets": 0}, UNLIMITED),
        ("debt_ratio", {"assets": 0, "liabilities": 0}, None),
        ("current_ratio", {"current_liabilities": 0}, UNLIMITED),
        ("current_ratio", {"current_liabilities": 0, "current_assets": 0}, None),
        ("quick_ratio", {"inventory": None}, None),
        ("cash_ratio", {"current_liabilities": 0}, UNLIMITED),
        ("cash_ratio", {"current_liabilities": 0, "cash": 0}, None),
        ("cash_ratio", {"current_liabilities": -1}, UNLIMITED),
        ("cash_ratio", {"current_liabilities": None}, None),
        ("cash_ratio", {"cash": None}, None),
        ("interest_cover", {"interest": 0}, UNLIMITED),
        ("interest_cover", {"interest": 0, "profit_before_tax": 0}, 0),
        ("interest_cover", {"interest": 0, "profit_before_tax": -9}, 0),
        ("interest_cover", {"interest": -5}, UNLIMITED),
        ("interest_cover", {"profit_before_tax": -60}, -2),
        ("interest_cover", {"interest": None}, None),
        ("gross_margin", {"revenue": 0}, -UNLIMITED),
        ("gross_margin", {"revenue": 0, "cost": 0}, None),
        ("net_margin", {"revenue": 0, "net_profit": -1}, -UNLIMITED),
        ("net_margin", {"revenue": 0}, None),
        ("receivable_turnover", {"receivables": 0}, UNLIMITED),
        ("receivable_turnover", {"receivables": 0, "revenue": 0}, None),
        ("operating_cash_ratio", {"revenue": 0, "operating_cash_flow": -1}, -UNLIMITED),
        ("sales_cash_ratio", {"sales_cash": None}, None),
        ("sales_cash_ratio", {"revenue": -1}, None),
        ("return_on_equity", {"equity": -10}, None),
        ("return_on_equity", {"equity": 0}, None),
        ("return_on_equity", {"net_profit": -50}, -10),
        ("return_on_assets", {"interest": None}, None),
        ("return_on_assets", {"assets": 0}, None),
        ("return_on_capital", {"capital": 0, "capital_reserve": 0}, None),
        ("return_on_capital", {"capital_reserve": None}, Decimal(8000) / 300),
        ("revenue_growth", {}, None),
        ("revenue_trend", {}, None),
        ("debt_ratio_change", {}, None),
        ("loss_years", {"net_profit": None}, None),
        ("loss_years", {"net_profit": -1}, 1),
    ],
)
def test_a_denominator_that_is_not_positive_has_a_defined_outcome(ratio, changed, outcome):
    assert ratios(statement(**WHOLE | changed))[ratio] == outcome


@pytest.mark.parametrize(("old", "growth"), [(0, None), (-5, None), (1000, 100), (4000, -50)])
def test_growth_needs_something_to_grow_from(old, growth):
    assert ratios(statement(**WHOLE), statement(revenue=old))["revenue_growth"] == growth


@pytest.mark.parametrize(
    ("first", "last", "trend"),
    [(0, 9, None), (-4, 9, None), (4, -1, None), (4, 0, -100), (4, 9, 50), (9, 4, Decimal(-100) / 3)],
)
def test_a_trend_is_the_yearly_rate_from_the_first_year_to_the_last(first, last, trend):
    found = ratios(statement(net_profit=last), statement(net_profit=1), statement(net_profit=first))["profit_trend"]
    assert (None if found is None else round(found, 12)) == (None if trend is None else round(Decimal(trend), 12))


@pytest.mark.parametrize(
    ("profits", "years"), [((-1, -1, -1), 3), ((-1, -1, 1), 2), ((-1, 1, -1), 1), ((0, -1, -1), 0), ((-1, None, -1), 1)]
)
def test_years_of_loss_are_counted_back_from_the_last(profits, years):
    assert ratios(*(statement(net_profit=profit) for profit in profits))["loss_years"] == years


@pytest.mark.parametrize(
    ("opening", "turnover"), [(None, Decimal(2000) / 300), (100, 10), (-300, UNLIMITED), (-100, 20)]
)
def test_an_average_uses_the_opening_balance_where_it_is_stated(opening, turnover):
    found = ratios(statement(**WHOLE), statement(receivables=opening))
    assert found["receivable_turnover"] == turnover


def test_an_average_equity_below_nothing_gives_no_return():
    assert ratios(statement(**WHOLE), statement(equity=-600))["return_on_equity"] is None


#: Share -> numerator and denominator of this year, in fractions; no rule of the product is used here.
PLAIN = {
    "debt_ratio": lambda now, _: Fraction(100 * now["liabilities"], now["assets"]),
    "current_ratio": lambda now, _: Fraction(now["current_assets"], now["current_liabilities"]),
    "quick_ratio": lambda now, _: Fraction(now["current_assets"] - now["inventory"], now["current_liabilities"]),
    "cash_ratio": lambda now, _: Fraction(100 * now["cash"], now["current_liabilities"]),
    "interest_cover": lambda now, _: Fraction(now["profit_before_tax"] + now["interest"], now["interest"]),
    "gross_margin": lambda now, _: 100 * (1 - Fraction(now["cost"], now["revenue"])),
    "net_margin": lambda now, _: 100 * Fraction(now["net_profit"], now["revenue"]),
    "return_on_equity": lambda now, old: 100 * Fraction(now["net_profit"]) / (Fraction(now["equity"] + old["equity"]) / 2),
    "return_on_assets": lambda now, old: 100 * Fraction(now["profit_before_tax"] + now["interest"]) / (Fraction(now["assets"] + old["assets"]) / 2),
    "return_on_capital": lambda now, old: 100 * Fraction(now["net_profit"]) / (Fraction(now["capital"] + now["capital_reserve"] + old["capital"] + old["capital_reserve"]) / 2),
    "receivable_turnover": lambda now, old: Fraction(now["revenue"]) / (Fraction(now["receivables"] + old["receivables"]) / 2),
    "inventory_turnover": lambda now, old: Fraction(now["cost"]) / (Fraction(now["inventory"] + old["inventory"]) / 2),
    "asset_turnover": lambda now, old: Fraction(now["revenue"]) / (Fraction(now["assets"] + old["assets"]) / 2),
    "operating_cash_ratio": lambda now, _: 100 * Fraction(now["operating_cash_flow"], now["revenue"]),
    "sales_cash_ratio": lambda now, _: 100 * Fraction(now["sales_cash"], now["revenue"]),
    "revenue_growth": lambda now, old: 100 * Fraction(now["revenue"] - old["revenue"], old["revenue"]),
    "profit_growth": lambda now, old: 100 * Fraction(now["net_profit"] - old["net_profit"], old["net_profit"]),
    "fixed_assets_growth": lambda now, old: 100 * Fraction(now["fixed_assets"] - old["fixed_assets"], old["fixed_assets"]),
    "debt_ratio_change": lambda now, old: 100 * (Fraction(now["liabilities"], now["assets"]) - Fraction(old["liabilities"], old["assets"])),
    "gross_margin_change": lambda now, old: 100 * (Fraction(old["cost"], old["revenue"]) - Fraction(now["cost"], now["revenue"])),
}  # fmt: skip
CODES = sorted(WHOLE)
YEAR = st.lists(st.integers(1, 10**13), min_size=len(CODES), max_size=len(CODES)).map(
    lambda amounts: dict(zip(CODES, amounts, strict=True))
)
BOUNDED = {"current_ratio", "quick_ratio", "interest_cover", "receivable_turnover", "inventory_turnover", "asset_turnover",
           "debt_ratio_change", "gross_margin_change"}  # fmt: skip


@given(YEAR, YEAR, YEAR)
def test_every_ratio_is_that_of_plain_fractions(now, old, older):
    found = ratios(statement(**now), statement(**old), statement(**older))
    for name, plain in PLAIN.items():
        exact = plain(now, old)
        if name in BOUNDED:
            exact = max(Fraction(-999), min(Fraction(999), exact))
        assert abs(Fraction(found[name]) - exact) <= abs(exact) / 10**20 + Fraction(1, 10**20), name
    for name, code in (("revenue_trend", "revenue"), ("profit_trend", "net_profit")):
        twice = (1 + Fraction(found[name]) / 100) ** 2
        exact = Fraction(now[code], older[code])
        assert abs(twice - exact) <= exact / 10**8 + Fraction(1, 10**20), name
    assert {*PLAIN, "revenue_trend", "profit_trend", "loss_years"} == RULES.keys()


@given(st.dictionaries(st.sampled_from(list(LINES)), st.integers(-(10**12), 10**12)), st.integers(0, 2))
def test_whatever_is_stated_ratios_are_finite_or_unknown(lines, more):
    found = ratios(*[statement(**lines)] * (1 + more))
    assert all(value is None or value.is_finite() for value in found.values())
