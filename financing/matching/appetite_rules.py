"""Appetite (放贷偏好, F86): what a bank looks for in a month or a quarter, and how that narrows its products. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from financing.matching.teaser_rules import Teaser, section_of
from scoring.match_rules import GRADES

#: A code no firm, size or trade has: where two lists have nothing in common, nobody fits.
NOBODY = "-"


class PeriodKind(StrEnum):
    """For how long an appetite is declared; a month goes before the quarter it lies in."""

    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar month or quarter, both days included."""

    kind: PeriodKind
    starts: date
    ends: date

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.starts}"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a bank declares; an empty list or None limits nothing. Amounts in fen, terms in months."""

    sections: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    shortest: int | None = None
    longest: int | None = None
    grade: str = "C"
    guaranteed_only: bool = False


def periods(day: date) -> tuple[Period, ...]:
    """The periods that can be declared for: this month and the next, this quarter and the next."""
    month, quarter = day.replace(day=1), date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return tuple(
        Period(kind, start, _after(start, length) - timedelta(days=1))
        for kind, first, length in ((PeriodKind.MONTH, month, 1), (PeriodKind.QUARTER, quarter, 3))
        for start in (first, _after(first, length))
    )


def narrowed(product: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    """A product in the columns of scoring.match, within what the bank declares besides: never wider than either."""
    return {
        **product,
        "sectors": _both(product["sectors"], limits.sections),
        "no_go": sorted({*product["no_go"], *limits.barred}),
        "sizes": _both(product["sizes"], limits.sizes),
        "least_fen": max(product["least_fen"], limits.least or 0),
        "most_fen": product["most_fen"] if limits.most is None else min(product["most_fen"], limits.most),
        "least_months": max(product["least_months"], limits.shortest or 0),
        "most_months": product["most_months"] if limits.longest is None else min(product["most_months"], limits.longest),
        "lowest_grade": max(product["lowest_grade"], limits.grade, key=GRADES.index),
        "guarantee_required": product["guarantee_required"] or limits.guaranteed_only,
    }  # fmt: skip


def may_fit(shown: Teaser, limits: Limits) -> bool:
    """Whether the need behind a teaser may lie within the limits: every part that is told at least touches them."""
    return all((
        _some(shown.sections, lambda own: (not limits.sections or own in limits.sections) and own not in limits.barred),
        _some(shown.sizes, lambda own: not limits.sizes or own in limits.sizes),
        _some(shown.grades, lambda own: own in GRADES and GRADES.index(own) >= GRADES.index(limits.grade)),
        _touches(shown.amount, limits.least, limits.most),
        _touches(shown.months, limits.shortest, limits.longest),
        shown.guaranteed is not False or not limits.guaranteed_only,
    ))  # fmt: skip


def _some(told: Iterable[str], suits: Any) -> bool:
    told = tuple(told)
    return not told or any(suits(one) for one in told)


def _touches(span: tuple[int, int | None] | None, least: int | None, most: int | None) -> bool:
    if span is None:
        return True
    low, high = span
    return (least is None or high is None or high >= least) and (most is None or low < most)


def _both(own: Iterable[str], asked: Iterable[str]) -> list[str]:
    """What lies in both lists, of which an empty one limits nothing; trades may be a section's letter or a finer code."""
    own, asked = list(own), list(asked)
    if not own or not asked:
        return own or asked
    return [code for code in own if section_of(code) in asked or code in asked] or [NOBODY]


def _after(start: date, months: int) -> date:
    """The first day so many months later."""
    place = start.month - 1 + months
    return date(start.year + place // 12, place % 12 + 1, 1)
