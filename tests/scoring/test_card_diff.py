from datetime import date

import pytest

from scoring.card import Card, card
from scoring.card_diff import Difference, differences
from tests.scoring.test_replay import changed, item

CREDIT, INVOICES = card("credit", date(2026, 5, 6)), card("invoices", date(2026, 5, 6))
ITEMS = CREDIT.model_dump(by_alias=True)["item"]
RATIO = ("资产负债率", "Debt ratio")


def test_a_card_does_not_differ_from_itself():
    assert differences(CREDIT, CREDIT) == ()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"line": 65}, Difference("", "", "", "", "line", "60", "65")),
        ({"missing_limit": "0.30"}, Difference("", "", "", "", "missing_limit", "0.25", "0.3")),
        ({"from": "2026-09-01"}, Difference("", "", "", "", "from", "2026-01-01", "2026-09-01")),
        ({"ceilings": {}}, Difference("", "", "", "", "ceilings", "AAA → 500，AA → 400，A → 300，BBB → 200", "—")),
        (
            {"item": [item(CREDIT, "debt_ratio", bands=[(45, 6), (60, 5)]), *ITEMS[1:]]},
            Difference("item", "debt_ratio", *RATIO, "bands", "50 → 6，60 → 5，70 → 3，80 → 1", "45 → 6，60 → 5"),
        ),
        (
            {"item": ITEMS[1:]},
            Difference("item", "debt_ratio", *RATIO, "",
                       "bands 50 → 6，60 → 5，70 → 3，80 → 1；better lower；block finance；fact debt_ratio", None),
        ),
        (
            {"veto": [veto.model_dump(by_alias=True) for veto in CREDIT.veto[1:]]},
            Difference("veto", CREDIT.veto[0].key, CREDIT.veto[0].says, CREDIT.veto[0].english, "",
                       f"basis {CREDIT.veto[0].basis}；fact dishonest_records；is at_least；value 1", None),
        ),
    ],
)  # fmt: skip
def test_each_change_is_told_with_what_stood_there_and_what_stands_there_now(fields, told):
    (one,) = differences(CREDIT, changed(CREDIT, **fields))
    assert (one.part, one.key, one.says, one.field, one.new) == (told.part, told.key, told.says, told.field, told.new)
    assert one.old == told.old
    back = differences(changed(CREDIT, **fields), CREDIT)
    assert [(b.old, b.new) for b in back] == [(one.new, one.old)]


def test_an_added_rule_is_one_difference():
    (one,) = differences(changed(CREDIT, item=ITEMS[:-1]), CREDIT)
    assert (one.field, one.old, one.key) == ("", None, ITEMS[-1]["key"])


def test_two_unlike_cards_are_told_apart_in_every_rule():
    told = {(d.part, d.key) for d in differences(CREDIT, INVOICES)}
    assert {("item", one.key) for one in CREDIT.item} | {("item", one.key) for one in INVOICES.item} <= told | shared()


def shared():
    both = {one.key: one for one in CREDIT.item}
    return {("item", one.key) for one in INVOICES.item if both.get(one.key) == one}


def test_words_alone_are_a_difference_too():
    said = CREDIT.model_dump(by_alias=True) | {"title": "另一份评分表"}
    assert [d.field for d in differences(CREDIT, Card.model_validate(said))] == ["title"]
