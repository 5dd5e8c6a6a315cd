"""Field types: what people type, and what comes of it."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.money import Fen, Rate
from web.fields import CreditCode, Day, IndustryCode, Percent, Phone, Text, Wan, Whole
from web.forms import Form, FormErrors, as_text, read


class One(Form):
    text: Annotated[str, Text(10)] | None = None
    amount: Wan | None = None
    rate: Percent | None = None
    day: Day | None = None
    code: CreditCode | None = None
    phone: Phone | None = None
    industry: IndustryCode | None = None
    months: Annotated[int, Whole(1, 36)] | None = None


def outcome(field, typed):
    """The value of a field, or the kind of the complaint."""
    try:
        return getattr(read(One, [(field, typed)]), field)
    except FormErrors as wrong:
        error = wrong.errors[field]
        return error["ctx"]["code"] if error["type"] == "refusal" else error["type"]


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("amount", "120.5", Fen(120_500_000)), ("amount", "１２０", Fen(120_000_000)), ("amount", "1,200", Fen(1_200_000_000)),
        ("amount", "-5", Fen(-5_000_000)), ("amount", "0.0000001", "not_an_amount"), ("amount", "1e5", "not_an_amount"),
        ("amount", "NaN", "not_an_amount"), ("amount", "99999999999999999", "not_an_amount"), ("amount", "一百", "not_an_amount"),
        ("rate", "3.45", Rate(34_500)), ("rate", "3.45%", "not_a_rate"), ("rate", "3.123456", "not_a_rate"),
        ("day", "2026-11-23", date(2026, 11, 23)), ("day", "2026/1/3", date(2026, 1, 3)), ("day", "2026年11月23日", date(2026, 11, 23)),
        ("day", "2026-02-30", "day"), ("day", "23.11.2026", "day"), ("day", "0000-01-01", "day"), ("day", "明天", "day"),
        ("phone", "0755-2345 6789", "0755-2345 6789"), ("phone", "+86 138 0000 0000", "+86 138 0000 0000"), ("phone", "电话", "phone"),
        ("phone", "１３８００００００００", "13800000000"), ("phone", "138", "phone"),
        ("code", "91110000600037341L", "91110000600037341L"), ("code", "91110000600037341l", "91110000600037341L"),
        ("code", "9111 0000 6000 37341L", "91110000600037341L"), ("code", "91110000600037341A", "not_a_code"), ("code", "1", "not_a_code"),
        ("industry", "3340", "3340"), ("industry", "C3340", "3340"), ("industry", "9999", "not_an_industry"),
        ("months", "12", 12), ("months", "0", "greater_than_equal"), ("months", "37", "less_than_equal"), ("months", "1.5", "int_parsing"),
        ("months", "9" * 5_000, "int_parsing_size"), ("months", "12 ", 12),
        ("text", "采购原料", "采购原料"), ("text", "  两边的空白  ", "两边的空白"), ("text", "十一个字就超过了上限啦", "string_too_long"),
        ("text", "a\x00b", "not_text"), ("text", "a\u202eb", "not_text"), ("text", "a\u200bb", "not_text"), ("text", "a\u2066b", "not_text"),
        ("text", "a\ue000b", "not_text"), ("text", "a\u0378b", "not_text"), ("text", "a\x1b[31m", "not_text"), ("text", "a\u2028b", "not_text"),
        ("text", "\U00020bb7野家", "\U00020bb7野家"), ("text", "e\u0301", "é"), ("text", "甲\r\n乙", "甲\n乙"),
        ("text", "\U000323b0", "\U000323b0"),  # a character newer than this Python, as names have them
    ],
)  # fmt: skip
def test_what_is_typed_becomes_a_value_or_a_complaint(field, typed, expected):
    assert outcome(field, typed) == expected


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\t\n"])
def test_a_blank_field_counts_as_absent(blank):
    assert read(One, [("text", blank), ("amount", blank)]) == One()


@given(st.text(max_size=12))
def test_text_that_is_accepted_is_visible_and_in_normal_form(text):
    found = outcome("text", text)
    if found is not None and found not in {"not_text", "string_too_long"}:
        assert unicodedata.is_normalized("NFC", found)
        assert all(unicodedata.category(sign)[0] != "C" or sign == "\n" or ord(sign) >= 0x20000 for sign in found)


@given(st.integers(-(10**15), 10**15))
def test_an_amount_stands_in_its_field_as_it_was_and_comes_back_the_same(fen):
    (text,) = as_text(Fen(fen))
    assert Fen.wan(text) == Fen(fen)


@given(st.integers(-(10**9), 10**9))
def test_a_rate_comes_back_the_same(ppm):
    (text,) = as_text(Rate(ppm))
    assert Rate.percent(text) == Rate(ppm)
