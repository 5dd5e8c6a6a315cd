"""Policy ratios by hand at the end of November of the hand-made year, and the very edge of every bar."""

from __future__ import annotations

from datetime import date

import pytest

from financing.money import Fen
from financing.register import views
from financing.register.policy import Alarm, Ratio, alarm, watched
from tests.financing.register.books import END, read, the_year

R, A = Ratio, Alarm
#: Numerator and denominator in 万元 as counted by hand; fees as the sum of amount times percent over the amount.
BY_HAND = {
    R.SMALL_ISSUED: (650, 950, A.RED),
    R.SMALL_OUTSTANDING: (650, 850, A.RED),
    R.LITTLE_ISSUED: (50, 650, A.RED),  # 甲 has 600 and is beyond 500
    R.LITTLE_OUTSTANDING: (50, 650, A.RED),
    R.FEE_ISSUED: (4 + 2.4 + 4.5 + 0.45, 950, A.RED),
    R.FEE_OUTSTANDING: (4 + 2.4 + 3 + 0.45, 850, A.RED),
    R.COMPENSATION_YEAR: (80, 350, A.RED),
    R.COMPENSATION_EVER: (80, 400, A.RED),
    R.LEVERAGE: (837.5, 20_600, A.GREEN),
}


ASSETS = Fen.wan(20_600)


def at(book, day, net_assets=ASSETS):
    return {one.ratio: one for one in watched(book, day, net_assets, views.bars(book.on(day)))}


@pytest.mark.parametrize("ratio", Ratio)
def test_every_ratio_is_what_was_worked_out_by_hand(ratio):
    part, whole, state = BY_HAND[ratio]
    one = at(the_year(), END)[ratio]
    assert one.value == round(1_000_000 * part / whole)
    assert one.alarm is state
    assert one.source


@pytest.mark.parametrize(
    ("ratio", "value", "state"),
    [
        (R.SMALL_ISSUED, 799_999, A.RED),
        (R.SMALL_ISSUED, 800_000, A.AMBER),  # at least
        (R.SMALL_ISSUED, 879_999, A.AMBER),
        (R.SMALL_ISSUED, 880_000, A.GREEN),
        (R.FEE_ISSUED, 9_000, A.GREEN),
        (R.FEE_ISSUED, 9_001, A.AMBER),
        (R.FEE_ISSUED, 9_999, A.AMBER),
        (R.FEE_ISSUED, 10_000, A.RED),  # below
        (R.COMPENSATION_YEAR, 36_000, A.GREEN),
        (R.COMPENSATION_YEAR, 36_001, A.AMBER),
        (R.COMPENSATION_YEAR, 40_000, A.AMBER),  # at most
        (R.COMPENSATION_YEAR, 40_001, A.RED),
        (R.COMPENSATION_YEAR, None, A.NONE),
        (R.LEVERAGE, 10_000_000, A.AMBER),
        (R.LEVERAGE, 10_000_001, A.RED),
    ],
)
def test_the_edge_of_each_bar_is_as_the_rule_says(ratio, value, state):
    bars = {R.SMALL_ISSUED: 800_000, R.FEE_ISSUED: 10_000, R.COMPENSATION_YEAR: 40_000, R.LEVERAGE: 10_000_000}
    assert alarm(ratio, value, bars[ratio], 100_000) is state


def test_a_bar_counts_from_its_day_and_nothing_is_asked_before():
    before, since = (at(the_year(), day)[R.LITTLE_OUTSTANDING] for day in (date(2025, 2, 28), date(2025, 3, 1)))
    assert (before.bar, before.alarm) == (None, A.NONE)
    assert since.bar == 500_000


def test_nothing_to_divide_by_is_no_alarm():
    assert {one.alarm for one in at(read([]), END, None).values()} == {A.NONE}


def test_the_higher_leverage_cap_counts_only_while_customers_are_mainly_small():
    start = date(2025, 12, 31)  # one small and one micro firm
    assert (at(the_year(), start)[R.LEVERAGE].bar, at(the_year(), END)[R.LEVERAGE].bar) == (15_000_000, 10_000_000)
