from datetime import date

import polars as pl
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from scipy.stats import binomtest

from scoring.card import card
from scoring.losses import PPM, Chance, expected, given, observed

TODAY = date(2026, 5, 6)
CREDIT = card("credit", TODAY)


@drawn(st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_observed_bounds_are_those_of_scipy_rounded_outwards(pair):
    hit, of = pair
    seen = observed(CREDIT, pl.Series(["A"] * of), pl.Series([n < hit for n in range(of)]))["A"]
    theirs = binomtest(hit, of).proportion_ci(0.95, method="wilson")
    assert seen.low / PPM == pytest.approx(theirs.low, abs=2e-6)
    assert seen.stressed / PPM == pytest.approx(theirs.high, abs=2e-6)
    assert 0 <= seen.low <= hit / of * PPM <= seen.stressed <= PPM


def test_given_rates_come_from_the_dated_table_and_stress_never_passes_certainty():
    rates = given(TODAY)
    assert rates["BBB"] == Chance(40_000, 80_000)
    assert rates["D"] == Chance(PPM, PPM)
    assert set(CREDIT.grades) <= set(rates)


def test_observed_rates_count_known_outcomes_alone_and_where_nobody_was_seen_everything_may_be_lost():
    grades = pl.Series(["A", "A", "A", "AA", "A"])
    bad = pl.Series([True, False, False, False, None])
    seen = observed(CREDIT, grades, bad)
    assert (seen["A"].expected, seen["A"].firms, seen["A"].bad) == (333_333, 3, 1)
    assert seen["A"].low < 333_333 < seen["A"].stressed < PPM
    assert seen["AA"].expected == 0 < seen["AA"].stressed
    assert seen["C"] == Chance(PPM, PPM)


def test_expected_compensation_is_added_grade_by_grade_to_the_fen():
    rates = {"A": Chance(20_000, 50_000), "C": Chance(333_333, 500_000)}
    loss = expected(pl.Series(["A", "C", "A"]), pl.Series([100, 3, 51]), rates)
    assert loss.sum_fen == 154
    assert loss.expected_fen == 3 + 1  # 3.02 and 0.999999
    assert loss.stressed_fen == 8 + 2  # 7.55 and 1.5, both rounded half up


def test_the_guarantor_bears_its_share_and_a_grade_without_a_rate_counts_as_the_worst():
    rates = {"A": Chance(10_000, 20_000), "B": Chance(100_000, 200_000)}
    loss = expected(pl.Series(["A", "X"]), pl.Series([1_000_000, 1_000_000]), rates, share_ppm=800_000)
    assert (loss.expected_fen, loss.stressed_fen) == (8_000 + 80_000, 16_000 + 160_000)


def test_nothing_granted_costs_nothing():
    empty = expected(pl.Series([], dtype=pl.String), pl.Series([], dtype=pl.Int64), given(TODAY))
    assert (empty.sum_fen, empty.expected_fen, empty.stressed_fen) == (0, 0, 0)


def test_a_rate_that_is_only_given_rests_on_no_firms():
    assert Chance(20_000, 50_000) == Chance(expected=20_000, stressed=50_000, low=0, firms=0, bad=0)
