from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.card import CARDS, card, cards, check, load, read
from scoring.card_faults import CardFault
from scoring.card_words import FAULTS
from scoring.dated import DatedFault
from scoring.facts import FACTS

SMALL = """
title = "小卡"
english = "Small card"
basis = "试验"
from = 2026-01-01
full_marks = 100
line = 60
missing_limit = 0.25
grades = { AAA = 90, C = 0 }
ceilings = { AAA = 500 }
[[block]]
key = "finance"
says = "财务"
english = "Finance"
weight = 60
[[block]]
key = "public"
says = "公共"
english = "Public"
weight = 40
[[item]]
key = "debt"
block = "finance"
says = "资产负债率"
english = "Debt ratio"
fact = "debt_ratio"
better = "lower"
bands = [[50, 60], [60, 30]]
[[item]]
key = "premises"
block = "public"
says = "厂房"
english = "Premises"
fact = "secure_premises"
choices = { yes = 40, no = 0 }
[[veto]]
key = "dishonest"
says = "失信"
english = "Dishonest"
basis = "名单"
fact = "dishonest_records"
is = "at_least"
value = 1
"""
OWN_FACT = '[[fact]]\nname = "debt_ratio"\nsays = "负债"\nenglish = "Debt"\nkind = "number"\nbetter = "lower"\n'
BANDS = "bands = [[50, 60], [60, 30]]"
OWN = (
    BANDS
    + """
[[item.industry]]
code = "{code}"
bands = {bands}"""
)


def test_the_small_card_is_sound():
    assert read(SMALL.encode(), "small").full_marks == 100


