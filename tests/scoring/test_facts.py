from decimal import Decimal

import pytest

from scoring.facts import FACTS, Kind


def test_every_fact_has_both_names_and_choices_only_where_there_is_a_choice():
    for name, fact in FACTS.items():
        assert fact.name == name
        assert fact.english.isascii()
        assert not fact.term.isascii()
        assert bool(fact.choices) == (fact.kind is Kind.CHOICE)


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("tax_paid", 123_456_789, "123.46 万元", "123.46 ×10k CNY"),
        ("debt_ratio", Decimal("55.5"), "55.50%", "55.50%"),
        ("penalties", 2, "2 次", "2 times"),
        ("tax_grade", "M", "M级", "Grade M"),
        ("secure_premises", True, "是", "Yes"),
        ("secure_premises", None, "—", "—"),
        ("interest_cover", Decimal("999.0"), "≥999 倍", "≥999 ×"),
        ("net_margin", -999, "≤-999%", "≤-999%"),
        ("current_ratio", 1.2, "1.20 倍", "1.20 ×"),
    ],
)
def test_a_value_is_shown_with_its_unit_in_both_languages(name, value, zh, en):
    assert FACTS[name].shown(value) == zh
    assert FACTS[name].shown(value, "en") == en
