"""Amounts as bills write them, money, rates and deadlines as people read them, and no sentence with a hole in it."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing import (
    answer_refusals,
    case_refusals,
    clock_refusals,
    file_refusals,
    letter_refusals,
    refusals,
    register_refusals,
    round_refusals,
    session_refusals,
    sitting_refusals,
    wording,
)
from financing import interest_refusals as people_refusals
from financing.access import Role
from financing.acts import Act
from financing.consequences import CONSEQUENCES
from financing.money import LARGEST, Fen, Rate
from financing.money_words import capitals
from financing.needs.rules import NeedState
from financing.price_refusals import NoPrice
from financing.refusals import Refusal
from financing.sentences import SENTENCES
from financing.words import NAMES

#: As the central bank's rules for filling in bills (支付结算办法 annex 1) and accounting practice write them.
BILLS = {
    "0": "零元整",
    "0.01": "壹分",
    "0.10": "壹角整",
    "0.15": "壹角伍分",
    "1": "壹元整",
    "10": "壹拾元整",
    "11": "壹拾壹元整",
    "20.50": "贰拾元伍角整",
    "100": "壹佰元整",
    "101": "壹佰零壹元整",
    "110": "壹佰壹拾元整",
    "1002.03": "壹仟零贰元零叁分",
    "1409.50": "壹仟肆佰零玖元伍角整",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "10000": "壹万元整",
    "10001": "壹万零壹元整",
    "100500": "壹拾万零伍佰元整",
    "101000": "壹拾万壹仟元整",
    "1200000": "壹佰贰拾万元整",
    "10000000": "壹仟万元整",
    "10010000": "壹仟零壹万元整",
    "100000001": "壹亿零壹元整",
    "100010000": "壹亿零壹万元整",
    "101000000": "壹亿零壹佰万元整",
    "1000000000000": "壹万亿元整",
    "1000100000000": "壹万零壹亿元整",
    "-3.20": "负叁元贰角整",
}
DIGITS = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1_000}


@pytest.mark.parametrize(("amount", "words"), BILLS.items())
def test_an_amount_is_written_as_on_a_bill(amount, words):
    assert capitals(Fen.yuan(amount)) == words


def read_back(words: str) -> int:
    """The fen that a person reading the characters one by one would understand."""
    sign, words = (-1, words[1:]) if words.startswith("负") else (1, words)
    yuan, rest = words.split("元") if "元" in words else ("", words)
    fen = 100 * read_whole(yuan)
    for character, following in pairwise(rest):
        fen += {"角": 10, "分": 1}.get(following, 0) * DIGITS.get(character, 0)
    return sign * fen


def read_whole(words: str) -> int:
    """A Chinese number with its units, read from left to right as a stack of 亿, 万 and the four places."""
    if "亿" in words:
        high, low = words.rsplit("亿", 1)
        return read_whole(high) * 10**8 + read_whole(low)
    if "万" in words:
        high, low = words.split("万", 1)
        return read_whole(high) * 10**4 + read_whole(low)
    total = digit = 0
    for character in words:
        if character in PLACES:
            total, digit = total + digit * PLACES[character], 0
        else:
            digit = DIGITS[character]
    return total + digit


AMOUNTS = st.one_of(
    st.integers(-LARGEST, LARGEST),
    st.builds(
        lambda head, zeros, tail: head * 10**zeros + tail, st.integers(0, 99), st.integers(0, 13), st.integers(0, 999)
    ),
)


@given(AMOUNTS)
def test_the_words_read_back_to_the_amount(fen):
    assert read_back(capitals(Fen(fen))) == fen


@given(AMOUNTS)
def test_the_words_leave_no_room_for_a_forger(fen):
    words = capitals(Fen(fen))
    assert "零零" not in words
    assert words[-1] in "整分"
    assert set(words) <= set("零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整负")
    assert fen == 0 or not words.lstrip("负").startswith("零")


@pytest.mark.parametrize(
    ("amount", "wan", "yuan"),
    [
        ("0", "0.0 万元", "0.00 元"),
        ("1200000", "120.0 万元", "1,200,000.00 元"),
        ("1234.56", "0.1 万元", "1,234.56 元"),
        ("123456789012.34", "12,345,678.9 万元", "123,456,789,012.34 元"),
        ("-500", "-0.1 万元", "-500.00 元"),
    ],
)
def test_money_in_lists_and_on_papers(amount, wan, yuan):
    assert (wording.wan(Fen.yuan(amount)), wording.yuan(Fen.yuan(amount))) == (wan, yuan)


@pytest.mark.parametrize(
    ("ppm", "said"), [(34_500, "3.45 %"), (0, "0.00 %"), (1_000_000, "100.00 %"), (-2_500, "-0.25 %"), (100, "0.01 %")]
)
def test_a_rate_is_said_in_percent(ppm, said):
    assert wording.percent(Rate(ppm)) == said


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (3, "剩 3 个工作日（11-26）"),
        (1, "剩 1 个工作日（11-26）"),
        (0, "今天到期（11-26）"),
        (-2, "逾期 2 个工作日（11-26）"),
    ],
)
def test_a_deadline_says_how_long_and_until_when(left, said):
    assert wording.deadline(left, date(2026, 11, 26)) == said


def test_a_moment_is_said_in_beijing_time():
    assert wording.day(datetime(2026, 11, 22, 17, 30, tzinfo=UTC)) == "2026-11-23 01:30"
    assert wording.day(date(2026, 11, 22)) == "2026-11-22"


def test_a_credit_code_is_grouped_as_people_read_it():
    assert wording.credit_code("91361100MA35ABCD0X") == "9136 1100 MA35 ABCD0X"


@pytest.mark.parametrize(
    ("fact", "chinese", "english"),
    [
        (NeedState.SUBMITTED, "待受理", "Waiting"),
        (Fen.wan(120), "120.0 万元", "120.0 "),
        (Rate.percent("3.45"), "3.45 %", "3.45 %"),
        (("b", "a"), "a、b", "a, b"),
        ("amount", "金额（万元）", "Amount"),
        (7, "7", "7"),
    ],
)
def test_any_fact_is_said_as_a_person_would(fact, chinese, english):
    assert wording.spoken(fact) == chinese
    assert wording.spoken(fact, "en").startswith(english)


def kinds(of: type[Refusal] = Refusal) -> list[type[Refusal]]:
    return [of, *(kind for below in of.__subclasses__() for kind in kinds(below))]


REFUSALS = [
    kind
    for kind in kinds()
    if kind.__module__
    in {
        m.__name__
        for m in (
            refusals,
            answer_refusals,
            case_refusals,
            clock_refusals,
            file_refusals,
            letter_refusals,
            register_refusals,
            round_refusals,
            session_refusals,
            sitting_refusals,
        )
    }
    | {NoPrice.__module__}
]


REFUSALS += [kind for kind in kinds() if kind.__module__ == people_refusals.__name__]


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.code)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_refusal_has_a_sentence_that_never_fails(kind, lang):
    facts = {place: place for _, place, _, _ in string.Formatter().parse(SENTENCES[kind.code]) if place}
    needed = {"what": "mib", "most": 1, "found": 2} if kind.code == "workbook_too_large" else facts
    needed = {"why": "x"} if kind.code == "workbook_bomb" else needed
    said = wording.sentence(kind(**needed), lang)
    assert len(said) > 10
    assert "{" not in said


def test_a_fact_that_is_missing_leaves_a_dash_not_an_error():
    assert "“—”" in wording.sentence(refusals.WrongState(state=NeedState.DRAFT))


def test_no_two_refusals_share_a_code():
    codes = [kind.code for kind in REFUSALS]
    assert sorted(codes) == sorted(set(codes))


def test_every_word_has_one_name_and_no_two_words_of_a_kind_share_it():
    for kind, names in NAMES.items():
        assert list(names) == list(kind), kind
        assert len(set(names.values())) == len(names), kind


def test_names_are_found_by_kind_first_for_words_of_equal_value():
    assert NeedState.WITHDRAWN == "withdrawn"
    assert all(isinstance(kind, type) and issubclass(kind, StrEnum) for kind in NAMES)
    assert wording.name(Role.SYSTEM) == "系统"


def test_consequences_are_said_before_acts_and_for_nothing_else():
    assert all(isinstance(act, Act) for act in CONSEQUENCES)
    assert wording.consequence(Act.SIGN_IN) == ""


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "0.00 元"),
        ("1500", "1,500.00 元"),
        ("9999.99", "9,999.99 元"),
        ("10000", "1.0 万元"),
        ("200000", "20.0 万元"),
    ],
)
def test_a_small_sum_is_told_in_yuan(amount, said):
    assert wording.worth(Fen.yuan(amount)) == said