HOSTILE = [
    # the file
    ("line = 60", "line = ", [("", "toml")]),
    ("line = 60", "line = 60\nline = 60", [("", "toml")]),
    # the shape
    ("line = 60", 'line = 60\nname = "x"\ndigest = "y"', [("name", "own_words"), ("digest", "own_words")]),
    ("line = 60", "lines = 60", [("line", "missing_key"), ("lines", "strange_key")]),
    ("line = 60", "line = 60\nzzz = 1", [("zzz", "unknown_key")]),
    ("line = 60", 'line = "60"', [("line", "int_type")]),
    ("line = 60", "line = 60.5", [("line", "int_type")]),
    ("line = 60", "line = -1", [("line", "greater_than_equal")]),
    ("line = 60", "line = true", [("line", "int_type")]),
    ("full_marks = 100", "full_marks = 0", [("full_marks", "greater_than")]),
    ("missing_limit = 0.25", "missing_limit = 25", [("missing_limit", "less_than_equal")]),
    ("missing_limit = 0.25", "missing_limit = nan", [("missing_limit", "finite_number")]),
    ("missing_limit = 0.25", 'missing_limit = "a quarter"', [("missing_limit", "decimal_parsing")]),
    ("missing_limit = 0.25", "missing_limit = []", [("missing_limit", "decimal_type")]),
    ('title = "小卡"', "title = 3", [("title", "string_type")]),
    ('says = "失信"', 'says = ""', [("veto.dishonest.says", "string_too_short")]),
    ('key = "debt"', 'key = "Debt!"', [("item.Debt!.key", "string_pattern_mismatch")]),
    ('key = "debt"', "key = 7", [("item.[1].key", "string_type")]),
    ('better = "lower"', 'better = "less"', [("item.debt.better", "literal_error")]),
    ('better = "lower"', 'beter = "lower"', [("item.debt.beter", "strange_key")]),
    ('is = "at_least"', 'is = "over"', [("veto.dishonest.is", "literal_error")]),
    ("value = 1", "value = { a = 1 }", [("veto.dishonest.value", "veto_value")]),
    ("value = 1", "", [("veto.dishonest.value", "missing_key")]),
    ("value = 1", "value = 1\nvalid_days = 0", [("veto.dishonest.valid_days", "greater_than")]),
    ("from = 2026-01-01", 'from = "soon"', [("from", "date_from_datetime_parsing")]),
    ("from = 2026-01-01", "from = 2026-01-01T08:00:00", [("from", "date_from_datetime_inexact")]),
    ("from = 2026-01-01", "from = []", [("from", "date_type")]),
    ("grades = { AAA = 90, C = 0 }", "grades = 3", [("grades", "dict_type")]),
    (BANDS, "bands = [[50, 60, 1]]", [("item.debt.bands.[1]", "band_shape")]),
    (BANDS, "bands = [[50]]", [("item.debt.bands.[1].[2]", "band_shape")]),
    (BANDS, "bands = 5", [("item.debt.bands", "tuple_type")]),
    (BANDS, "bands = [[50, 60.5]]", [("item.debt.bands.[1].[2]", "int_type")]),
    ("[[veto]]", "veto = [3]\n[[vetos]]", [("item.premises.veto", "unknown_key"), ("vetos", "strange_key")]),
    (BANDS, "industry = [3]\n" + BANDS, [("item.debt.industry.[1]", "model_type")]),
    (BANDS, OWN.format(code="C", bands="[[50, 60]]\nmissing = 3"), [("item.debt.industry.C.missing", "unknown_key")]),
    # what fits together
    ('key = "premises"', 'key = "debt"', [("item/veto.debt", "repeated")]),
    ('key = "public"', 'key = "finance"', [("block.finance", "repeated"), ("item.premises.block", "no_block"),
                                           ("block.finance", "block_sum")]),
    ('key = "premises"', 'key = "total"', [("total", "reserved")]),
    ("[[block]]", OWN_FACT + "[[block]]", [("fact.debt_ratio", "known_fact")]),
    ("[[block]]", OWN_FACT.replace("debt_ratio", "own_one") * 2 + "[[block]]", [("fact.own_one", "repeated")]),
    ("full_marks = 100", "full_marks = 90", [("full_marks", "full_marks")]),
    ("weight = 60", "weight = 50", [("block.finance", "block_sum")]),
    ('block = "public"', 'block = "pubic"', [("item.premises.block", "no_block"), ("block.public", "block_sum")]),
    ('fact = "debt_ratio"', 'fact = "debt_rati"', [("item.debt.fact", "near_fact")]),
    ('fact = "dishonest_records"', 'fact = "zzz"', [("veto.dishonest.fact", "no_fact")]),
    ("[[50, 60], [60, 30]]", "[[60, 60], [50, 30]]", [("item.debt.bands", "bands_rise")]),
    ("[[50, 60], [60, 30]]", "[[50, 60], [60, 60]]", [("item.debt.bands", "bands_rise")]),
    ('fact = "debt_ratio"\nbetter = "lower"', 'fact = "current_ratio"', [("item.debt.bands", "bands_fall")]),
    (BANDS, "", [("item.debt", "two_scales"), ("block.finance", "block_sum"), ("full_marks", "full_marks")]),
    ("{ yes = 40, no = 0 }", "{ yes = 40, maybe = 0 }", [("item.premises.choices", "options")]),
    ("{ yes = 40, no = 0 }", "{ yes = 0, no = 40 }", [("item.premises.choices", "option_order")]),
    ("choices = { yes = 40, no = 0 }", "bands = [[1, 40]]", [("item.premises.bands", "not_bands")]),
    ('fact = "secure_premises"', 'fact = "penalties"', [("item.premises.choices", "not_choices")]),
    ('better = "lower"', 'better = "higher"', [("item.debt.better", "sign"), ("item.debt.bands", "bands_fall")]),
    ('better = "lower"', "missing = 61", [("item.debt.missing", "missing_points")]),
    (BANDS, OWN.format(code="99X", bands="[[50, 60]]"), [("item.debt.industry.99X", "no_industry")]),
    (BANDS, OWN.format(code="C3071", bands="[[50, 60]]"), [("item.debt.industry.C3071", "no_industry")]),
    (BANDS, OWN.format(code="C", bands="[[50, 50]]"), [("item.debt.industry.C", "industry_most")]),
    (BANDS, OWN.format(code="C", bands="[[60, 60], [50, 30]]"), [("item.debt.industry.C.bands", "bands_rise")]),
    (BANDS, OWN.format(code="C", bands="[[50, 60]]") + OWN.format(code="C", bands="[[55, 60]]").removeprefix(BANDS),
     [("item.debt.industry.C", "industry_repeated")]),
    ('is = "at_least"', 'is = "one_of"', [("veto.dishonest", "test")]),
    ("value = 1", "value = true", [("veto.dishonest", "test")]),
    ('"dishonest_records"\nis = "at_least"\nvalue = 1', '"tax_grade"\nis = "equals"\nvalue = "E"',
     [("veto.dishonest.value", "no_option")]),
    ('"dishonest_records"\nis = "at_least"\nvalue = 1', '"tax_grade"\nis = "one_of"\nvalue = []',
     [("veto.dishonest.value", "no_options")]),
    ("C = 0", "C = 10", [("grades", "no_floor")]),
    ("grades = { AAA = 90, C = 0 }", "grades = {}", [("grades", "no_floor"), ("ceilings.AAA", "no_grade")]),
    ("AAA = 90", "AAA = 190", [("grades", "bounds")]),
    ("line = 60", "line = 160", [("line", "line")]),
    ("{ AAA = 500 }", "{ AA = 500 }", [("ceilings.AA", "no_grade")]),
    ("{ AAA = 500 }", "{ AAA = 100, C = 200 }", [("ceilings", "ceilings_rise")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wrong"), HOSTILE)
def test_every_fault_of_a_card_is_told_with_its_key(old, new, wrong):
    assert old in SMALL
    raw = SMALL.replace(old, new, 1).encode()
    assert [(fault.key, fault.fault) for fault in check(raw, "small", "2026-01-01.toml")] == wrong
    with pytest.raises(CardFault) as caught:
        read(raw, "small", "2026-01-01.toml")
    first = caught.value
    assert (first.key, first.fault) == wrong[0]
    assert str(first).startswith(f"评分卡 2026-01-01.toml，{wrong[0][0] or '全文'}：")
    for language in ("zh", "en"):
        for sentence in first.told(language):
            assert sentence
            assert "{" not in sentence.replace("{ 键", "").replace("{ key", "").replace("（{", "").replace("({", "")
    assert first.facts["right"] == first.told()[1]


def test_every_kind_of_fault_has_been_met():
    met = {code for _, _, wrong in HOSTILE for _, code in wrong}
    assert set(FAULTS) - met == {
        "utf8",
        "too_deep",
        "long_number",
        "file_name",
        "shape",
    }  # the first two below; the last for what pydantic may invent


@pytest.mark.parametrize(
    ("old", "new", "zh", "en"),
    [
        ("weight = 60", "weight = 50", ("各指标满分合计 60", "等于板块权重 50"), ("its items can give 60", "as much as the block's weight, 50")),
        ('better = "lower"', 'better = "less"', ("没有这种写法（less）", "取 higher、lower"), ("no such word (less)", "one of higher, lower")),
        ("grades = { AAA = 90, C = 0 }", "grades = 3", ("不是表（3）", "写成表 { 键 = 值 }"), ("not a table (3)", "write { key = value }")),
        ("missing_limit = 0.25", "missing_limit = 25", ("数值不对（25）", "不大于 1"), ("wrong figure (25)", "not more than 1")),
        ('better = "lower"', 'better = "higher"', ("“资产负债率”是越低越好", "写 lower，或省略此键"), ("Debt ratio is good when lower", "write lower, or leave the key out")),
    ],
)  # fmt: skip
def test_a_fault_says_what_is_wrong_and_what_would_be_right_in_both_languages(old, new, zh, en):
    fault = check(SMALL.replace(old, new, 1).encode(), "small", "x.toml")[0]
    assert (fault.told(), fault.told("en")) == (zh, en)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xff\xfe", "utf8"),
        (b"x = " + b"[" * 20_000, "too_deep"),
        (b"x = " + b"9" * 5_000, "long_number"),
        (b"", "missing_key"),
    ],
)
def test_bytes_that_are_no_card_say_so(raw, code):
    assert check(raw, "small")[0].fault == code


@given(st.data())
def test_whatever_is_cut_from_or_put_into_a_card_is_told_and_never_breaks(data):
    lines = SMALL.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    odd = st.sampled_from(
        [
            "",
            "x = 1",
            "[[item]]",
            "[item]",
            "key = []",
            "bands = [[1]]",
            "value = {}",
            "[[item.industry]]",
            "from = 1979-01-01T00:00:00Z",
        ]
    )
    lines[at] = data.draw(odd | st.text(max_size=20))
    for fault in check("\n".join(lines).encode(), "small", "x.toml"):
        assert all(fault.told()) and all(fault.told("en")) and str(fault)


def test_a_file_must_be_named_by_its_first_day(tmp_path):
    (tmp_path / "small").mkdir()
    wrong = tmp_path / "small" / "2026-02-01.toml"
    wrong.write_text(SMALL)
    with pytest.raises(CardFault, match=r"2026-01-01\.toml"):
        load(wrong)


def test_a_new_version_holds_from_its_first_day(tmp_path):
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "2026-01-01.toml").write_text(SMALL)
    (tmp_path / "small" / "2026-06-01.toml").write_text(SMALL.replace("2026-01-01", "2026-06-01"))
    before, after = card("small", date(2026, 5, 31), tmp_path), card("small", date(2026, 6, 1), tmp_path)
    assert [before, after] == list(cards("small", tmp_path))
    assert before.digest != after.digest


