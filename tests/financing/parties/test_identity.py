import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from financing.parties.identity import ALPHABET, CodeFault, credit_code, guarantor_name, line, passage
from financing.readings import likeness
from financing.refusals import CodeMistyped, NotACode, NotText, OrganAsGuarantor, UnlicensedName

WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORDER = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_sign(body):
    """GB 32100-2015, worked out once more."""
    return ORDER[(31 - sum(ORDER.index(s) * w for s, w in zip(body, WEIGHTS, strict=True)) % 31) % 31]


@given(st.text(ORDER, min_size=17, max_size=17))
def test_a_code_with_the_right_check_sign_is_taken_however_it_is_spaced(body):
    code = body + check_sign(body)
    assert credit_code(f" {code[:4]} {code[4:8]} {code[8:].lower()} ") == code


@given(st.text(ORDER, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ORDER))
def test_one_wrong_sign_is_always_noticed(body, place, other):
    assume(other != body[place])
    code = body[:place] + other + body[place + 1 :] + check_sign(body)
    with pytest.raises(NotACode):
        credit_code(code)


@pytest.mark.parametrize(
    ("given", "kind", "reason"),
    [
        ("91350100M000100Y4", NotACode, CodeFault.LENGTH),
        ("91350100M000100Y44", NotACode, CodeFault.CHECK),
        ("91350100MOO01OOY43", CodeMistyped, CodeFault.SIGN),
        ("9I350I00M000I00Y43", CodeMistyped, CodeFault.SIGN),
        ("９１３５０１００Ｍ０００１００Ｙ４３", CodeMistyped, CodeFault.WIDTH),
        ("9135010$M000100Y43", NotACode, CodeFault.SIGN),
        ("", NotACode, CodeFault.LENGTH),
    ],
)
def test_a_wrong_code_is_refused_with_the_reason(given, kind, reason):
    with pytest.raises(NotACode) as refusal:
        credit_code(given)
    assert type(refusal.value) is kind
    assert refusal.value.facts["reason"] is reason
    if kind is CodeMistyped:
        assert refusal.value.facts["suggestion"] == "91350100M000100Y43"


def test_the_alphabet_is_that_of_the_standard():
    assert frozenset(ORDER) == ALPHABET


@pytest.mark.parametrize(
    "text", ["", "  ", "铜\u200b材", "铜\u202e材", "铜\u2066材", "铜\x00材", "铜\ue000材", "铜\n材", "长" * 121, "\u2028"]
)  # fmt: skip
def test_signs_that_nobody_can_see_have_no_place_in_a_name(text):
    with pytest.raises(NotText):
        line(text, "name")


@given(st.text())
def test_whatever_is_taken_as_a_line_is_normal_and_visible(text):
    try:
        taken = line(text, "name")
    except NotText:
        return
    assert taken == unicodedata.normalize("NFC", taken) and taken.strip() == taken
    assert not any(unicodedata.category(sign).startswith("C") for sign in taken)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示范（江西）铜材有限公司", "示范(江西)铜材有限公司"),
        ("ＡＢＣ科技", "abc 科技"),
        ("示范\u2f24铜", "示范大铜"),  # a Kangxi radical
        ("示范·铜材", "示范铜材"),
    ],
)
def test_names_that_look_the_same_share_a_likeness(one, other):
    assert likeness(one) == likeness(other)


def test_a_passage_keeps_its_lines():
    assert passage(" 采购铜材\r\n\n发放工资 ", "use") == "采购铜材\n发放工资"
    with pytest.raises(NotText):
        passage(" \n ", "use")


@pytest.mark.parametrize("name", ["示范经济开发区管委会", "某县人民政府", "某市财政局"])
def test_an_organ_of_state_cannot_stand_behind_a_loan(name):
    with pytest.raises(OrganAsGuarantor):
        guarantor_name(name, licensed=True)


def test_only_a_licensed_company_carries_the_word():
    assert guarantor_name("示范融资担保有限公司", licensed=True)
    with pytest.raises(UnlicensedName):
        guarantor_name("示范融资担保有限公司", licensed=False)
