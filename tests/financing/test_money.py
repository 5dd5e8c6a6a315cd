"""Amounts and rates against exact fractions and decimals worked out without our code (I-01)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.money import LARGEST, Fen, Rate, divide_half_up
from financing.refusals import NotAnAmount, NotARate

amounts = st.integers(-LARGEST, LARGEST)
shares = st.integers(0, 1_000_000)


def half_up(value: Fraction) -> int:
    """Half away from zero, by its definition."""
    whole, rest = divmod(abs(value), 1)
    return (1 if value >= 0 else -1) * (int(whole) + (rest >= Fraction(1, 2)))


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0), ("0.01", 1), ("0.99", 99), ("1", 100), ("1.5", 150), ("-1.20", -120), ("+3", 300), (" 12 ", 1_200),
        ("1,234,567.89", 123_456_789), ("１２３．４５", 12_345), ("10000000000000", LARGEST), (Decimal("1.005"), 101),
        (Decimal("1E+3"), 100_000), (Decimal("-1.005"), -101), (7, 700),
    ],
)  # fmt: skip
def test_yuan_are_read_to_the_fen(text, fen):
    assert Fen.yuan(text) == Fen(fen)


@pytest.mark.parametrize(
    "text",
    ["", "-", "1e3", "NaN", "Infinity", "0x10", "1.234", "1..2", "1 000", "一百", "10000000000000.01", "99999999999999999",
     Decimal("NaN"), Decimal("Infinity"), True, "١٢", "1_000"],
)  # fmt: skip
def test_what_is_no_plain_amount_is_refused(text):
    with pytest.raises(NotAnAmount):
        Fen.yuan(text)


@pytest.mark.parametrize("given_", [1.0, True, "1", None, Decimal(1), LARGEST + 1, -LARGEST - 1])
def test_only_whole_fen_within_the_range_are_held(given_):
    with pytest.raises(NotAnAmount):
        Fen(given_)


@pytest.mark.parametrize(
    ("wan", "fen"), [("120", 120_000_000), ("0.000001", 1), ("120.5", 120_500_000), (300, 300_000_000)]
)
def test_wan_are_read_to_the_fen(wan, fen):
    assert Fen.wan(wan) == Fen(fen)


@pytest.mark.parametrize(
    ("text", "ppm"), [("3.45", 34_500), ("0.0001", 1), ("100", 1_000_000), (Decimal("3.45"), 34_500)]
)
def test_percent_are_read_to_the_millionth(text, ppm):
    assert Rate.percent(text) == Rate(ppm)


@pytest.mark.parametrize("text", ["3.45%", "0.00001", "", "x"])
def test_what_is_no_plain_rate_is_refused(text):
    with pytest.raises(NotARate):
        Rate.percent(text)


@given(amounts)
def test_an_amount_survives_the_way_to_text_and_back(fen):
    assert Fen.yuan(str(Decimal(fen) / 100)) == Fen(fen)
    assert Fen.wan(f"{Decimal(fen).scaleb(-6):,f}") == Fen(fen)


@given(amounts, shares)
def test_a_share_is_rounded_half_up_and_parts_make_the_whole(fen, ppm):
    part, rest = Fen(fen).split(Rate(ppm))
    assert part.fen == half_up(Fraction(fen * ppm, 10**6))
    assert part + rest == Fen(fen)
    expected = (Decimal(fen) * ppm / 10**6).to_integral_value(ROUND_HALF_UP)
    assert part.fen == int(expected)


@given(st.integers(-(10**30), 10**30), st.integers(-(10**15), 10**15).filter(bool))
def test_division_rounds_half_away_from_zero(numerator, denominator):
    assert divide_half_up(numerator, denominator) == half_up(Fraction(numerator, denominator))


@given(st.integers(-(10**14), 10**14), st.integers(-(10**14), 10**14))
def test_amounts_add_and_compare_like_whole_numbers(one, other):
    first, second = Fen(one), Fen(other)
    assert (first + second).fen == one + other
    assert (first - second).fen == one - other
    assert (-first).fen == -one
    assert (first < second) == (one < other)
    assert bool(first) == (one != 0)


def test_nothing_passes_the_largest_amount_by_adding():
    with pytest.raises(NotAnAmount):
        Fen(LARGEST) + Fen(1)


def test_what_is_no_amount_is_told_by_its_first_forty_signs():
    with pytest.raises(NotAnAmount) as refused:
        Fen.yuan("x" * 41)
    assert refused.value.facts["given"] == "x" * 40
