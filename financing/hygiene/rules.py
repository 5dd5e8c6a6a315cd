"""Needs nobody hears of (沉寂需求, F81): what counts as a sign of life, when the firm is asked, when the need ends. No database here."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from financing.acts import Act

#: What a person does on the platform without saying anything about a need: looking is no sign of life.
QUIET = frozenset(
    {
        Act.SIGN_IN, Act.SIGN_OUT, Act.SEE_NOTICES, Act.DENIED, Act.READ_JOURNAL,
        Act.OPEN_PAPER, Act.OPEN_DOCUMENT, Act.OPEN_DOSSIER, Act.PRINT_DOSSIER, Act.PRINT_LETTER, Act.PRINT_RESOLUTION,
        Act.OPEN_ITEM, Act.TAKE_CASE_FILE, Act.TAKE_OFFER_FILE, Act.USE_KEY, Act.TAKE_CASES, Act.ASSIGN_CASES, Act.REMIND_FIRM,
    }
)  # fmt: skip


class Answer(StrEnum):
    """What came of asking whether a need still stands; the last two end it."""

    STILL = "still"  # the firm said so
    ACTIVE = "active"  # a sign of life came by another way
    OTHERWISE = "otherwise"  # the need ended or went before the committee meanwhile
    NO_LONGER = "no_longer"  # the firm said so
    NO_SIGN = "no_sign"  # nobody answered


ENDED = frozenset({Answer.NO_LONGER, Answer.NO_SIGN})


def silent(last: date, today: date, days: int) -> bool:
    """Whether the last sign of life lies so many days back that the firm is asked."""
    return last + timedelta(days=days) <= today


def closes_on(asked: date, days: int) -> date:
    """The day on which the need ends unless somebody answers before: counted from the asking, however late that was."""
    return asked + timedelta(days=days)
