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
