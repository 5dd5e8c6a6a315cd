"""Every column that can hold words stands in the register, or is said to hold nothing of anybody (个人信息清单)."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from financing import models, parameters
from financing.personal import register
from financing.personal.rules import Held
from financing.personal_words import ENDS, PURPOSES, SEEN

#: Columns that hold no words by their type: numbers, days, states (enums), sums.
PLAIN = (sa.Integer, sa.Boolean, sa.Date, sa.DateTime, sa.Enum)


def wordy() -> set[tuple[str, str]]:
    """The same question asked the other way round: everything but what cannot hold a word."""
    found = set()
    for table in models.metadata.tables.values():
        for column in table.columns:
            kind = getattr(column.type, "impl", column.type)
            if (
                not isinstance(kind, PLAIN)
                and not isinstance(column.type, PLAIN)
                and type(column.type).__name__ not in {"Instant", "FenColumn", "RateColumn"}
            ):
                found.add((table.name, column.name))
    return found


def test_F102_no_column_is_forgotten_and_none_is_named_that_is_not_there():
    known = {f"{table}.{column}" for table, column in wordy()} | {column for _, column in wordy()}
    assert set(register.columns()) == wordy()
    assert [f"{t}.{c}" for t, c in sorted(wordy()) if register.of(t, c) is None] == [], (
        "say in fields.toml what it holds"
    )
    assert [name for name in register.listed() if name not in known] == []


@pytest.mark.parametrize("kept", register.kinds(), ids=lambda kept: kept.held.value)
def test_F102_each_kind_says_why_who_and_how_long(kept):
    assert PURPOSES[kept.held]
    assert SEEN[kept.held]
    assert ENDS[kept.held]
    figure = kept.period(date(2026, 11, 23))
    assert figure.value > 0
    assert figure.unit.startswith("年" if kept.keep.endswith("_years") else "日")
    assert register.by_kind()[kept.held], "a kind that no column is of"


def test_F101_the_days_of_the_law():
    """征信业管理条例 第二十五条: 20 days; 个人信息保护法 第五十六条: three years at the least."""
    assert parameters.figure("personal_objection_days", date(2026, 1, 1)).value == 20
    assert parameters.figure("personal_impact_years", date(2026, 1, 1)).value >= 3


def test_what_signs_people_in_or_may_hurt_them_most_is_named_by_hand():
    names = {held: {f"{t}.{c}" for t, cs in tables.items() for c in cs} for held, tables in register.by_kind().items()}
    assert {"account.login", "account.password_hash", "account.name"} <= names[Held.ACCOUNT]
    assert {"firm.phone", "firm.contact", "firm.representative", "dossier.phone", "search_word.word"} <= names[
        Held.CONTACT
    ]
    assert {"bridge_promise.account", "compensation_claim.payee"} <= names[Held.MONEY_ACCOUNT]
    assert {"reporter.told", "conduct_note.told"} <= names[Held.REPORT]
