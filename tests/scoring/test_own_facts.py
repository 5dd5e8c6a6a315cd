"""A card may declare facts of its own: they score like any other and cannot pass for registered ones."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from scoring.advise import Case, ways
from scoring.card import CARDS, CardFault, read
from scoring.facts import Kind
from scoring.precheck import Within, interval
from scoring.score import UnknownValue, score, sheet
from scoring.sheet import Sheet

CARD = """
title = "学得"
english = "Learned"
basis = "待审定"
from = 2026-01-01
full_marks = 30
line = 10
missing_limit = 0.5
grades = { A = 20, C = 0 }

[[fact]]
name = "own_margin"
says = "Margin/Sales（%）"
english = "Margin/Sales"
unit = "%"
kind = "number"
better = "higher"

[[fact]]
name = "own_listed"
says = "是否上市"
english = "Listed"
kind = "flag"
better = "higher"

[[block]]
key = "table"
says = "数据表指标"
english = "Columns of the table"
weight = 30

[[item]]
key = "own_margin"
block = "table"
says = "毛利"
english = "Margin"
fact = "own_margin"
bands = [[0.3, 20], [0.1, 5]]
missing = 4

[[item]]
key = "own_listed"
block = "table"
says = "上市"
english = "Listed"
fact = "own_listed"
choices = { yes = 10, no = 0 }
"""
FIRMS = [(0.3, True, 30), (0.2, False, 5), (0.05, None, 0), (None, True, 14)]


def test_firms_are_scored_by_facts_of_the_card_alone_and_in_a_table():
    card = read(CARD.encode(), "own")
    for margin, listed, total in FIRMS:
        facts = {"own_margin": margin, "own_listed": listed}
        assert sheet(card, facts).total == total
        assert (
            score(
                card,
                pl.DataFrame(
                    [{"firm": "E", **facts}], schema_overrides={"own_margin": pl.Float64, "own_listed": pl.Boolean}
                ),
            )["total"][0]
            == total
        )


def test_such_a_fact_says_its_words_and_its_unit():
    card = read(CARD.encode(), "own")
    assert card.item[0].held.shown(0.25) == "0.25%"
    assert card.item[0].held.term == "Margin/Sales（%）"
    assert card.item[1].held.shown(True, "en") == "Yes"


def test_a_wrong_value_names_the_fact_by_its_word():
    with pytest.raises(UnknownValue, match="Margin/Sales"):
        sheet(read(CARD.encode(), "own"), {"own_margin": "many"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name = "own_margin"', 'name = "net_margin"'),  # registered already, and own_margin is nobody's
        ('name = "own_listed"', 'name = "own_margin"'),  # twice
        ('fact = "own_margin"', 'fact = "own_marginal"'),  # no such fact
        ('kind = "flag"', 'kind = "colour"'),
        ("bands = [[0.3, 20], [0.1, 5]]", 'better = "lower"\nbands = [[0.1, 20], [0.3, 5]]'),  # against its own sign
        ("choices = { yes = 10, no = 0 }", "choices = { yes = 0, no = 10 }"),
        ('unit = "%"', 'unity = "%"'),
    ],
)
def test_a_card_that_declares_wrongly_does_not_load(old, new):
    assert old in CARD
    with pytest.raises(CardFault):
        read(CARD.replace(old, new).encode(), "own")


def test_published_cards_declare_nothing():
    assert not [path for path in CARDS.rglob("*.toml") if "[[fact]]" in path.read_text("utf-8")]


RED = """
[[veto]]
key = "unlisted"
says = "未上市"
english = "Not listed"
fact = "own_listed"
basis = "章程"
is = "equals"
value = false
"""
CARDS_OF_OWN = [read(CARD.encode(), "own"), read((CARD + RED).encode(), "own")]


@pytest.mark.parametrize("card", CARDS_OF_OWN, ids=["items", "red line"])
@pytest.mark.parametrize(("margin", "listed", "total"), FIRMS)
def test_nobody_knows_how_fast_such_a_fact_changes_so_only_a_missing_one_is_advised(card, margin, listed, total):
    case = Case(card, {"own_margin": margin, "own_listed": listed}, on=date(2026, 5, 6))
    for way in ways(case):
        assert way.sure.changes == ()
        if way.hoped:
            assert {change.before for change in way.hoped.changes} == {None}
            again = case.sheet(way.hoped.after)
            assert (again.total, again.grade) == (way.hoped.total, way.hoped.grade)
            assert again.total >= way.goal.points > total


@pytest.mark.parametrize("card", CARDS_OF_OWN, ids=["items", "red line"])
def test_what_is_not_said_in_a_precheck_leaves_every_step_of_such_a_fact_open(card):
    spans = {
        span.fact: (span.worst, span.best)
        for span in interval(card, {"own_margin": Within(Decimal("0.1"), None)}).spans
    }
    assert spans == {"own_margin": (5, 20), "own_listed": (0, 10)}
    assert (interval(card, {}).worst, interval(card, {}).best) == (0, 30)
    assert [veto.key for veto in interval(card, {"own_listed": False}).hit] == [veto.key for veto in card.veto]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_score_tells_such_a_fact_in_words_even_after_it_was_stored(lang):
    seen = sheet(CARDS_OF_OWN[1], {"own_margin": 0.25, "own_listed": None})
    facts = Sheet.from_json(seen.as_json()).facts
    assert facts["own_margin"].shown(Decimal("0.25"), lang) == "0.25%"
    assert {"zh": facts["own_listed"].term, "en": facts["own_listed"].english}[lang] in {"上市", "Listed"}
    assert facts["own_listed"].shown(True, lang) == {"zh": "是", "en": "Yes"}[lang]
    assert facts["own_margin"].better == "higher"
    assert {check.fact: check.held.kind for check in seen.vetoes} == {"own_listed": Kind.FLAG}
