"""A card may declare facts of its own: they score like any other and cannot pass for registered ones."""

import polars as pl
import pytest

from scoring.card import CARDS, CardFault, read
from scoring.score import UnknownValue, score, sheet

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