def test_nothing_is_in_force_before_the_first_version():
    with pytest.raises(DatedFault, match="2026-01-01"):
        card("credit", date(2025, 12, 31))


#: A card in force is never edited: scores name its digest and are made again from it (I-15). Add a line for a new file.
SHIPPED = {
    "credit/2026-01-01": "0000cf01f584cf799c76771caeee1c0e9fec76a21116b0a4d6e63aa0b9411db4",
    "credit/2027-01-01": "37242b53fa2505564810c1dc45b27a37ef517e1d295d16fc4826b8e419f34c21",
    "invoices/2026-01-01": "0df0c515319b6da0a1c2b95644919526555a1ce99e18267f036f91304fd548b1",
    "invoices/2026-07-01": "e1d7b0a777059125ff190b7a58b8f32f07d775da462f346ee4b2074cf2c944b3",
    "invoices/2026-11-01": "a948be193864f08746d665e7dece7acb0449b2046375519c07c07491815d4316",
    "invoices/2027-01-01": "d102191bfbdb392813ce9716f88cbb1a5e3348267e872f5c93d96fde3dcbd729",
}


def test_a_card_that_was_shipped_is_never_edited():
    assert {f"{c.name}/{c.since}": c.digest for folder in CARDS.iterdir() for c in cards(folder.name)} == SHIPPED


@pytest.mark.parametrize("folder", sorted(path.name for path in CARDS.iterdir()))
def test_every_shipped_card_loads_says_it_is_a_default_and_speaks_both_languages(folder):
    for each in cards(folder):
        assert "产品默认值" in each.basis
        assert each.line == 60
        assert [each.ceiling_fen(grade) // 1_000_000 for grade in each.grades] == [500, 400, 300, 200, 0, 0, 0]
        texts = [(part.says, part.english) for part in (*each.block, *each.rules)]
        assert all((zh != en and en.isascii()) or "×" in en for zh, en in texts)


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        (100, "AAA"),
        (90, "AAA"),
        (89, "AA"),
        (79, "A"),
        (69, "BBB"),
        (60, "BBB"),
        (59, "BB"),
        (49, "B"),
        (39, "C"),
        (0, "C"),
    ],
)
def test_grades_follow_their_lower_bounds(total, grade):
    assert card("credit", date(2026, 1, 1)).grade(total) == grade


def test_the_credit_card_has_the_weights_of_the_default_table():
    found = card("credit", date(2026, 1, 1))
    assert [block.weight for block in found.block] == [30, 20, 20, 15, 15]
    assert {rule.fact for rule in found.rules} <= FACTS.keys()
