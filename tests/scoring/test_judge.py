"""The measures of a score against independent truth: scikit-learn, scipy, and cases counted by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ks_2samp
from sklearn.metrics import roc_auc_score, roc_curve

from scoring.judge import JudgeFault, auc, judge, ks, psi, roc
from scoring.judge_groups import Group, by_band, by_grade, inversions, wilson

FIRMS = st.lists(st.tuples(st.integers(-5, 5) | st.floats(-1e6, 1e6), st.booleans()), min_size=2, max_size=60).filter(
    lambda rows: len({bad for _, bad in rows}) == 2
)


def columns(rows):
    scores, bad = zip(*rows, strict=True)
    return np.array(scores, float), np.array(bad)


@given(FIRMS)
def test_auc_and_ks_agree_with_other_libraries(rows):
    scores, bad = columns(rows)
    assert auc(scores, bad) == pytest.approx(roc_auc_score(~bad, scores), abs=1e-12)
    assert ks(scores, bad) == pytest.approx(ks_2samp(scores[bad], scores[~bad]).statistic, abs=1e-12)


@given(FIRMS)
def test_a_higher_score_means_lower_risk_both_ways(rows):
    scores, bad = columns(rows)
    assert auc(scores, bad) + auc(-scores, bad) == pytest.approx(1)
    assert auc(scores, bad) + auc(scores, ~bad) == pytest.approx(1)
    assert ks(-scores, bad) == pytest.approx(ks(scores, bad))


@given(FIRMS)
def test_the_curve_is_the_one_other_libraries_draw(rows):
    scores, bad = columns(rows)
    false, true, _ = roc_curve(bad, -scores, drop_intermediate=False)
    assert roc(scores, bad) == pytest.approx(np.column_stack([false, true]))


@pytest.mark.parametrize(
    ("good", "bad", "area", "distance"),
    [
        ([3, 4], [1, 2], 1, 1),
        ([1, 2], [3, 4], 0, 1),
        ([5, 5], [5], 0.5, 0),
        ([1, 3], [2], 0.5, 0.5),
        ([2, 3, 3], [1, 3], (3 + 0 + 1) / 6, 0.5),  # above 1: three; above 3: none, two ties
    ],
)
def test_small_cases_counted_by_hand(good, bad, area, distance):
    scores = np.array([*good, *bad], float)
    failed = np.array([False] * len(good) + [True] * len(bad))
    assert auc(scores, failed) == pytest.approx(area)
    assert ks(scores, failed) == pytest.approx(distance)


def made(seed=3, firms=400, rate=0.2):
    chance = np.random.default_rng(seed)
    bad = chance.random(firms) < rate
    return chance.normal(size=firms) - 1.2 * bad, chance.normal(size=firms) - 0.3 * bad, bad


def test_an_interval_holds_the_point_and_is_as_wide_as_theory_says():
    score, other, bad = made()
    mine, beside = judge("分数", score, bad, {"销售额": other, "分数": score}, seed=1)
    assert mine.low < mine.auc < mine.high
    assert mine.difference is None
    assert mine.gini == pytest.approx(2 * roc_auc_score(~bad, score) - 1)
    assert (mine.high - mine.low) / 2 / 1.96 == pytest.approx(de_long(score, bad), rel=0.1)
    assert beside.name == "销售额"
    difference, low, high = beside.difference
    assert difference == pytest.approx(mine.auc - beside.auc)
    assert low < difference < high


def de_long(scores, bad):
    """The standard error by DeLong (1988), from its definition."""
    wins = (scores[~bad][:, None] > scores[bad]) + 0.5 * (scores[~bad][:, None] == scores[bad])
    return np.sqrt(wins.mean(1).var(ddof=1) / (~bad).sum() + wins.mean(0).var(ddof=1) / bad.sum())


def test_samples_are_paired_and_drawn_from_the_seed():
    score, other, bad = made()
    same = judge("a", score, bad, {"b": score + 1})[1]
    assert same.difference == (0, 0, 0)
    assert judge("a", score, bad, {"b": other}, seed=7) == judge("a", score, bad, {"b": other}, seed=7)
    assert judge("a", score, bad, {}, seed=7)[0].low != judge("a", score, bad, {}, seed=8)[0].low


@pytest.mark.parametrize(("bad", "code"), [([], "nobody"), ([True], "one_sided"), ([False, False], "one_sided")])
@pytest.mark.parametrize("measure", [auc, ks, roc, lambda scores, bad: judge("a", scores, bad, {})])
def test_without_both_kinds_of_firm_there_is_nothing_to_measure(measure, bad, code):
    with pytest.raises(JudgeFault) as fault:
        measure(np.zeros(len(bad)), np.array(bad, bool))
    assert fault.value.code == code


def test_a_population_that_moved_is_told_from_one_that_did_not():
    before = np.arange(100.0)
    assert psi(before, before) == 0
    assert psi(before, np.repeat(before, 3)) == pytest.approx(0)
    moved = np.r_[np.arange(50.0), np.arange(50.0)]  # the upper five bands are empty, the lower five doubled
    by_hand = 5 * (0.2 - 0.1) * np.log(0.2 / 0.1) + 5 * (0.005 - 0.1) * np.log(0.005 / 0.1)
    assert psi(before, moved) == pytest.approx(by_hand)
    with pytest.raises(JudgeFault, match="没有可比较的分数"):
        psi(before, np.array([]))


@pytest.mark.parametrize(
    ("bad", "firms", "low", "high"),
    [(0, 10, 0, 0.27753), (1, 20, 0.00888, 0.23613), (10, 20, 0.29930, 0.70070), (5, 5, 0.56552, 1)],
)
def test_bounds_of_a_share_are_those_of_wilson(bad, firms, low, high):
    assert wilson(bad, firms) == pytest.approx((low, high), abs=1e-5)
    assert Group("A", firms, bad).bounds == wilson(bad, firms)


def test_grades_come_best_first_and_inversions_are_named():
    scores = np.array([90, 85, 70, 72, 40, 45, 41.0])
    bad = np.array([False, False, True, False, False, True, False])
    groups = by_grade(["AA", "AA", "B", "B", "C", "C", "C"], scores, bad)
    assert [(group.name, group.firms, group.bad) for group in groups] == [("AA", 2, 0), ("B", 2, 1), ("C", 3, 1)]
    assert inversions(groups) == (("B", "C"),)
    assert groups[1].rate == 0.5


@given(FIRMS, st.integers(1, 8))
def test_bands_hold_every_firm_once_and_never_part_a_tie(rows, number):
    scores, bad = columns(rows)
    groups = by_band(scores, bad, number)
    assert sum(group.firms for group in groups) == len(bad)
    assert sum(group.bad for group in groups) == bad.sum()
    assert len(groups) <= number
    assert all(group.firms for group in groups)


def test_bands_are_named_by_what_stands_in_them():
    scores = np.array([1.0, 2, 3, 4, 5, 5, 5, 5])
    groups = by_band(scores, np.zeros(8, bool), 2)
    assert [group.name for group in groups] == ["5", "1–4"]
