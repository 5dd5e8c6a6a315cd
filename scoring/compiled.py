"""A card made ready to count with (编译后的评分卡): every rule a row of cells on the number line, every edge exact."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, inf, nextafter
from typing import Any, Generic, Protocol, TypeVar

from scoring.card import Card, Item, Operator, Scale
from scoring.card_faults import options
from scoring.facts import FEN_PER_WAN, Fact, Kind
from scoring.held import UnknownValue
from scoring.industries import industry as entry

Number = int | float
Thing = TypeVar("Thing")
Result = TypeVar("Result")

REASONS = 3
"""How many of the costliest items are named beside a score."""

KEPT = 64
"""How many cards are kept compiled; a house has a few in force and a few drafts."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """One rule in one trade: cell n holds the values from `breaks[n - 1]` up to, but without, `breaks[n]`.

    `breaks` are in the unit in which the fact is held (whole numbers for fen and counts). A choice has no breaks: its cells are
    its options in their order. `points` are those of each cell (of a red line 1 for a hit), `missing` those of no value.
    """

    fact: Fact
    breaks: tuple[Number, ...]
    points: tuple[int, ...]
    missing: int = 0

    def cell(self, value: Number | str) -> int:
        """Where a value belongs, given as `plain` gives it."""
        return bisect_right(self.breaks, value) if self.breaks else places(self.fact)[value]


class Places(dict[Any, int]):
    """Options of a fact to their places; a stranger is refused by the name of the fact."""

    def __init__(self, fact: Fact) -> None:
        codes: Iterable[object] = (True, False) if fact.kind is Kind.FLAG else fact.choices
        super().__init__((code, place) for place, code in enumerate(codes))
        self.fact = fact

    def __missing__(self, value: object) -> int:
        raise UnknownValue(self.fact, value)


def places(fact: Fact) -> Places:
    """The places of the options of a choice or a flag; none of a number."""
    return _FACTS.of(fact)


@dataclass(frozen=True, slots=True)
class Trade:
    """The card for firms of one kind of trade: a scale and a ladder for every item, a ladder for every red line."""

    scales: tuple[Scale, ...]
    items: tuple[Ladder, ...]
    vetoes: tuple[Ladder, ...]


class Compiled:
    """One version of a card, its trades told apart; `trades[0]` is that of firms whose industry is not known."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.facts = card.facts
        self.most = tuple(item.most for item in card.item)
        self.bounds = tuple(least for _, least in reversed(card.falling))
        self.grades = tuple(grade for grade, _ in reversed(card.falling))
        self.ceilings = tuple(card.ceiling_fen(grade) for grade in self.grades)
        self.vetoes = tuple(map(red_line, card.veto))
        self.by_industry = any(item.industry for item in card.item)
        self.trades: list[Trade] = []
        self._alike: dict[tuple[int, ...], int] = {}
        self._known: dict[str, int] = {}
        self._trade(None)

    def trade(self, industry: str | None) -> int:
        """The place among `trades` of a firm's industry code; refused as `UnknownIndustry` outside the list."""
        if not industry or not self.by_industry:
            return 0
        if (place := self._known.get(industry)) is None:
            code = entry(industry).code
            place = self._known[code] = self._trade(code)  # by bare codes alone: spellings have no end
        return place

    def _trade(self, code: str | None) -> int:
        scales = tuple(item.scale(code) for item in self.card.item)
        place = self._alike.setdefault(tuple(map(id, scales)), len(self.trades))
        if place == len(self.trades):
            self.trades.append(Trade(scales, tuple(map(ladder, self.card.item, scales)), self.vetoes))
        return place

    def grade(self, total: int) -> int:
        """The place among `grades`, worst first, of a total."""
        return bisect_right(self.bounds, total) - 1

    @cached_property
    def ranked(self) -> tuple[int, ...]:
        """Places of the items as equal losses are named: the one that loses the greater share, then the earlier one."""
        return tuple(sorted(range(len(self.most)), key=lambda place: (self.most[place], place)))


