"""Data quality: what cannot be true is named, and what is merely unknown is left alone."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from scoring.facts import Source
from scoring.quality import SIGNS, doubts, sound_code

TODAY = date(2026, 5, 6)


@given(st.text(SIGNS, min_size=18, max_size=18))
def test_the_check_sign_is_the_one_another_library_computes(code):
    body = "91" + code[2:17]
    right = body + uscc.calc_check_digit(body)
    assert sound_code(right)
    assert [sign for sign in SIGNS if sound_code(body + sign)] == [right[17]]


@pytest.mark.parametrize("code", ["", "91", "9136010000000000O1", "913601000000000000000"])
def test_what_is_no_code_is_not_sound(code):
    assert not sound_code(code)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"quick_ratio": Decimal(2), "current_ratio": Decimal("1.5")}, "quick_above_current"),
        ({"net_margin": Decimal(30), "gross_margin": Decimal(20)}, "net_above_gross"),
        ({"tax_paid": 300, "annual_sales": 200}, "tax_above_sales"),
        ({"effective_customers": Decimal(9), "customers": 8}, "customers"),
        ({"active_months": 13, "history_months": 12}, "months"),
        ({"top_customer_share": Decimal(101)}, "share"),
        ({"owner_years": 81}, "owner_before_firm"),
        ({"patents": -1}, "negative"),
        ({"order_cover": Decimal("-0.5")}, "negative"),
    ],
)
def test_facts_that_cannot_be_true_together_are_named_with_what_to_do(facts, code):
    (doubt,) = doubts(facts)
    assert doubt.code == code
    assert set(doubt.facts) <= set(facts)
    assert not doubt.says.isascii()
    assert doubt.english.isascii()


def test_what_is_unknown_or_right_raises_no_doubt():
    assert doubts({}) == ()
    assert doubts({"quick_ratio": Decimal(2), "current_ratio": None, "tax_grade": "A", "net_margin": Decimal(-5)}) == ()
    assert (
        doubts(
            {"quick_ratio": Decimal(1), "current_ratio": Decimal(1), "patents": 0},
            code="91360100MA35K0000" + uscc.calc_check_digit("91360100MA35K0000"),
        )
        == ()
    )


def test_a_wrong_code_and_days_that_cannot_be_are_named():
    dated = {"tax_grade": (Source.REGISTRY, date(2026, 5, 7)), "patents": (Source.REGISTRY, date(2019, 1, 1))}
    found = doubts({}, code="913601000000000001", founded=date(2020, 1, 1), dated=dated, on=TODAY)
    assert [doubt.code for doubt in found] == ["code", "future", "before_founding"]
    assert doubts({}, dated=dated) == ()


@pytest.mark.parametrize(
    "facts",
    [
        {"quick_ratio": Decimal("1.5"), "current_ratio": Decimal("1.5")},
        {"net_margin": Decimal(20), "gross_margin": Decimal(20)},
        {"tax_paid": 200, "annual_sales": 200},
        {"effective_customers": Decimal(8), "customers": 8},
        {"active_months": 12, "history_months": 12},
        {"top_customer_share": Decimal(0)},
        {"top_customer_share": Decimal(50)},
        {"top_customer_share": Decimal(100)},
        {"owner_years": 80},
        {"patents": 0},
        {"order_cover": Decimal(0)},
    ],
)
def test_what_is_just_possible_raises_no_doubt(facts):
    assert doubts(facts) == ()


@pytest.mark.parametrize("share", [Decimal("-0.01"), Decimal("100.01")])
def test_a_share_beyond_the_whole_or_below_nothing_is_doubted(share):
    assert "share" in {doubt.code for doubt in doubts({"top_customer_share": share})}


def test_a_fact_of_today_or_of_the_day_of_founding_is_in_order():
    dated = {"tax_grade": (Source.REGISTRY, TODAY), "patents": (Source.REGISTRY, date(2020, 1, 1))}
    assert doubts({}, founded=date(2020, 1, 1), dated=dated, on=TODAY) == ()
