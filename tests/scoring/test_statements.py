from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import FACTS, UNLIMITED
from scoring.statement_lines import IDENTITIES, LINES
from scoring.statements import Statement, UnknownLine, mismatches, ratios

WHOLE = {
    "cash": 200,
    "receivables": 300,
    "inventory": 100,
    "current_assets": 600,
    "noncurrent_assets": 400,
    "assets": 1000,
    "current_liabilities": 400,
    "noncurrent_liabilities": 100,
    "liabilities": 500,
    "equity": 500,
    "revenue": 2000,
    "cost": 1500,
    "interest": 20,
    "profit_before_tax": 100,
    "income_tax": 20,
    "net_profit": 80,
    "operating_cash_flow": 120,
}
BEFORE = {"revenue": 1600, "receivables": 100, "inventory": 200, "assets": 600, "net_profit": -5}


def statement(**lines):
    return Statement(date(2025, 12, 31), {code: value for code, value in lines.items() if value is not None})


def test_the_ratios_of_a_whole_pair_of_years_by_hand():
    found = ratios(statement(**WHOLE), statement(**BEFORE))
    assert found == {
        "debt_ratio": 50,
        "current_ratio": Decimal("1.5"),
        "quick_ratio": Decimal("1.25"),
        "interest_cover": 6,
        "gross_margin": 25,
        "net_margin": 4,
        "return_on_equity": 16,
        "receivable_turnover": 10,
        "inventory_turnover": 10,
        "asset_turnover": Decimal("2.5"),
        "operating_cash_ratio": 6,
        "revenue_growth": 25,
        "profit_growth": None,
    }
    assert found.keys() <= FACTS.keys()


@pytest.mark.parametrize(
    ("ratio", "changed", "outcome"),
    [
        ("debt_ratio", {"liabilities": 1200, "equity": -200}, 120),
        ("debt_ratio", {"assets": 0}, UNLIMITED),
        ("debt_ratio", {"assets": 0, "liabilities": 0}, None),
        ("current_ratio", {"current_liabilities": 0}, UNLIMITED),
        ("current_ratio", {"current_liabilities": 0, "current_assets": 0}, None),
        ("quick_ratio", {"inventory": None}, None),
        ("interest_cover", {"interest": 0}, UNLIMITED),
        ("interest_cover", {"interest": 0, "profit_before_tax": 0}, 0),
        ("interest_cover", {"interest": 0, "profit_before_tax": -9}, 0),
        ("interest_cover", {"interest": -5}, UNLIMITED),
        ("interest_cover", {"profit_before_tax": -60}, -2),
        ("interest_cover", {"interest": None}, None),
        ("net_margin", {"revenue": 0, "net_profit": -1}, -UNLIMITED),
        ("net_margin", {"revenue": 0}, None),
        ("receivable_turnover", {"receivables": 0}, UNLIMITED),
        ("receivable_turnover", {"receivables": 0, "revenue": 0}, None),
        ("operating_cash_ratio", {"revenue": 0, "operating_cash_flow": -1}, -UNLIMITED),
        ("return_on_equity", {"equity": -10}, None),
        ("revenue_growth", {}, None),
    ],
)
def test_a_denominator_that_is_not_positive_has_a_defined_outcome(ratio, changed, outcome):
    assert ratios(statement(**WHOLE | changed))[ratio] == outcome


@pytest.mark.parametrize(("old", "growth"), [(0, None), (-5, None), (1000, 100), (4000, -50)])
def test_growth_needs_something_to_grow_from(old, growth):
    assert ratios(statement(**WHOLE), statement(revenue=old))["revenue_growth"] == growth


def test_sheets_that_tie_have_no_mismatch():
    assert mismatches(statement(**WHOLE)) == ()


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"equity": 499}, {"balance"}),
        ({"current_assets": 601}, {"assets"}),
        ({"inventory": 99}, set()),
        ({"inventory": 400}, {"current_assets"}),
        ({"net_profit": 81}, {"net_profit"}),
        ({"assets": None}, set()),
    ],
)
def test_each_sum_that_does_not_hold_is_named(changed, broken):
    found = mismatches(statement(**WHOLE | changed))
    assert {each.identity for each in found} == broken
    assert all(each.difference == each.stated - each.computed != 0 for each in found)


@given(st.sampled_from(IDENTITIES), st.data())
def test_any_complete_sum_holds_exactly_or_is_told(identity, data):
    parts = {code: data.draw(st.integers(-(10**15), 10**15)) for code in identity.parts}
    total = sum(sign * parts[code] for code, sign in identity.parts.items())
    off = data.draw(st.integers(-2, 2))
    told = [each.identity for each in mismatches(statement(**parts, **{identity.total: total + off}))]
    assert (identity.key in told) is bool(off)


@given(st.dictionaries(st.sampled_from(list(LINES)), st.integers(-(10**12), 10**12)), st.booleans())
def test_whatever_is_stated_ratios_are_finite_or_unknown(lines, with_previous):
    found = ratios(statement(**lines), statement(**lines) if with_previous else None)
    assert all(value is None or value.is_finite() for value in found.values())


def test_a_line_nobody_knows_is_refused():
    with pytest.raises(UnknownLine, match="goodwill"):
        statement(goodwill=1)
