"""Loans after the pay-out (贷后): how payments cover what fell due, days past due, five classes. No database.

Payments cover instalments in the order of the contract, principal and interest each for itself as the bank booked them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from financing.money import Fen
from scoring.schedule import Due, Event, Terms, Turn, schedule


class Source(StrEnum):
    """How a repayment came onto the platform."""

    TYPED = "typed"
    FILE = "file"


class Change(StrEnum):
    """Why there is another version of a repayment plan."""

    DRAWN = "drawn"  # paid out, or a report of that taken back
    EARLY = "early"  # principal repaid before it fell due
    RATE = "rate"
    EXTENDED = "extended"
    TAKEN_BACK = "taken_back"  # a repayment that was recorded by mistake


class FiveClass(StrEnum):
    """The five classes of risk (五级分类), the best first."""

    NORMAL = "normal"  # 正常
    ATTENTION = "attention"  # 关注
    SUBSTANDARD = "substandard"  # 次级
    DOUBTFUL = "doubtful"  # 可疑
    LOSS = "loss"  # 损失

    @property
    def rank(self) -> int:
        return list(FiveClass).index(self)


class Bucket(StrEnum):
    """How long something is past due (逾期账龄)."""

    NONE = "none"
    TO_30 = "to_30"
    TO_60 = "to_60"
    TO_90 = "to_90"
    TO_180 = "to_180"
    TO_360 = "to_360"
    OVER = "over"


#: The last day of each bucket.
BUCKETS = {0: Bucket.NONE, 30: Bucket.TO_30, 60: Bucket.TO_60, 90: Bucket.TO_90, 180: Bucket.TO_180, 360: Bucket.TO_360}


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment as the bank booked it, in fen."""

    on: date
    principal: int
    interest: int


@dataclass(frozen=True, slots=True)
class Owed:
    """How one loan stands on a day, in fen: of what fell due what is open, since which day, and what falls due next."""

    principal: int
    interest: int
    since: date | None
    days: int
    next: Due | None


@dataclass(frozen=True, slots=True)
class ClassDays:
    """Days past due from which a loan is in a class: attention from the first so many, the others beyond so many."""

    attention: int
    substandard: int
    doubtful: int
    loss: int


def by_days(days: int, of: ClassDays) -> FiveClass:
    """The class by days past due alone."""
    beyond = {FiveClass.LOSS: of.loss, FiveClass.DOUBTFUL: of.doubtful, FiveClass.SUBSTANDARD: of.substandard}
    for found, bar in beyond.items():
        if days > bar:
            return found
    return FiveClass.ATTENTION if days >= of.attention else FiveClass.NORMAL


def worst(*classes: FiveClass | None) -> FiveClass:
    return max((one for one in classes if one), key=lambda one: one.rank, default=FiveClass.NORMAL)


def bucket(days: int) -> Bucket:
    return next((found for last, found in BUCKETS.items() if days <= last), Bucket.OVER)


def owed(
    plan: Sequence[Due], paid: Iterable[Paid], day: date, opens: Callable[[date], date], tolerance: int = 0
) -> Owed:
    """What is open of what fell due before a day; a due day on which banks are closed moves to the next open one (民法典第203条).

    `tolerance` is the fen of interest by which one instalment may differ from what the bank counted and still be covered.
    """
    left = list(zip(plan, uncovered(plan, paid, day, tolerance), strict=True))
    late = [(due, gap) for due, gap in left if any(gap) and opens(due.day) < day]
    since = opens(late[0][0].day) if late else None
    coming = next((Due(due.day, *gap) for due, gap in left if any(gap) and (due, gap) not in late), None)
    sums = (sum(gap[0] for _, gap in late), sum(gap[1] for _, gap in late))
    return Owed(*sums, since, (day - since).days if since else 0, coming)


def uncovered(plan: Sequence[Due], paid: Iterable[Paid], day: date, tolerance: int) -> list[tuple[int, int]]:
    """What is not covered of each instalment by what was paid until a day: fen of principal and of interest."""
    until = [one for one in paid if one.on <= day]
    principal, interest = sum(one.principal for one in until), sum(one.interest for one in until)
    principals = _uncovered([one.principal for one in plan], principal, 0)
    return list(zip(principals, _uncovered([one.interest for one in plan], interest, tolerance), strict=True))


def _uncovered(asked: Sequence[int], paid: int, tolerance: int) -> list[int]:
    """The open part of each sum when the oldest is covered first; what is short within the tolerance counts as covered."""
    found = []
    for number, (total, one) in enumerate(zip(accumulate(asked), asked, strict=True), 1):
        short = min(one, max(0, total - paid))
        found.append(0 if total - paid <= tolerance * number else short)
    return found


def events(terms: Terms, changes: Iterable[Event], paid: Iterable[Paid], ahead: int = 0) -> tuple[Event, ...]:
    """The changes of a plan with what was repaid before it fell due: beyond what is due that day, or within the days `ahead` of it."""
    known = list(changes)
    early: list[Event] = []
    total = 0
    for one in sorted(paid, key=lambda each: each.on):
        total += one.principal
        until = [each for each in known if each.on <= one.on]
        asked = sum(
            due.principal for due in schedule(terms, [*until, *early]) if due.day <= one.on + timedelta(days=ahead)
        )
        if total > asked:
            early.append(Event(min(one.on, _last(terms, until)), Turn.EARLY, total - asked))
    return tuple(sorted([*known, *early], key=lambda each: each.on))


def _last(terms: Terms, changes: Iterable[Event]) -> date:
    return max([terms.matures, *(one.until for one in changes if one.until)])


def still_guaranteed(balance: Fen, outstanding: Fen) -> Fen:
    """What a repayment frees of a guarantee: no more stays guaranteed than is still owed."""
    return max(Fen(0), balance - outstanding)