class Made(Generic[Thing, Result]):
    """What was made of the things seen last, by which thing it was: to compare two cards takes longer than to apply one."""

    def __init__(self, make: Callable[..., Result], most: int) -> None:
        self._make, self._most = make, most
        self._kept: dict[int, tuple[Thing, Result]] = {}

    def of(self, thing: Thing, *more: object) -> Result:
        kept = self._kept.get(id(thing))
        if kept is None:
            for oldest in list(self._kept)[: max(len(self._kept) + 1 - self._most, 0)]:
                self._kept.pop(oldest, None)
            kept = self._kept[id(thing)] = (
                thing,
                self._make(thing, *more),
            )  # holds the thing, so that its id stays its own
        return kept[1]


def compiled(card: Card) -> Compiled:
    """A card compiled once, however often it is applied."""
    return _CARDS.of(card)


def ladder(item: Item, scale: Scale) -> Ladder:
    """An item under one of its scales: the same ladder in every trade that has the same scale."""
    return _SCALES.of(scale, item)


class Limit(Protocol):
    """What compares one fact with a value: a red line of a card, a condition of a policy. Numbers are in the unit of the fact, 万元 for money."""

    @property
    def held(self) -> Fact: ...
    @property
    def operator(self) -> Operator: ...
    @property
    def value(self) -> bool | Decimal | str | tuple[str, ...]: ...


def red_line(limit: Limit) -> Ladder:
    """A red line, or a condition, as a ladder of hits: 1 where the fact stands as it says."""
    return _VETOES.of(limit)


def _item(scale: Scale, item: Item) -> Ladder:
    fact = item.held
    if scale.choices:
        return Ladder(fact, (), tuple(scale.choices[code] for code in options(fact)), item.missing)
    marks = tuple(points for _, points in scale.bands)
    if item.better == "higher":
        return Ladder(
            fact, tuple(_from(edge, fact) for edge, _ in reversed(scale.bands)), (0, *reversed(marks)), item.missing
        )
    return Ladder(fact, tuple(_beyond(edge, fact) for edge, _ in scale.bands), (*marks, 0), item.missing)


def _red_line(veto: Limit) -> Ladder:
    fact, limit = veto.held, veto.value
    if isinstance(limit, Decimal):
        start, end = _from(limit, fact), _beyond(limit, fact)
        cells: dict[str, tuple[tuple[Number, ...], tuple[int, ...]]] = {
            "at_least": ((start,), (0, 1)),
            "at_most": ((end,), (1, 0)),
            "equals": ((start, end), (0, 1, 0)),
        }
        return Ladder(fact, *cells[veto.operator])
    struck = ("yes" if limit else "no",) if isinstance(limit, bool) else limit
    return Ladder(
        fact, (), tuple(int(code in ((struck,) if isinstance(struck, str) else struck)) for code in options(fact))
    )


def _from(edge: Decimal, fact: Fact) -> Number:
    """The first value that is at least an edge."""
    return float(edge) if fact.kind is Kind.NUMBER else ceil(_exact(edge, fact))


def _beyond(edge: Decimal, fact: Fact) -> Number:
    """The first value above an edge."""
    return nextafter(float(edge), inf) if fact.kind is Kind.NUMBER else floor(_exact(edge, fact)) + 1


def _exact(edge: Decimal, fact: Fact) -> Fraction:
    return Fraction(edge) * (FEN_PER_WAN if fact.kind is Kind.MONEY else 1)


_FACTS: Made[Fact, Places] = Made(Places, 100 * KEPT)
_CARDS: Made[Card, Compiled] = Made(Compiled, KEPT)
_SCALES: Made[Scale, Ladder] = Made(_item, 100 * KEPT)
_VETOES: Made[Limit, Ladder] = Made(_red_line, 100 * KEPT)
