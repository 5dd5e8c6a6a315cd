"""A card in words, and two cards against each other: every change with whom it touches."""

import pytest

from scoring.card import cards, read
from scoring.card_effects import How, effects
from scoring.card_text import asked, scales, steps
from tests.scoring.rich import RICH, TEXT


def altered(*pairs):
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return read(text.encode(), "example")


@pytest.mark.parametrize(
    ("old", "new", "key", "zh", "en"),
    [
        ("[[50, 40], [60, 20], [70, 10]]", "[[55, 40], [60, 20], [70, 10]]", "item.debt", "≤ 55%：20 → 40 分", "≤ 55%: 20 → 40 points"),
        ("missing = 5", "missing = 6", "item.debt", "缺失：5 → 6 分", "missing: 5 → 6 points"),
        ("[[65, 40], [75, 15]]", "[[65, 40], [75, 16]]", "item.debt", "行业 30 ≤ 75%：15 → 16 分", "industry 30 ≤ 75%: 15 → 16 points"),
        ("[[20, 20], [5, 8]]", "[[20, 20], [10, 12], [5, 8]]", "item.tax", "≥ 10 万元：8 → 12 分", "≥ 10 ×10k CNY: 8 → 12 points"),
        ("{ A = 25, B = 20, M = 10,", "{ A = 25, B = 18, M = 10,", "item.tax_grade", "B级：20 → 18 分", "Grade B: 20 → 18 points"),
        ('fact = "secure_premises"', 'fact = "park_bills_paid"', "item.premises", "改看“园区租金水电按时缴纳”", "now reads Rent and utilities paid on time"),
        ("valid_days = 30", "valid_days = 60", "veto.dishonest", "≥ 1 次（30 天内查询） → ≥ 1 次（60 天内查询）",
         "≥ 1 times (looked up within 30 days) → ≥ 1 times (looked up within 60 days)"),
        ("line = 60", "line = 65", "line", "60 → 65", "60 → 65"),
        ("A = 60, C = 0", "A = 62, C = 0", "grades", "AAA 90、A 60、C 0 → AAA 90、A 62、C 0", "AAA 90、A 60、C 0 → AAA 90、A 62、C 0"),
        ("from = 2026-01-01", "from = 2026-07-01", "from", "2026-01-01 → 2026-07-01", "2026-01-01 → 2026-07-01"),
    ],
)  # fmt: skip
def test_a_change_says_whom_it_touches(old, new, key, zh, en):
    (change,) = effects(RICH, altered((old, new)))
    assert (change.key, change.how) == (key, How.CHANGED)
    assert (zh, en) in change.touched


def test_only_what_differs_is_told():
    (change,) = effects(RICH, altered(("[[50, 40], [60, 20], [70, 10]]", "[[55, 40], [60, 20], [70, 10]]")))
    assert [says for says, _ in change.touched] == ["≤ 55%：20 → 40 分"]


def test_equal_rules_are_no_change_and_reworded_ones_neither():
    assert effects(RICH, RICH) == ()
    assert effects(RICH, altered(('says = "厂房"', 'says = "厂房或租约"'))) == ()


def test_what_comes_and_goes_is_told():
    renamed = altered(
        ('key = "premises"', 'key = "plant"'), ('key = "grade_d"', 'key = "grade_e"'), ('key = "public"', 'key = "open"'),
        ('block = "public"', 'block = "open"'), ('block = "public"', 'block = "open"'),
    )  # fmt: skip
    told = {change.key: change for change in effects(RICH, renamed)}
    assert {key: change.how for key, change in told.items()} == {
        "block.public": How.REMOVED, "block.open": How.ADDED, "item.premises": How.REMOVED, "item.plant": How.ADDED,
        "veto.grade_d": How.REMOVED, "veto.grade_e": How.ADDED,
    }  # fmt: skip
    assert told["item.plant"].touched[:2] == (
        ("是：— → 15 分", "Yes: — → 15 points"),
        ("否：— → 0 分", "No: — → 0 points"),
    )
    assert told["veto.grade_d"].touched == (("D级 → —", "Grade D → —"),)
    generous = effects(altered(('key = "debt"', 'key = "owed"')), RICH)
    assert generous[1].touched[0] == ("缺失：— → 5 分", "missing: — → 5 points")


def test_the_steps_of_a_scale_are_told_best_first():
    debt, tax = RICH.item[0], RICH.item[1]
    found = [(step.says, step.points) for step in steps(debt, debt)]
    assert found == [("≤ 50%", 40), ("≤ 60%", 20), ("≤ 70%", 10), ("> 70%", 0)]
    assert scales(debt, all_steps=False)[3] == "3071: ≤ 70% → 40 · ≤ 85% → 30"
    assert scales(tax, "en") == ("≥ 20 ×10k CNY → 20 · ≥ 5 ×10k CNY → 8 · < 5 ×10k CNY → 0",)


def test_a_red_line_is_told_in_both_languages():
    vetoes = {veto.key: veto for veto in cards("credit")[-1].veto}
    assert asked(vetoes["environment"]) == "红（不良）、黑（严重失信）（365 天内查询）"
    assert asked(vetoes["environment"], "en") == "Red, Black (looked up within 365 days)"
    assert asked(vetoes["enforcement"], "en") == "≥ 30% (looked up within 30 days)"
