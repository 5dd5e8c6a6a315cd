"""What a column may hold, and what is refused by the name of its fact."""

from datetime import date
from decimal import Decimal
from random import Random

import polars as pl
import pytest

from scoring.card import card
from scoring.card_faults import RESERVED
from scoring.columns import runs
from scoring.compiled import Made
from scoring.facts import FACTS
from scoring.industries import UnknownIndustry
from scoring.one import one
from scoring.score import BLOCK, UnknownValue, score, sheet
from scoring.whatif import whatif
from tests.scoring.any_card import a_card, as_table, some_firms

CREDIT = card("credit", date(2026, 5, 6))


def marks(fact, values, dtype):
    column = pl.Series(fact, values, dtype=dtype)
    item = next(item for item in CREDIT.item if item.fact == fact)
    return score(CREDIT, pl.DataFrame({"firm": range(len(values)), fact: column}))[item.key].to_list()


@pytest.mark.parametrize(
    ("fact", "values", "dtype", "points"),
    [
        ("years_in_business", [5, 0], pl.Int8, [4, 0]),
        ("years_in_business", [5, None], pl.UInt64, [4, 0]),
        ("years_in_business", [5.0, None, float("nan"), float("inf")], pl.Float64, [4, 0, 0, 0]),
        ("years_in_business", [Decimal(5), None], pl.Decimal(20, 2), [4, 0]),
        ("years_in_business", [None], pl.Null, [0]),
        ("debt_ratio", [50, 51, None], pl.Int16, [6, 5, 0]),
        ("debt_ratio", [Decimal("50.00"), Decimal("50.01")], pl.Decimal(20, 2), [6, 5]),
        ("debt_ratio", [50.0, float("-inf")], pl.Float32, [6, 0]),
        ("tax_grade", ["A", None, "D"], pl.Categorical, [8, 0, 0]),
        ("secure_premises", [True, None, False], pl.Boolean, [3, 0, 0]),
    ],
)
def test_a_column_of_any_fitting_kind_is_read(fact, values, dtype, points):
    assert marks(fact, values, dtype) == points


@pytest.mark.parametrize(
    ("fact", "values", "dtype"),
    [
        ("years_in_business", [5, 2**63], pl.UInt64),
        ("years_in_business", [5.0, 5.5], pl.Float64),
        ("years_in_business", [9.3e18], pl.Float64),
        ("years_in_business", [Decimal("5.5")], pl.Decimal(20, 2)),
        ("years_in_business", ["5"], pl.String),
        ("debt_ratio", ["50"], pl.String),
        ("debt_ratio", [True], pl.Boolean),
        ("tax_grade", ["A", "E"], pl.String),
        ("tax_grade", [1], pl.Int64),
        ("secure_premises", [1], pl.Int64),
    ],
)
def test_a_column_that_does_not_fit_is_refused_by_the_name_of_its_fact(fact, values, dtype):
    with pytest.raises(UnknownValue, match=FACTS[fact].term) as refused:
        marks(fact, values, dtype)
    assert refused.value.facts["fact"] == fact


@pytest.mark.parametrize(
    ("fact", "value"), [("tax_grade", "E"), ("debt_ratio", "50"), ("penalties", 0.5), ("secure_premises", "yes")]
)
@pytest.mark.parametrize("form", [one, whatif, sheet])
def test_what_a_fact_cannot_hold_is_refused_for_one_firm_too(form, fact, value):
    with pytest.raises(UnknownValue, match=FACTS[fact].term) as refused:
        form(CREDIT, {fact: value})
    assert refused.value.facts == {"fact": fact, "value": str(value)}


@pytest.mark.parametrize("value", [Decimal(50), 50, 50.0])
def test_a_number_counts_however_it_is_written(value):
    assert one(CREDIT, {"debt_ratio": value}).points[0] == 6
    assert whatif(CREDIT, {"debt_ratio": value}).cells["debt_ratio"].points == 6


@pytest.mark.parametrize("fact", ["penalties", "tax_paid", "debt_ratio"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_missing_for_one_firm_too(fact, value):
    assert one(CREDIT, {fact: value}) == one(CREDIT, {})
    assert whatif(CREDIT, {fact: value}).cells == whatif(CREDIT, {}).cells


def test_what_is_known_of_no_firm_counts_as_missing_throughout():
    scored = score(CREDIT, pl.DataFrame({"firm": ["a", "b"]}), lines=False)
    assert scored["missing_weight"].to_list() == [100, 100]
    assert scored["reason_1"].to_list() == [one(CREDIT, {}).reasons[0]] * 2


def test_blocks_of_rows_are_put_together_in_order():
    rows = 2 * BLOCK + 7
    ratios = pl.Series([float(row % 90) if row % 11 else None for row in range(rows)])
    scored = score(CREDIT, pl.DataFrame({"firm": pl.Series(range(rows)), "debt_ratio": ratios}))
    assert scored["firm"].to_list() == list(range(rows))
    truth = [6 if x <= 50 else 5 if x <= 60 else 3 if x <= 70 else 1 if x <= 80 else 0 for x in range(90)]
    assert scored["debt_ratio"].to_list() == [truth[row % 90] if row % 11 else 0 for row in range(rows)]
    assert scored["missing"].list.contains("debt_ratio").to_list() == [row % 11 == 0 for row in range(rows)]


def test_firms_stored_by_their_industry_are_left_where_they_are():
    stand = runs(pl.Series([0, 0, 1, 1, 3], dtype=pl.UInt8).to_numpy())
    assert (stand.order, stand.runs) == (None, ((0, 0, 2), (1, 2, 4), (3, 4, 5)))
    moved = runs(pl.Series([1, 0, 1], dtype=pl.UInt8).to_numpy())
    assert (moved.order.tolist(), moved.runs) == ([1, 0, 2], ((0, 0, 1), (1, 1, 3)))


def test_an_industry_that_does_not_exist_is_refused_in_company_and_alone():
    rng = Random(3)
    card = next(found for found in iter(lambda: a_card(rng), None) if any(item.industry for item in found.item))
    table = as_table(rng, card, some_firms(rng, card, 3)).with_columns(industry=pl.lit("99999"))
    for refused in (lambda: score(card, table), lambda: one(card, {}, industry="99999")):
        with pytest.raises(UnknownIndustry, match="99999"):
            refused()


def test_a_red_line_that_runs_out_is_not_hit_where_no_day_is_told():
    rng = Random(1)
    card = next(found for found in iter(lambda: a_card(rng), None) if any(veto.valid_days for veto in found.veto))
    table = as_table(rng, card, some_firms(rng, card, 50)).select(pl.exclude("^.*_as_of$"))
    scored = score(card, table, on=date(2026, 5, 6))
    assert not any(scored[veto.key].any() for veto in card.veto if veto.valid_days)


def test_every_name_of_a_result_is_kept_from_the_keys_of_cards():
    scored = score(CREDIT, pl.DataFrame({"firm": [1]}))
    assert set(scored.columns) - {rule.key for rule in CREDIT.rules} <= RESERVED


def test_what_was_made_first_is_forgotten_first():
    made = Made(list, 2)
    things = ["ab", "cd", "ef"]
    first = made.of(things[0])
    assert made.of(things[0]) is first
    made.of(things[1])
    assert made.of(things[0]) is first
    made.of(things[2])
    assert made.of(things[0]) is not first
    assert made.of(things[0]) == ["a", "b"]
