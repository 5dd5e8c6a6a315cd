"""What guarantees cost and what came back (代偿率、追偿回收率): the same sums of the ledger for all, or by bank, industry, grade, year. No database.

Compensation rate = paid for firms ÷ guarantees ended in the same time (解除担保额: repaid, released, paid for);
recovery rate = recovered ÷ paid for firms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from financing.letters.rules import EntryKind, ended
from financing.money import Fen, Rate, divide_half_up
from financing.register.policy import EVER
from financing.register.rules import Book, Letter
from financing.register.rules import Line as Booked

MILLION = 1_000_000


class Period(StrEnum):
    """Over which time a ratio is taken."""

    YEAR = "year"
    TWELVE = "twelve"  # the twelve months until the day
    EVER = "ever"


class By(StrEnum):
    """How the guarantees are grouped."""

    BANK = "bank"
    INDUSTRY = "industry"
    GRADE = "grade"
    VINTAGE = "vintage"  # the year of issue


def first_day(period: Period, day: date) -> date:
    """The first day that counts for a period that ends on a day."""
    if period is Period.EVER:
        return EVER
    if period is Period.YEAR:
        return date(day.year, 1, 1)
    same = date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
    return same + date.resolution


@dataclass(slots=True)
class Sums:
    """Sums of the ledger by kind, and the ratios that follow."""

    of: dict[EntryKind, Fen] = field(default_factory=lambda: defaultdict(lambda: Fen(0)))

    def add(self, kind: EntryKind, amount: Fen) -> None:
        self.of[kind] += amount

    @property
    def ended(self) -> Fen:
        return ended(self.of)

    @property
    def compensated(self) -> Fen:
        return self.of[EntryKind.COMPENSATED]

    @property
    def recovered(self) -> Fen:
        return self.of[EntryKind.RECOVERED]

    @property
    def lost(self) -> Fen:
        return self.of[EntryKind.LOST]

    @property
    def compensation_rate(self) -> Rate | None:
        return ratio(self.compensated, self.ended)

    @property
    def recovery_rate(self) -> Rate | None:
        return ratio(self.recovered, self.compensated)


@dataclass(frozen=True, slots=True)
class Grouped:
    """One group and its sums; `key` finds its lines again, `name` is what people read."""

    key: str
    name: str
    sums: Sums


def ratio(part: Fen, whole: Fen) -> Rate | None:
    """A part of a whole, half up to a millionth; None without a whole."""
    return Rate(divide_half_up(part.fen * MILLION, whole.fen)) if whole > Fen(0) else None


def summed(lines: Iterable[tuple[Letter, Booked]]) -> Sums:
    """The sums of some lines."""
    sums = Sums()
    for _, line in lines:
        sums.add(line.kind, line.amount)
    return sums


def grouped(book: Book, first: date, last: date, key: Callable[[Letter], tuple[str, str]]) -> tuple[Grouped, ...]:
    """Every group that had a line in the time, in the order of their keys; together they are the whole, to the fen."""
    of: dict[tuple[str, str], list[tuple[Letter, Booked]]] = defaultdict(list)
    for letter, line in book.between(EntryKind, first, last):
        of[key(letter)].append((letter, line))
    return tuple(Grouped(*name, summed(of[name])) for name in sorted(of))


def within(book: Book, first: date, last: date, chosen: Callable[[Letter], bool]) -> Sequence[tuple[Letter, Booked]]:
    """The lines behind the sums of one group, the newest first."""
    found = [(letter, line) for letter, line in book.between(EntryKind, first, last) if chosen(letter)]
    return sorted(found, key=lambda pair: (pair[1].on, pair[0].number), reverse=True)
