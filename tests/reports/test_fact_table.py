"""A plain table as facts: columns found by name or by word, cells read as each fact holds them."""

import numpy as np
import polars as pl
import pytest

from financing.file_refusals import FirmsTwice, NoSuchColumn, SignContrary
from reports.fact_table import as_held, as_numbers, known_firms, learning, own_fact, registered, traits
from scoring.card import card
from scoring.facts import FACTS
from tests.scoring.test_score import TODAY

CREDIT = card("credit", TODAY)


def test_registered_columns_keep_their_sign_and_others_become_facts_of_the_card():
    frame = pl.DataFrame(
        {
            "企业代号": ["A", "B", "C"], "企业名称": ["甲", "乙", "丙"], "违约": [1, 0, 0],
            "资产负债率（%）": ["50", "60", "x"], "纳税信用等级": ["A级", "d", None], "secure_premises": ["是", "否", ""],
            "ROA(C) before tax": [0.1, 0.2, 0.3], "毛利": [1, 2, 3], "same": [1, 1, 1], "words": ["x", "y", "z"],
            "debt_ratio": [1, 2, 3], "annual_sales（万元）": ["1.5", "2", "3"], "Loan class": ["x", "y", "z"],
        }
    )  # fmt: skip
    columns = traits(frame, "违约", {"毛利": "lower"})
    found = {trait.fact.name: trait for trait in columns.traits}
    assert list(found) == [
        "debt_ratio",
        "tax_grade",
        "secure_premises",
        "own_7_roa_c_before_tax",
        "own_8",
        "annual_sales",
    ]
    assert found["debt_ratio"].better == "lower"
    assert found["tax_grade"].better == "lower"  # the first of the list is best
    assert found["tax_grade"].values.tolist()[:2] == [0, 4]
    assert found["secure_premises"].values.tolist()[:2] == [1, 0]
    assert found["annual_sales"].values.tolist() == [1_500_000, 2_000_000, 3_000_000]
    assert (found["own_8"].better, found["own_8"].fact.term) == ("lower", "毛利")
    assert found["own_7_roa_c_before_tax"].better is None
    assert set(columns.left_out) == {"same", "words", "debt_ratio", "Loan class"}


def test_every_choice_has_a_better_end():
    assert [fact.name for fact in FACTS.values() if fact.choices and fact.better is None] == []


def test_rows_without_an_outcome_are_counted_and_left_out():
    columns, bad = learning({"表": pl.DataFrame({"x": [1, 2, 3], "违约": ["是", None, "否"]})}, "违约", {"x": "higher"})
    assert bad.tolist() == [True, False]
    assert columns.without_outcome == 1
    assert columns.traits[0].values.tolist() == [1, 3]
    with pytest.raises(NoSuchColumn):
        learning({"表": pl.DataFrame({"x": [1], "违约": ["是"]})}, "违约", {"z": "higher"})


def test_a_registered_sign_is_not_to_be_turned():
    table = {"表": pl.DataFrame({"debt_ratio": [1.0, 2.0], "违约": ["是", "否"]})}
    assert learning(table, "违约", {"debt_ratio": "lower"})[0].traits[0].better == "lower"
    with pytest.raises(SignContrary):
        learning(table, "违约", {"debt_ratio": "higher"})


@pytest.mark.parametrize(
    ("fact", "cells", "held"),
    [
        ("debt_ratio", ["55.5", "-", None], [55.5, None, None]),
        ("penalties", ["2", "2.0", "x"], [2, 2, None]),
        ("tax_grade", ["A", "b级", "Grade M", "Z"], ["A", "B", "M", None]),
        ("secure_premises", ["是", "NO", "有", "?"], [True, False, True, None]),
        ("secure_premises", [True, False, None], [True, False, None]),
    ],
)
def test_cells_are_held_as_their_fact_holds_them(fact, cells, held):
    assert as_held(FACTS[fact], pl.Series(fact, cells)).to_list() == held


def test_money_without_a_unit_is_in_fen():
    assert as_numbers(FACTS["annual_sales"], pl.Series("annual_sales", [123.4])).tolist() == [123]


def test_headings_name_facts_by_name_or_word():
    assert registered("debt_ratio") is registered("资产负债率（%）") is FACTS["debt_ratio"]
    assert registered("something") is None
    assert own_fact("Net Value / Share", 4).name == "own_5_net_value_share"
    assert own_fact("净值", 4).name == "own_5"


def test_firms_of_a_table_come_with_their_facts_and_without_codes_by_their_row():
    tables = {
        "说明": pl.DataFrame({"x": [1]}),
        "表": pl.DataFrame({"firm": ["A", "B"], "企业名称": ["甲", None], "debt_ratio": [50.0, np.nan]}),
    }
    assert known_firms(tables, CREDIT) == {"A": ("甲", {"debt_ratio": 50.0}), "B": ("", {"debt_ratio": None})}
    assert list(known_firms({"表": pl.DataFrame({"debt_ratio": [1, 2]})}, CREDIT)) == ["第1行", "第2行"]
    with pytest.raises(NoSuchColumn):
        known_firms({"表": pl.DataFrame({"firm": ["A"], "z": [1]})}, CREDIT)
    with pytest.raises(FirmsTwice):
        known_firms({"表": pl.DataFrame({"firm": ["A", "A"], "debt_ratio": [1, 2]})}, CREDIT)
