"""Scores joined to outcomes: by the right column, with nobody lost in silence and every doubt said."""

import numpy as np
import polars as pl
import pytest

from financing.file_refusals import (
    FirmColumnMissing,
    FirmsTwice,
    NobodyJoined,
    NoSuchColumn,
    OneKindOnly,
    OutcomeUnclear,
    ScoreColumnUnclear,
)
from reports.outcomes import failed, matched

SCORES = {"firm": ["A", "B", "C", "D"], "总分": ["80", "60", "", "50"], "等级": ["AA", "BB", "C", None]}
FATES = {"企业代号": ["D", "B", "A", "E"], "是否违约": ["是", "否", "否", "是"]}


def tables(**columns):
    return {"表": pl.DataFrame(columns)}


def join(scores=SCORES, fates=FATES, outcome="是否违约", **wishes):
    return matched(tables(**scores), tables(**fates), outcome, **wishes)


def test_firms_with_both_are_judged_and_the_others_named():
    found = join()
    assert found.firms == ("D", "B", "A")
    assert found.scores.tolist() == [50, 60, 80]
    assert found.bad.tolist() == [True, False, False]
    assert found.grades == ("—", "BB", "AA")
    assert found.without_outcome == ("C",)
    assert found.without_score == ("E",)
    assert found.key == "firm = 企业代号"


def test_the_sheet_that_has_the_column_is_taken():
    book = {"发票": pl.DataFrame({"企业代号": ["A"]}), "企业信息": pl.DataFrame(FATES)}
    assert matched({"说明": pl.DataFrame({"x": ["1"]}), **tables(**SCORES)}, book, "是否违约").firms == ("D", "B", "A")


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (["是", "否", " ", None], [True, False, None, None]),
        (["1", "0", "1.0", "０"], [True, False, True, False]),
        (["TRUE", "false", "Yes", "no"], [True, False, True, False]),
        (["违约", "正常", "未违约", "y"], [True, False, False, True]),
    ],
)
def test_outcomes_are_read_as_people_write_them(words, read):
    assert failed(pl.Series(words), "x") == read


@pytest.mark.parametrize("column", [pl.Series([1, 0]), pl.Series([True, False]), pl.Series([1.0, 0.0])])
def test_outcomes_may_be_numbers_or_flags(column):
    assert failed(column, "x") == [True, False]


def test_codes_are_compared_as_people_see_them():
    found = join({"firm": ["１", "2.0", " 3 "], "总分": ["1", "2", "3"]}, {"firm": [1, 2, 3], "是否违约": [1, 0, 0]})
    assert found.firms == ("1", "2", "3")
    assert found.key == "firm"


def test_a_column_both_have_joins_where_none_is_known_by_name():
    found = join({"号": ["A", "B"], "分": ["1", "2"]}, {"x": ["-", "-"], "号": ["A", "B"], "是否违约": ["1", "0"]})
    assert (found.key, found.score) == ("号", "分")


def test_known_columns_that_hold_nothing_in_common_give_way_to_a_shared_one():
    scores = {"firm": ["1", "2"], "公司": ["甲", "乙"], "总分": ["1", "2"]}
    fates = {"企业代号": ["E1", "E2"], "公司": ["甲", "乙"], "是否违约": ["1", "0"]}
    assert join(scores, fates).key == "公司"


def test_the_columns_asked_for_are_taken():
    scores = {"公司": ["甲", "乙"], "总分": ["9", "9"], "旧分": ["1", "2"]}
    fates = {"公司": ["甲", "乙"], "firm": ["1", "2"], "是否违约": ["1", "0"]}
    found = join(scores, fates, firm="公司", score="旧分", baselines=["总分", "旧分"])
    assert (found.key, found.score, list(found.baselines)) == ("公司", "旧分", ["总分"])


def test_baselines_point_the_same_way_as_the_score():
    scores = SCORES | {"debt_ratio": ["10", "20", "30", None], "annual_sales": ["5", "-", "7", "8"]}
    found = join(scores)
    assert found.baselines["debt_ratio"].tolist() == [-21, -20, -10]  # D is missing: below all
    assert found.baselines["annual_sales"].tolist() == [8, 4, 5]  # B is missing
    asked = join(scores, baselines=["annual_sales:lower", "debt_ratio:higher"]).baselines
    assert asked["annual_sales"].tolist() == [-8, -9, -5]
    assert asked["debt_ratio"].tolist() == [9, 20, 10]


def test_a_baseline_may_stand_beside_the_outcomes_and_points_of_an_item_are_none():
    scores = SCORES | {"近12个月开票销售额（满分30）": ["1", "2", "3", "4"]}
    assert list(join(scores, FATES | {"营业收入": ["1", "2", "3", "4"]}).baselines) == ["营业收入"]
    assert join(scores, FATES | {"营业收入": [None] * 4}).baselines["营业收入"].tolist() == [-1, -1, -1]
    assert list(join(scores, baselines=["近12个月开票销售额"]).baselines) == ["近12个月开票销售额（满分30）"]


@pytest.mark.parametrize(
    ("scores", "fates", "wishes", "refusal"),
    [
        (SCORES, FATES, {"outcome": "结果"}, NoSuchColumn),
        (SCORES, FATES, {"score": "得分率"}, NoSuchColumn),
        (SCORES, FATES, {"baselines": ["负债"]}, NoSuchColumn),
        ({"x": ["A"], "总分": ["1"]}, FATES, {}, FirmColumnMissing),
        (SCORES, FATES, {"firm": "公司"}, FirmColumnMissing),
        (SCORES | {"firm": ["A", "A", "B", "B"]}, FATES, {}, FirmsTwice),
        ({"firm": ["A"], "甲": ["1"], "乙": ["2"]}, FATES, {}, ScoreColumnUnclear),
        ({"firm": ["A"], "甲": ["x"]}, FATES, {}, ScoreColumnUnclear),
        (SCORES, FATES | {"是否违约": ["是", "否", "或许", "是"]}, {}, OutcomeUnclear),
        (SCORES, FATES | {"企业代号": ["W", "X", "Y", "Z"]}, {}, NobodyJoined),
        (SCORES, FATES | {"是否违约": ["否", "否", "否", "是"]}, {}, OneKindOnly),
    ],
)
def test_what_cannot_be_joined_is_refused_by_name(scores, fates, wishes, refusal):
    with pytest.raises(refusal):
        join(scores, fates, **wishes)


def test_rows_without_a_firm_are_no_firms():
    found = join(
        {"firm": ["A", None, " ", "B"], "总分": ["1", "2", "3", "4"]}, {"firm": ["A", "B"], "是否违约": ["1", "0"]}
    )
    assert found.without_outcome == ()
    assert np.array_equal(found.scores, [1, 4])


def test_scores_named_by_row_find_outcomes_that_have_no_codes():
    scores = {"企业代号": ["第2行", "第1行"], "总分": ["9", "3"]}
    found = join(scores, {"x": [0.1, 0.2], "是否违约": [1, 0]})
    assert dict(zip(found.firms, found.scores.tolist(), strict=True)) == {"第1行": 3, "第2行": 9}
    with pytest.raises(FirmColumnMissing):
        join({"企业代号": ["第3行"], "总分": ["1"]}, {"x": [0.1, 0.2], "是否违约": [1, 0]})
    with pytest.raises(FirmColumnMissing):
        join({"号": ["第1行"], "总分": ["1"]}, {"x": [0.1], "是否违约": [1]})
