"""What a use may come to and what its days cost, against sums by hand and a second reckoning day by day."""

from __future__ import annotations

import os
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from financing.bridge.rules import Breach, Fees, breaches, due, most, signers
from financing.money import Fen, Rate

OUT = date(2026, 11, 23)
TIERS = Fees(5, Rate(200), Rate(400))
#: The reckoning in the gate runs over a few hundred cases; the campaign profile asks for ten thousand.
EXAMPLES = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "campaign" else 300


@pytest.mark.parametrize(
    ("days", "yuan"),
    [  # of 1 000 000 yuan: 0.02 % a day for five days, then 0.04 %
        (0, "0"), (1, "200"), (5, "1000"), (6, "1400"), (10, "3000"), (15, "5000"),
    ],
)  # fmt: skip
def test_the_fee_of_a_million(days, yuan):
    assert TIERS.fee(OUT, [(OUT + timedelta(days=days), Fen.yuan(1_000_000))]) == Fen.yuan(yuan)


def test_which_days_count_is_a_figure():
    back = OUT + timedelta(days=5)
    whole = Fen.yuan(1_000_000)
    assert Fees(5, Rate(200), Rate(400), counts_return=True).fee(OUT, [(back, whole)]) == Fen.yuan(1_400)
    assert Fees(5, Rate(200), Rate(400), counts_out=False).fee(OUT, [(back, whole)]) == Fen.yuan(800)
    assert Fees(5, Rate(200), Rate(400), counts_out=False).fee(OUT, [(OUT, whole)]) == Fen(0)


def test_half_a_fen_is_a_fen_once():
    # 1.25 yuan out for a day in two parts: 0.025 fen each would vanish twice, 125 fen × 200 ppm = 0.025 fen does not round up
    assert TIERS.fee(OUT, [(OUT + timedelta(days=1), Fen(125))]) == Fen(0)
    assert TIERS.fee(OUT, [(OUT + timedelta(days=1), Fen(1_250)), (OUT + timedelta(days=1), Fen(1_250))]) == Fen(1)


def day_by_day(out, parts, tiers) -> int:
    """The same fee by walking through the days: of each day the balance that is out at its beginning costs the day's rate."""
    total, last = Fraction(0), max((back for back, _ in parts), default=out)
    day, index = out, 0
    while day <= last:
        counts = tiers.counts_out if day == out else True
        for back, amount in parts:
            here = day < back or (day == back and tiers.counts_return)
            if day == back == out:  # out and back on one day: it is one day when both count, and none otherwise
                here = tiers.counts_return
            if counts and here:
                rate = tiers.first if index < tiers.first_days else tiers.later
                total += Fraction(amount.fen * rate.ppm, 1_000_000)
        index += counts
        day += timedelta(days=1)
    return int(total + Fraction(1, 2))


@settings(max_examples=EXAMPLES)
@given(
    parts=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10**9)), min_size=1, max_size=4),
    first_days=st.integers(0, 12),
    rates=st.tuples(st.integers(0, 2_000), st.integers(0, 2_000)),
    ends=st.tuples(st.booleans(), st.booleans()),
)
def test_the_fee_is_what_every_single_day_costs(parts, first_days, rates, ends):
    tiers = Fees(first_days, Rate(rates[0]), Rate(rates[1]), counts_out=ends[0], counts_return=ends[1])
    dated = [(OUT + timedelta(days=days), Fen(amount)) for days, amount in parts]
    assert tiers.fee(OUT, dated).fen == day_by_day(OUT, dated, tiers)


@given(
    promised=st.integers(1, 10**12), asked=st.integers(1, 10**9), cap=st.integers(1, 10**9), ppm=st.integers(1, 10**6)
)
def test_the_most_is_within_every_bound_and_no_fen_less(promised, asked, cap, ppm):
    found = most(Fen(promised), Rate(ppm), Fen(cap), Fen(asked)).fen
    assert found <= asked
    assert found <= cap
    assert found * 10**6 <= promised * ppm
    assert found in {asked, cap} or (found + 1) * 10**6 > promised * ppm


def test_ninety_five_of_a_hundred():
    assert most(Fen.wan(300), Rate.percent(95), Fen.wan(1_000), Fen.wan(300)) == Fen.wan(285)
    assert most(Fen(101), Rate.percent(95), Fen.wan(1), Fen(101)) == Fen(95)  # 95.95 is rounded down


def test_two_sign_up_to_the_bound_and_three_above():
    assert [signers(Fen.wan(n), Fen.wan(500)) for n in (1, 500)] == [2, 2]
    assert signers(Fen.wan(500) + Fen(1), Fen.wan(500)) == 3


def test_when_the_money_must_be_back():
    assert due(OUT + timedelta(days=9), OUT, 15) == OUT + timedelta(days=9)
    assert due(OUT + timedelta(days=30), OUT, 15) == OUT + timedelta(days=15)
    assert due(OUT - timedelta(days=1), OUT, 15) == OUT  # the planned day passed before the money went


def test_what_falls_short_of_a_promise():
    said = (Fen.wan(300), Rate.percent("3.65"), OUT)
    assert breaches(said, said) == ()
    assert breaches(said, (Fen.wan(400), Rate.percent("3.6"), OUT - timedelta(days=1))) == ()
    worse = (Fen.wan(300) - Fen(1), Rate(36_501), OUT + timedelta(days=1))
    assert breaches(said, worse) == (Breach.LESS, Breach.DEARER, Breach.LATER)
