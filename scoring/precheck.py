"""What a firm would score for certain, at worst and at best, while most facts are still unknown (预检的分数区间)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor

from scoring.card import Card, Veto
from scoring.facts import Fact, Kind
from scoring.sheet import Value, held, hits, points


@dataclass(frozen=True, slots=True)
class Within:
    """A number known only to lie above one bound (None: any) and at most at another, in the unit of its fact."""

    above: Decimal | None
    most: Decimal | None

    def holds(self, value: Decimal) -> bool:
        return (self.above is None or value > self.above) and (self.most is None or value <= self.most)


Answer = Value | Within
"""What is known of a fact: its value, its bounds, or nothing (None), which also covers that it is never handed in."""


@dataclass(frozen=True, slots=True)
class Span:
    """The points of one fact, all items that read it together; `open` where worst and best differ."""

    fact: str
    worst: int
    best: int
    most: int

    @property
    def open(self) -> int:
        """The points still undecided."""
        return self.best - self.worst


@dataclass(frozen=True, slots=True)
class Interval:
    """The totals and grades between which every completion of the facts lies, and where the points come from."""

    card: Card
    worst: int
    best: int
    spans: tuple[Span, ...]
    hit: tuple[Veto, ...]

    @property
    def worst_grade(self) -> str:
        return self.card.grade(self.worst)

    @property
    def best_grade(self) -> str:
        return self.card.grade(self.best)

    @property
    def ceilings_fen(self) -> tuple[int, int]:
        """The guarantee ceiling at worst and at best; nothing below the line or where a red line is crossed."""
        return self._ceiling(self.worst), self._ceiling(self.best)

    @property
    def reaches_line(self) -> bool | None:
        """Whether the admission line is reached: for certain, certainly not, or None where it depends on what is unknown."""
        if self.worst >= self.card.line:
            return True
        return None if self.best >= self.card.line else False

    def undecided(self, number: int) -> tuple[Span, ...]:
        """The facts that decide most of what is still open, weightiest first."""
        return tuple(sorted((span for span in self.spans if span.open), key=lambda span: -span.open)[:number])

    def _ceiling(self, total: int) -> int:
        return self.card.ceiling_fen(self.card.grade(total)) if total >= self.card.line and not self.hit else 0


def interval(card: Card, answers: Mapping[str, Answer], industry: str | None = None) -> Interval:
    """Worst and best total over every value that the answers leave open, facts that are never handed in included.

    Raises `UnknownValue` for a value its fact cannot hold, `UnknownIndustry` for a code outside the list.
    """
    spans = tuple(
        _span(card, fact, answers.get(fact), industry) for fact in dict.fromkeys(item.fact for item in card.item)
    )
    hit = tuple(veto for veto in card.veto if _crossed(veto, answers.get(veto.fact)))
    return Interval(card, sum(span.worst for span in spans), sum(span.best for span in spans), spans, hit)


def _crossed(veto: Veto, answer: Answer) -> bool:
    """Whether a red line is crossed for certain; bounds alone never say so."""
    return answer is not None and not isinstance(answer, Within) and hits(veto, held(veto.held, answer))


def _span(card: Card, fact: str, answer: Answer, industry: str | None) -> Span:
    items = [item for item in card.item if item.fact == fact]
    edges = {edge for item in items for edge, _ in item.steps(item.scale(industry))}
    totals = [sum(points(item, value, industry) for item in items) for value in possible(items[0].held, answer, edges)]
    return Span(fact, min(totals), max(totals), sum(item.most for item in items))


def possible(fact: Fact, answer: Answer, edges: Iterable[Decimal]) -> set[Value]:
    """Enough values to meet every band that an answer leaves open; `edges` are where the points of a number change."""
    if isinstance(answer, Within):
        return _between(fact, answer, edges)
    if answer is not None:
        return {held(fact, answer)}
    if fact.kind in {Kind.CHOICE, Kind.FLAG}:
        return {None, *fact.choices} if fact.choices else {None, True, False}
    return {None, *_between(fact, Within(None, None), edges)}


def _between(fact: Fact, bounds: Within, edges: Iterable[Decimal]) -> set[Value]:
    """The edges and bounds themselves, one value between each two of them, and one beyond the last where nothing bounds it."""
    marks = sorted({*edges, *(bound for bound in (bounds.above, bounds.most) if bound is not None)})
    beyond = [marks[0] - 1, marks[-1] + 1]
    values = [*marks, *((low + high) / 2 for low, high in pairwise(marks)), *beyond]
    if fact.kind is not Kind.NUMBER:
        values = [Decimal(whole) for value in values for whole in (floor(value), ceil(value))]
    return {held(fact, value) for value in values if bounds.holds(value)}
