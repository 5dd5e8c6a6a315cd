from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.figures.ratio_rules import DIVIDED
from financing.figures.rules import LEAST_FIRMS, Figure, Step, guarded, median_days, weighted_rate
from financing.money import Fen, Rate


@pytest.mark.parametrize(
    ("days", "middle"),
    [([], None), ([3], "3"), ([1, 2], "1.5"), ([9, 1, 4], "4"), ([0, 0, 0, 10], "0"), ([100], "100"), ([10, 20], "15")],
)
def test_the_middle_of_days(days, middle):
    found = median_days(days)
    assert found is None if middle is None else str(found) == middle


@given(st.lists(st.integers(0, 400), min_size=1))
def test_half_the_days_lie_on_either_side_of_the_middle(days):
    middle = median_days(days)
    assert 2 * sum(day < middle for day in days) <= len(days)
    assert 2 * sum(day > middle for day in days) <= len(days)
    assert middle * 2 == Decimal(middle * 2).to_integral_value()


@pytest.mark.parametrize(("firms", "hidden"), [(0, False), (1, True), (4, True), (5, False), (64, False)])
def test_fewer_than_five_firms_are_not_shown(firms, hidden):
    figure = Figure(Step.SENT, firms * 2, firms, Fen(100), Decimal(3))
    shown = guarded(figure)
    assert shown.hidden is hidden
    assert (shown.count, shown.firms, shown.sum, shown.days) == (
        (0, 0, Fen(0), None) if hidden else (firms * 2, firms, Fen(100), Decimal(3))
    )
    assert LEAST_FIRMS == 5


offers = st.lists(st.tuples(st.integers(0, 240_000), st.integers(1, 10**12)), min_size=1, max_size=30)


@given(offers)
def test_the_average_rate_is_weighted_by_amount(pairs):
    exact = Fraction(sum(rate * fen for rate, fen in pairs), sum(fen for _, fen in pairs))
    found = weighted_rate([(Rate(rate), Fen(fen)) for rate, fen in pairs])
    assert abs(found.ppm - exact) <= Fraction(1, 2)


def test_nothing_accepted_has_no_rate():
    assert weighted_rate([]) is None


def test_each_ratio_divides_a_later_step_by_an_earlier_one():
    order = list(Step)
    assert all(order.index(part) > order.index(whole) for part, whole in DIVIDED.values())
