"""At the very border of a band: advice and precheck promise what the exact count of the card's own text then gives."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring.advise import Case, Outcome, ways
from scoring.card import Card
from scoring.pace import Terms
from scoring.precheck import Within, interval
from scoring.sheet import held
from tests.scoring.any_card import a_card, some_firms
from tests.scoring.plain_score import plain_score

MOST_MARKS = 600
"""Beyond that the search through all totals is slow and finds nothing else."""


def drawn(seed):
    rng = Random(seed)
    card = a_card(rng)
    assume(card.full_marks <= MOST_MARKS)
    return rng, card


def anything(card):
    """Terms under which every fact can be changed in time."""
    return Terms(dict.fromkeys(card.facts, 1), {"default": 1}, 10_000)


def as_kept(values):
    """A ratio is kept as a double, and compared as one."""
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in values.items()}


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_counted_again_exactly_the_advice_gives_the_total_and_the_grade_it_promised(seed):
    rng, card = drawn(seed)
    for facts, industry, _ in some_firms(rng, card, 2):
        for way in ways(Case(card, facts, industry, terms=anything(card))):
            for found in filter(None, (way.sure, way.hoped)):
                if found.outcome is not Outcome.REACHED:
                    continue
                exact = plain_score(card, facts | as_kept(found.after), industry)
                assert (exact["total"], exact["grade"]) == (found.total, found.grade)
                assert exact["total"] >= way.goal.points
                assert not exact["vetoed"]


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_whatever_a_fact_turns_out_to_be_the_exact_total_lies_between_worst_and_best(seed):
    rng, card = drawn(seed)
    (facts, industry, _), (other, _, _) = some_firms(rng, card, 2)
    said = {name for name in facts if rng.random() < 0.5}
    span = interval(card, {name: facts[name] for name in said}, industry)
    total = plain_score(card, {name: facts[name] if name in said else other[name] for name in facts}, industry)["total"]
    assert span.worst <= total <= span.best


BIG = "9007199254.740993"
"""In 万元: the first whole number of fen that no double can hold is its edge."""


def rich_card(better="higher", edge=BIG):
    return Card.model_validate({
        "title": "卡", "english": "Card", "basis": "试", "from": "2026-01-01", "name": "any", "digest": "0", "full_marks": 5, "line": 5,
        "missing_limit": Decimal(1), "grades": {"A": 5, "C": 0}, "block": [{"key": "all", "says": "全", "english": "All", "weight": 5}],
        "item": [{"key": "sum", "block": "all", "says": "项", "english": "Item", "fact": "annual_sales", "bands": [[Decimal(edge), 5]]}],
    })  # fmt: skip


def test_a_sum_that_no_double_can_hold_is_advised_to_the_fen():
    card = rich_card()
    case = Case(card, {"annual_sales": 1}, terms=anything(card))
    (way,) = ways(case)
    assert way.sure.after == {"annual_sales": 9_007_199_254_740_993}
    assert case.sheet(way.sure.after).total == 5 and case.sheet({"annual_sales": 9_007_199_254_740_992}).total == 0


@pytest.mark.parametrize(("most", "best"), [(9_007_199_254_740_992, 0), (9_007_199_254_740_993, 5)])
def test_a_sum_known_to_the_fen_decides_the_precheck(most, best):
    assert interval(rich_card(), {"annual_sales": Within(Decimal(most) - 1, Decimal(most))}).best == best


@pytest.mark.parametrize("edge", ["0.1", "0.3", "2.675", "12.34", "99.99"])
def test_beside_a_red_line_the_advice_is_a_hundredth_away_to_the_last_digit(edge):
    card = rich_card()
    item = card.item[0].model_copy(update={"fact": "current_ratio", "bands": ((Decimal(0), 5),)})
    veto = {
        "key": "red",
        "says": "线",
        "english": "Line",
        "basis": "据",
        "fact": "current_ratio",
        "is": "at_most",
        "value": Decimal(edge),
    }
    card = Card.model_validate(
        card.model_dump(by_alias=True) | {"item": [item.model_dump(by_alias=True)], "veto": [veto], "from": card.since}
    )
    (way,) = ways(Case(card, {"current_ratio": float(edge)}, terms=anything(card)))
    assert way.sure.after == {"current_ratio": Decimal(edge) + Decimal("0.01")}
    assert held(card.facts["current_ratio"], float(edge)) == Decimal(edge)
