"""Ratings and call-backs (好差评与回访, F98): five grades of GB/T 39734, who is drawn, what small groups hide. No database here."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.needs.rules import NeedState

#: Matters that have been handled to an end; one is rated once (一事一评).
HANDLED = frozenset(
    {
        NeedState.INELIGIBLE,
        NeedState.REJECTED,
        NeedState.SETTLED,
        NeedState.WITHDRAWN,
        NeedState.CLOSED,
        NeedState.TERMINATED,
    }
)
#: The acts that bring a need to such an end.
ENDING = (Act.REFUSE_NEED, Act.REJECT_CASE, Act.ACCEPT_OFFER, Act.WITHDRAW_NEED, Act.CLOSE_NEED, Act.BREAK_PROMISE)


class Grade(StrEnum):
    """The five grades of GB/T 39734-2020; the last two are bad (差评)."""

    FIVE = "5"
    FOUR = "4"
    THREE = "3"
    TWO = "2"
    ONE = "1"


BAD = frozenset({Grade.TWO, Grade.ONE})
#: What may be said beside the grade of a matter handled online.
ASPECTS = ("efficiency", "guidance", "convenience", "usability")


class CallMatter(StrEnum):
    """What a call is about: each is a matter that was handled to its end."""

    NEED = "need"
    REQUEST = "request"
    INSPECTION = "inspection"


class CallReason(StrEnum):
    DRAWN = "drawn"
    BAD = "bad"


class CallState(StrEnum):
    """A bad rating is verified and put right before the firm is called; what was drawn is called at once."""

    VERIFY = "verify"
    RECTIFY = "rectify"
    CALL = "call"
    CALLED = "called"


S = CallState
CALL_FLOW = Flow(
    start=S.CALL,
    steps={
        (S.VERIFY, Act.VERIFY_RATING): S.RECTIFY,
        (S.RECTIFY, Act.RECTIFY): S.CALL,
        (S.CALL, Act.MISS_CALL): S.CALL,
        (S.CALL, Act.CALL_BACK): S.CALLED,
    },
)


def seed(month: date, link: str) -> str:
    """The seed of a month's draw: the SHA-256 of "month:link of the last journal line before the next month", in hexadecimal.

    It exists only once the month is over, and nobody can choose it.
    """
    return _digest(f"{month:%Y-%m}:{link}")


def drawn(seed: str, pool: Collection[str], share: int) -> tuple[str, ...]:
    """The numbers that come out: the lowest tickets (SHA-256 of "seed:number"), at least `share` ppm of the pool, rounded up."""
    count = -(-len(pool) * share // 1_000_000)
    return tuple(sorted(pool, key=lambda number: (_digest(f"{seed}:{number}"), number))[:count])


def first_of(day: date) -> date:
    return day.replace(day=1)


def month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
