"""Each rule of data quality finds what it is there for, and nothing in a firm that is in order (F82)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from financing.money import Fen
from financing.office_words import FAULT_SAYS
from financing.quality.rules import RULES, Fault, FirmFacts, NeedFacts, Severity, of_firm, of_need, organ_code_sound
from tests.makers import TODAY

#: A real, published code: the State-owned grid's. Its organisation part is 717803307? no part of it is made up here.
SOUND = FirmFacts(
    code="91100000100003962T", name="示范铜材有限公司", industry="3340", founded=date(2015, 3, 1), registered=date(2026, 1, 5),
    phone="13812345678", size="small", employees=86, revenue=Fen.wan(3_600), assets=Fen.wan(2_400), looking=True,
)  # fmt: skip
NEED = NeedFacts(Fen.wan(120), date(2027, 3, 31), TODAY, date(2015, 3, 1), Fen.wan(3_600))

FIRMS = [
    (Fault.CODE, {"code": "91100000100003962A"}),
    (Fault.REGION, {"code": "91990000100003962T"}),
    (Fault.INDUSTRY, {"industry": "0000"}),
    (Fault.FOUNDED_AHEAD, {"founded": date(2026, 11, 24), "registered": date(2026, 11, 24)}),
    (Fault.FOUNDED_EARLY, {"founded": date(1948, 12, 31)}),
    (Fault.REGISTERED_EARLY, {"registered": date(2015, 2, 28)}),
    (Fault.NEGATIVE, {"employees": -1}),
    (Fault.UNIT_REVENUE, {"revenue": Fen.wan(36_000_000)}),
    (Fault.UNIT_REVENUE, {"revenue": Fen.yuan(3_600)}),
    (Fault.UNIT_ASSETS, {"assets": Fen.wan(4_000_000)}),
    (Fault.SIZE, {"size": "undetermined"}),
    (Fault.PHONE, {"phone": "123456"}),
    (Fault.PHONE, {"phone": "00000000"}),
    (Fault.SAME_NAME, {"twins": ("示范铜材（有限公司）",)}),
    (Fault.SAME_PEOPLE, {"near": ("别的公司",)}),
    (Fault.NO_REVENUE, {"revenue": None}),
    (Fault.NO_STAFF, {"employees": None}),
]
NEEDS = [
    (Fault.LATEST_EARLY, {"latest": date(2026, 11, 22)}),
    (Fault.LATEST_PAST, {"submitted": date(2026, 11, 1), "latest": date(2026, 11, 22)}),
    (Fault.AMOUNT_UNIT, {"amount": Fen.wan(1_200_000)}),
    (Fault.AMOUNT_UNIT, {"amount": Fen.yuan(120)}),
    (Fault.BEFORE_FOUNDING, {"founded": date(2026, 11, 24)}),
]


def test_a_firm_and_a_need_in_order_have_no_findings():
    assert of_firm(SOUND, TODAY) == () == of_need(NEED, TODAY)


@pytest.mark.parametrize(("fault", "change"), FIRMS)
def test_a_rule_about_firms_finds_its_fault(fault, change):
    assert fault in {found.fault for found in of_firm(replace(SOUND, **change), TODAY)}


@pytest.mark.parametrize(("fault", "change"), NEEDS)
def test_a_rule_about_needs_finds_its_fault(fault, change):
    assert {found.fault for found in of_need(replace(NEED, **change), TODAY)} == {fault}


def test_what_is_not_asked_for_is_not_missed_before_a_need_is_on_its_way():
    bare = replace(SOUND, looking=False, revenue=None, employees=None, assets=None, size="undetermined")
    assert of_firm(bare, TODAY) == ()


def test_every_fault_has_its_rule_and_its_sentence_which_its_figures_fill():
    assert set(RULES) == set(Fault) == set(FAULT_SAYS)
    for fault, change in [*FIRMS, *NEEDS]:
        subject = replace(SOUND, **change) if (fault, change) in FIRMS else replace(NEED, **change)
        found = of_firm(subject, TODAY) if isinstance(subject, FirmFacts) else of_need(subject, TODAY)
        for one in found:
            assert FAULT_SAYS[one.fault].format_map(one.figures)
    assert {rule.severity for rule in RULES.values()} == set(Severity)


def check_of_an_organ(body: str) -> str:
    """GB 11714 by its own words: the weighted sum and the check add up to a multiple of eleven."""
    values = {sign: place for place, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
    total = sum(values[sign] * weight for sign, weight in zip(body, [3, 7, 9, 10, 5, 8, 4, 2], strict=True))
    return next(sign for value, sign in enumerate("0123456789X") if (total + value) % 11 == 0)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8), st.sampled_from("0123456789X"))
def test_the_check_sign_of_an_organisation_is_that_of_its_standard(body, sign):
    front = "91360000" + body + sign
    code = front + uscc.calc_check_digit(front)
    assert organ_code_sound(code) == (sign == check_of_an_organ(body))
