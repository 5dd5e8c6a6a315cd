"""What one changed fact would do (假如): the cell of every fact is looked up once, then each other total is an addition."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from math import inf, nextafter
from typing import Any, NamedTuple

from scoring.card import Card
from scoring.card_faults import options
from scoring.compiled import Compiled, Ladder, Number, compiled, places
from scoring.facts import Fact, Kind
from scoring.held import NATURAL, plain
from scoring.lines import Origin
from scoring.one import expired


class Cell(NamedTuple):
    """Values of a fact that all rules treat alike: from `least` to `most`, both within, or one `option`; all None if missing.

    Bounds are in the unit in which the fact is held. `points` are those of all items that rest on the fact, `weight` their
    full marks where the value is missing, `hits` the places of the red lines it hits.
    """

    fact: str
    least: Number | None
    most: Number | None
    option: str | None
    points: int
    weight: int
    hits: frozenset[int]


class Change(NamedTuple):
    """One fact brought to another cell; `gain` in points, negative for a loss."""

    gain: int
    to: Cell


class Outcome(NamedTuple):
    """The judgement after some changes."""

    total: int
    missing_weight: int
    grade: str
    vetoed: bool
    insufficient: bool
    qualified: bool
    ceiling_fen: int


class Table:
    """All cells of one fact under one trade, the missing one last, and from each the changes to every other but that."""

    def __init__(self, fact: Fact, rules: Compiled, trade: int) -> None:
        items = [pair for pair in zip(rules.trades[trade].items, rules.most, strict=True) if pair[0].fact is fact]
        vetoes = {place: ladder for place, ladder in enumerate(rules.vetoes) if ladder.fact is fact}
        ladders = [*(ladder for ladder, _ in items), *vetoes.values()]
        self.fact, self.places = fact, places(fact)
        self.natural: Any = NATURAL[fact.kind]
        self.breaks = tuple(sorted({edge for ladder in ladders for edge in ladder.breaks}))
        cells = []
        for place, bounds in enumerate(_bounds(fact, self.breaks)):
            hits = frozenset(veto for veto, ladder in vetoes.items() if _reached(ladder, self.breaks, place))
            points = sum(_reached(ladder, self.breaks, place) for ladder, _ in items)
            cells.append(Cell(fact.name, *bounds, points, 0, hits))
        points, weight = sum(ladder.missing for ladder, _ in items), sum(most for _, most in items)
        self.cells = (*cells, Cell(fact.name, None, None, None, points, weight, frozenset()))
        self.changes = tuple(
            tuple(Change(to.points - now.points, to) for to in cells if to is not now) for now in self.cells
        )

    def place(self, value: Any) -> int:
        """Where a value belongs, -1 for none; refused as `UnknownValue` where the fact cannot hold it."""
        if value.__class__ is not self.natural or (self.natural is float and value - value):  # nan, or infinite
            value = plain(self.fact, value)
        if value is None:
            return -1
        return bisect_right(self.breaks, value) if self.breaks else self.places[value]


class Standing:
    """Where a firm stands under a card: the cell of every fact, and the changes open to it."""

    __slots__ = ("cells", "changes", "expired", "rules", "tables", "total")

    def __init__(self, rules: Compiled, trade: int, facts: Mapping[str, object], gone: frozenset[int]) -> None:
        self.rules, self.expired = rules, gone
        self.tables = tables(rules, trade)
        self.cells: dict[str, Cell] = {}
        self.changes: dict[str, tuple[Change, ...]] = {}
        self.total, get = 0, facts.get
        for name, table in self.tables.items():
            place = table.place(get(name))
            self.cells[name] = cell = table.cells[place]
            self.changes[name] = table.changes[place]
            self.total += cell.points

    def change(self, fact: str, value: object) -> Change:
        """What a new value of one fact would be. Raises `UnknownValue`."""
        table = self.tables[fact]
        to = table.cells[table.place(value)]
        return Change(to.points - self.cells[fact].points, to)

    def after(self, *changes: Change) -> Outcome:
        """The judgement with these changes, at most one a fact; with none, as it is now. A changed fact is a fresh one."""
        card, changed = self.rules.card, {change.to.fact: change.to for change in changes}
        cells = (self.cells | changed).items()
        total, missing = sum(cell.points for _, cell in cells), sum(cell.weight for _, cell in cells)
        vetoed = any(cell.hits if name in changed else cell.hits - self.expired for name, cell in cells)
        insufficient = missing > card.missing_most
        qualified = total >= card.line and not insufficient and not vetoed
        grade = self.rules.grade(total)
        ceiling = self.rules.ceilings[grade] if qualified else 0
        return Outcome(total, missing, self.rules.grades[grade], vetoed, insufficient, qualified, ceiling)


def whatif(
    card: Card,
    facts: Mapping[str, object],
    *,
    industry: str | None = None,
    dated: Mapping[str, Origin] | None = None,
    on: date | None = None,
) -> Standing:
    """All that one changed fact could do for a firm, given as `sheet` takes it. Raises `UnknownValue`, `UnknownIndustry`."""
    rules = compiled(card)
    return Standing(rules, rules.trade(industry), facts, expired(card, dated or {}, on))


@lru_cache(maxsize=256)
def tables(rules: Compiled, trade: int) -> Mapping[str, Table]:
    """The look-up form of a card for one trade, by fact."""
    return {name: Table(fact, rules, trade) for name, fact in rules.facts.items()}


def _bounds(fact: Fact, breaks: tuple[Number, ...]) -> list[tuple[Number | None, Number | None, str | None]]:
    if fact.kind in {Kind.CHOICE, Kind.FLAG}:
        return [(None, None, code) for code in options(fact)]
    ends = [nextafter(edge, -inf) if fact.kind is Kind.NUMBER else edge - 1 for edge in breaks]
    return list(zip((None, *breaks), (*ends, None), (None,) * (len(breaks) + 1), strict=True))


def _reached(ladder: Ladder, breaks: tuple[Number, ...], place: int) -> int:
    """The points a rule gives in one cell of the fact."""
    if not breaks:
        return ladder.points[place]
    return ladder.points[bisect_right(ladder.breaks, breaks[place - 1]) if place else 0]
