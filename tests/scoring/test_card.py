from datetime import date

import pytest

from scoring.card import CARDS, card, cards, load, read
from scoring.card_faults import CardFault
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


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("full_marks = 100", "full_marks = 90", "full_marks", "合计 100"),
        ("weight = 60", "weight = 50", "block.finance", "板块权重 50"),
        ('fact = "debt_ratio"', 'fact = "debt_rati"', "item.debt.fact", "debt_ratio"),
        ("[[50, 60], [60, 30]]", "[[60, 60], [50, 30]]", "item.debt.bands", "界限逐档升高"),
        ("[[50, 60], [60, 30]]", "[[50, 60], [60, 60]]", "item.debt.bands", "分值逐档减少"),
        ("[[50, 60], [60, 30]]", "[]", "item.debt", "只写 bands 或只写 choices"),
        ('key = "premises"', 'key = "debt"', "debt", "键重复"),
        ('key = "premises"', 'key = "total"', "total", "换一个键名"),
        ('key = "public"', 'key = "finance"', "finance", "键重复"),
        ('block = "public"', 'block = "pubic"', "item.premises.block", "finance、public"),
        ("{ yes = 40, no = 0 }", "{ yes = 40, maybe = 0 }", "item.premises.choices", "yes、no"),
        ("choices = { yes = 40, no = 0 }", "bands = [[1, 40]]", "item.premises.bands", "yes、no"),
        ('fact = "secure_premises"', 'fact = "penalties"', "item.premises.choices", "bands"),
        ('is = "at_least"', 'is = "one_of"', "veto.dishonest", "at_least"),
        ("value = 1", "value = true", "veto.dishonest", "at_least"),
        ('is = "at_least"', 'is = "over"', "veto", "写法不对"),
        ("C = 0", "C = 10", "grades", "下限写 0"),
        ("AAA = 90", "AAA = 190", "grades", "不超过 100"),
        ("line = 60", "line = 160", "line", "不超过 100"),
        ("{ AAA = 500 }", "{ AA = 500 }", "ceilings.AA", "AAA、C"),
        ("line = 60", "lines = 60", "line", "缺少此键"),
        ('better = "lower"', 'beter = "lower"', "beter", "改为 better"),
        ("line = 60", 'line = "60"', "line", "写法不对"),
        ("line = 60", "line = ", "全文", "TOML"),
        ("missing_limit = 0.25", "missing_limit = 25", "missing_limit", "不大于 1"),
        ("bands = [[50, 60], [60, 30]]", "bands = [[50, 60, 1]]", "item.第1项.bands.第1项", "每档只写 [界限, 分值]"),
        ("bands = [[50, 60], [60, 30]]", "bands = [[50, 60.5]]", "bands", "写成整数"),
        ("from = 2026-01-01", 'from = "soon"', "from", "YYYY-MM-DD"),
        ("line = 60", 'line = 60\nname = "x"', "name", "删去此键"),
        ("grades = { AAA = 90, C = 0 }", "grades = 3", "grades", "写成表 { 键 = 值 }"),
        ("{ AAA = 500 }", "{ AAA = 100, C = 200 }", "ceilings", "不升"),
        ('says = "失信"', 'says = ""', "veto", "不能为空"),
        ('better = "lower"', 'better = "less"', "better", "'higher' or 'lower'"),
        ('better = "lower"', 'better = "higher"', "item.debt.better", "写 lower"),
        ("{ yes = 40, no = 0 }", "{ yes = 0, no = 40 }", "item.premises.choices", "yes 的分值不低于 no"),
        ('better = "lower"', "missing = 61", "item.debt.missing", "不超过 60"),
        ("value = 1", "value = 1\nvalid_days = 0", "veto.第1项.valid_days", "大于 0"),
        (BANDS, OWN.format(code="99X", bands="[[50, 60]]"), "item.debt.industry.99X", "GB/T 4754-2017"),
        (BANDS, OWN.format(code="C3071", bands="[[50, 60]]"), "item.debt.industry.C3071", "3071"),
        (BANDS, OWN.format(code="C", bands="[[50, 50]]"), "item.debt.industry.C", "最高一档写 60"),
        (BANDS, OWN.format(code="C", bands="[[60, 60], [50, 30]]"), "item.debt.industry.C.bands", "界限逐档升高"),
    ],
)
def test_a_card_that_does_not_add_up_says_where_and_what_would_be_right(old, new, key, says):
    with pytest.raises(CardFault) as caught:
        read(SMALL.replace(old, new, 1).encode(), "small", "2026-01-01.toml")
    told = str(caught.value)
    assert "2026-01-01.toml" in told
    assert key in told
    assert says in told
    assert caught.value.facts["right"]


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
    "invoices/2026-01-01": "0df0c515319b6da0a1c2b95644919526555a1ce99e18267f036f91304fd548b1",
    "invoices/2026-07-01": "e1d7b0a777059125ff190b7a58b8f32f07d775da462f346ee4b2074cf2c944b3",
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
