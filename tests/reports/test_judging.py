"""The report of a score held against outcomes: every figure on paper, every line named on its chart."""

import re

import numpy as np
import pytest

from reports.curves import MOST_POINTS, ks_chart, rate_chart, roc_chart
from reports.judging import judging, view
from reports.outcomes import Matched
from scoring.judge import judge
from scoring.judge_groups import Group, wilson
from tests.reports.reading import bare, text
from tests.reports.samples import HOSTILE
from tests.reports.test_charts import words


def sample(firms=120, *, grades=True, name="总分"):
    chance = np.random.default_rng(5)
    bad = chance.random(firms) < 0.3
    scores = np.round(chance.normal(70, 10, firms) - 12 * bad)
    rungs = tuple(np.select([scores >= 75, scores >= 60], ["AA", "B"], "C")) if grades else ()
    return Matched(
        firms=tuple(f"E{n}" for n in range(firms)),
        score=name,
        scores=scores,
        bad=bad,
        baselines={"近12个月开票销售额": chance.normal(size=firms)},
        grades=rungs,
        without_outcome=("X1", "X2"),
        without_score=("Y1",),
        key="企业代号",
    )


def report(found, lang="zh"):
    return view(found, judge(found.score, found.scores, found.bad, found.baselines, draws=200), lang)


def test_the_paper_says_every_figure_of_the_view(printed):
    found = sample()
    shown = report(found)
    said = text(printed(judging(shown, "示范经开区")))
    for line in shown.measures:
        assert bare(f"{line.name}{line.auc}{line.span}{line.ks}") in said
    for row in (*shown.grades, *shown.bands):
        assert bare(f"{row.name}{row.firms}{row.bad}{row.rate}{row.bounds}") in said
    assert f"有分数没有结果{2}家,没有分数{1}家" in said
    assert "示范经开区" in said
    assert sum(row.firms for row in shown.grades) == sum(row.firms for row in shown.bands) == len(found.firms)


def test_few_failures_and_grades_out_of_order_are_said(printed):
    found = sample(40)
    turned = Matched(
        **{f: getattr(found, f) for f in found.__slots__} | {"grades": ("A",) * 39 + ("B",), "scores": -found.scores}
    )
    shown = report(turned)
    assert shown.few
    said = text(printed(judging(shown)))
    assert f"违约只有{shown.bad}家" in said
    assert [(better in said, worse in said) for better, worse in shown.wrong] == [(True, True)] * len(shown.wrong)


def test_a_score_in_order_and_one_without_grades(printed):
    shown = report(sample())
    assert not shown.wrong
    assert "没有倒挂" in text(printed(judging(shown)))
    without = report(sample(grades=False))
    assert without.grade_chart is None
    assert "分数表没有等级列" in text(printed(judging(without)))


def test_the_report_speaks_english():
    html = judging(report(sample(), "en"), lang="en").html
    assert not re.search("[\u4e00-\u9fff]", re.sub("总分|近12个月开票销售额|企业代号", "", html))


def test_the_same_figures_give_the_same_paper():
    assert judging(report(sample())) == judging(report(sample()))


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_columns_are_text_and_nothing_else(name):
    html = judging(report(sample(name=name))).html
    assert "<script" not in html.lower()


def test_lines_are_named_and_told_apart_without_colour():
    found = sample()
    svg = roc_chart([("总分", found.scores), ("销售额", -found.scores)], found.bad)
    assert {"总分", "销售额", "误拒的正常企业（%）", "识别出的违约企业（%）"} <= set(words(svg))
    dashes = re.findall(r'stroke-dasharray="([\d,]+)"', svg)
    assert len(set(dashes)) >= 2


def test_the_gap_is_drawn_where_it_is_greatest():
    scores = np.array([1.0, 2, 3, 4])
    svg = ks_chart(scores, np.array([True, True, False, False]))
    assert {"违约企业", "正常企业", "KS 100.0 %", "分数"} <= set(words(svg))


def test_a_long_curve_is_drawn_with_few_points():
    chance = np.random.default_rng(0)
    scores, bad = chance.normal(size=5_000), chance.random(5_000) < 0.2
    svg = roc_chart([("总分", scores)], bad)
    assert max(len(path.split("L")) for path in re.findall(r' d="(M[^"]+)"', svg)) <= MOST_POINTS + 1


def test_rates_stand_within_their_bounds_with_their_counts():
    groups = [Group("AA", 40, 1), Group("B", 30, 6), Group("C", 10, 9)]
    svg = rate_chart(groups, "违约率")
    assert {"AA", "B", "C", "1/40", "6/30", "9/10", "违约率（%）"} <= set(words(svg))
    assert all(low <= one.rate <= high for one in groups for low, high in [wilson(one.bad, one.firms)])
