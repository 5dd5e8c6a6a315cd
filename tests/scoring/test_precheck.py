"""Whatever the unknown facts turn out to be, the score lies within the interval, and both its ends can happen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.card import card
from scoring.facts import FACTS, Kind
from scoring.precheck import Within, interval
from scoring.sheet import UnknownValue, sheet
from tests.scoring.makers import firms

TODAY = date(2026, 5, 6)
CREDIT, INVOICES = card("credit", TODAY), card("invoices", TODAY)
BOTH = pytest.mark.parametrize("rules", [CREDIT, INVOICES], ids=["credit", "invoices"])


def answered(data, facts):
    """What a stranger may say of a firm: some facts outright, some numbers only within bounds, some not at all."""
    said = {}
    for name, value in facts.items():
        ways = ["nothing", "value"] + ["bounds"] * (FACTS[name].kind in {Kind.NUMBER, Kind.COUNT, Kind.MONEY})
        way = data.draw(st.sampled_from(ways)) if value is not None else "nothing"
        if way == "value":
            said[name] = value
        elif way == "bounds":
            low, high = (data.draw(st.none() | st.integers(0, 50)) for _ in range(2))
            exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
            said[name] = Within(None if low is None else exact - low - 1, None if high is None else exact + high)
    return said


@BOTH
@given(data=st.data())
def test_every_completion_of_the_facts_scores_within_the_interval(rules, data):
    facts = data.draw(firms(rules))
    found, seen = interval(rules, answered(data, facts)), sheet(rules, facts)
    assert found.worst <= seen.total <= found.best
    ladder = [grade for grade, _ in reversed(rules.falling)]
    assert ladder.index(found.worst_grade) <= ladder.index(seen.grade) <= ladder.index(found.best_grade)
    assert seen.ceiling_fen <= found.ceilings_fen[1]
    assert {veto.key for veto in found.hit} <= {check.key for check in seen.hits}
    assert found.reaches_line is not False or not seen.qualified


@BOTH
@given(data=st.data())
def test_knowing_more_never_widens_the_interval(rules, data):
    facts = data.draw(firms(rules))
    said = answered(data, facts)
    fewer = {name: answer for name, answer in said.items() if data.draw(st.booleans())}
    wide, narrow = interval(rules, fewer), interval(rules, said)
    assert wide.worst <= narrow.worst <= narrow.best <= wide.best


@BOTH
@given(data=st.data())
def test_both_ends_can_happen(rules, data):
    """A plain search fact by fact: no value that the answer allows does worse or better than the ends."""
    facts = data.draw(firms(rules))
    said = answered(data, facts)
    found = interval(rules, said)
    for span in found.spans:
        assert {span.worst, span.best} <= set(tried(rules, span.fact, said.get(span.fact)))


def tried(rules, fact, answer):
    """The points of one fact for every value worth trying, edges and everything around them."""
    if answer is not None and not isinstance(answer, Within):
        values = [answer]
    elif FACTS[fact].kind in {Kind.CHOICE, Kind.FLAG}:
        values = [None, *(FACTS[fact].choices or (True, False))]
    else:
        unit = 1_000_000 if FACTS[fact].kind is Kind.MONEY else 1
        marks = {Decimal(edge) * unit for item in rules.item if item.fact == fact for edge, _ in item.bands}
        bounds = [] if answer is None else [mark for mark in (answer.above, answer.most) if mark is not None]
        near = sorted({mark + step for mark in [*marks, *bounds] for step in (-1, 0, 1)})
        near += [(low + high) / 2 for low, high in pairwise(near)]
        if FACTS[fact].kind is not Kind.NUMBER:
            near = [round(value) for value in near]
        values = [value for value in near if answer is None or answer.holds(Decimal(value))] + [None] * (answer is None)
    items = [item for item in rules.item if item.fact == fact]
    keys = {item.key for item in items}
    for value in values:
        yield sum(line.points for line in sheet(rules, {fact: value}).lines if line.key in keys)


def test_nothing_known_leaves_everything_open():
    found = interval(INVOICES, {})
    assert (found.worst, found.best, found.worst_grade, found.best_grade) == (0, 100, "C", "AAA")
    assert found.reaches_line is None
    assert found.ceilings_fen == (0, 500 * 1_000_000)
    assert [(span.fact, span.open) for span in found.undecided(2)] == [("annual_sales", 30), ("sales_variation", 20)]


def test_large_and_steady_sales_reach_the_line_whatever_else_comes():
    known = {"annual_sales": 2000 * 1_000_000, "active_months": 36, "longest_gap": 0}
    found = interval(INVOICES, known)
    assert (found.worst, found.best, found.worst_grade) == (60, 100, "BBB")
    assert found.reaches_line is True
    assert found.ceilings_fen == (200 * 1_000_000, 500 * 1_000_000)


def test_too_little_known_to_be_enough_is_said_for_certain():
    poor = {"annual_sales": 1, "active_months": 3, "longest_gap": 12}
    found = interval(INVOICES, poor)
    assert (found.worst, found.best, found.reaches_line) == (0, 40, False)
    assert found.ceilings_fen == (0, 0)


def test_a_band_of_the_debt_ratio_gives_the_points_of_that_band():
    for above, most, points in [(None, 50, 6), (50, 60, 5), (60, 70, 3), (70, 80, 1), (80, None, 0)]:
        bounds = Within(None if above is None else Decimal(above), None if most is None else Decimal(most))
        (span,) = [span for span in interval(CREDIT, {"debt_ratio": bounds}).spans if span.fact == "debt_ratio"]
        assert (span.worst, span.best, span.most) == (points, points, 6)


def test_a_red_line_known_to_be_crossed_leaves_no_ceiling():
    found = interval(INVOICES, {"tax_grade": "D", "annual_sales": 0})
    assert [veto.key for veto in found.hit] == ["tax_grade_d", "idle"]
    assert found.ceilings_fen == (0, 0)
    assert interval(INVOICES, {"annual_sales": Within(None, Decimal(0))}).hit == ()


def test_a_value_the_fact_cannot_hold_is_refused():
    with pytest.raises(UnknownValue, match="纳税信用等级"):
        interval(CREDIT, {"tax_grade": "E"})
