from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from reports.typesetting import beijing_day, environment, grouped, moment, percent, tenth, wan, yuan

FEN = st.integers(-(10**15), 10**15)


@given(FEN)
def test_wan_is_the_amount_rounded_half_up_to_a_tenth(fen):
    expected = (Decimal(fen) / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert Decimal(wan(fen).replace(",", "")) == expected


@given(FEN)
def test_yuan_loses_nothing(fen):
    assert Decimal(yuan(fen).replace(",", "")) * 100 == fen


@given(st.integers(0, 10**6))
def test_percent_loses_nothing_and_a_tenth_is_near(ppm):
    assert Decimal(percent(ppm)) * 10_000 == ppm
    assert abs(Decimal(tenth(ppm)) * 10_000 - ppm) <= 500


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (wan(300_000_000), "300.0"),
        (wan(-12_750_000), "-12.8"),
        (wan(49_999), "0.0"),
        (wan(-1), "0.0"),
        (yuan(-5), "-0.05"),
        (yuan(123_456_789), "1,234,567.89"),
        (percent(38_500), "3.85"),
        (percent(1_000_000), "100"),
        (percent(0), "0"),
        (tenth(338_499), "33.8"),
        (grouped("1264000"), "1,264,000"),
        (grouped("-0.50"), "-0.50"),
        (moment(datetime(2026, 11, 30, 16, 5, tzinfo=UTC)), "2026-12-01 00:05"),
        (str(beijing_day(datetime(2026, 11, 30, 16, 5, tzinfo=UTC))), "2026-12-01"),
    ],
)
def test_numbers_are_set_as_people_read_them(shown, expected):
    assert shown == expected


def test_a_template_never_prints_what_is_not_there():
    with pytest.raises(UndefinedError):
        environment("zh").from_string("{{ firm.name }}").render()


def test_everything_is_escaped():
    assert environment("zh").from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
