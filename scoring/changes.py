"""What a firm can lawfully change (可改的事实): every better value with its points, months and steps, and what must move with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from math import ceil, floor
from typing import Any

from scoring.card import Card, Item, Veto
from scoring.compiled import compiled
from scoring.facts import FACTS, FEN_PER_WAN, Fact, Kind
from scoring.links import BONDS, Bond
from scoring.pace import Terms
from scoring.sheet import Origin, Sheet, Value, held, hits, points, sheet


@dataclass(frozen=True, slots=True)
class Change:
    """One fact from the value it has (None: not known) to the least that is enough; `lifts` are red lines left behind."""

    fact: str
    before: Value
    after: Value
    points: int
    months: int
    steps: int
    lifts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """Changes that are made together and do not contradict each other; none: all stays as it is."""

    changes: tuple[Change, ...]

    @property
    def gain(self) -> int:
        return sum(change.points for change in self.changes)

    @property
    def longest(self) -> int:
        return max((change.months for change in self.changes), default=0)

    @property
    def cost(self) -> tuple[int, int, int]:
        """How many changes, how many bands climbed, how many months in all."""
        steps = sum(change.steps for change in self.changes)
        return len(self.changes), steps, sum(change.months for change in self.changes)

    def beats(self, other: Option) -> bool:
        """At least as good in every respect."""
        cheap = all(mine <= its for mine, its in zip(self.cost, other.cost, strict=True))
        return cheap and self.gain >= other.gain and self.longest <= other.longest


@dataclass(frozen=True, slots=True)
class Group:
    """Facts tied to each other and every way to move them; `forced` are the red lines that must be left behind."""

    facts: tuple[str, ...]
    forced: tuple[Veto, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One firm under one card: what is known, whence and of which day, and how fast it can change."""

    card: Card
    facts: Mapping[str, object]
    industry: str | None = None
    dated: Mapping[str, Origin] = field(default_factory=dict)
    on: date | None = None
    terms: Terms | None = None

    def sheet(self, changed: Mapping[str, Value] | None = None) -> Sheet:
        """The score as it stands, or with some facts changed today."""
        moved = changed or {}
        today = {name: (self.fact(name).source, self.on) for name in moved if self.on}
        dated = {**self.dated, **today}
        return sheet(self.card, {**self.facts, **moved}, industry=self.industry, dated=dated, on=self.on)

    @property
    def terms_on(self) -> Terms:
        """The terms given, else those in force on the day of scoring or, without one, on the card's first day."""
        return self.terms or Terms.of(self.on or self.card.since)

    @property
    def read(self) -> tuple[str, ...]:
        """Every fact the card reads, in its order."""
        return tuple(compiled(self.card).facts)

    def fact(self, name: str) -> Fact:
        """A fact by name: as the card knows it, or one that it does not read."""
        return compiled(self.card).facts.get(name) or FACTS[name]

    def known(self, fact: str) -> Value:
        return held(self.fact(fact), self.facts.get(fact))

    def items(self, fact: str) -> tuple[Item, ...]:
        return tuple(item for item in self.card.item if item.fact == fact)

    def vetoes(self, fact: str) -> tuple[Veto, ...]:
        return tuple(veto for veto in self.card.veto if veto.fact == fact)

    def edges(self, fact: str) -> set[Decimal]:
        """Where the points of a number change, in the unit in which it is held."""
        return {edge for item in self.items(fact) for edge, _ in item.steps(item.scale(self.industry))}

    def groups(self, *, supplying: bool) -> tuple[Group, ...]:
        """All groups, the forced ones first; with `supplying`, what is not known yet may turn out well."""
        hit = {check.key for check in self.sheet().hits}
        found = [self._group(facts, hit, supplying=supplying) for facts in _tied(self.read)]
        return tuple(sorted(found, key=lambda group: not group.forced))

    def _group(self, facts: tuple[str, ...], hit: set[str], *, supplying: bool) -> Group:
        forced = tuple(veto for fact in facts for veto in self.vetoes(fact) if veto.key in hit)
        ways = [[None, *self._ways(fact, hit, facts, supplying=supplying)] for fact in facts]
        made = (Option(tuple(change for change in picked if change)) for picked in product(*ways))
        sound = sorted((o for o in made if self._sound(o, forced)), key=lambda o: (o.cost, -o.gain, o.longest))
        kept: list[Option] = []
        for option in sound:
            if not any(other.beats(option) for other in kept):
                kept.append(option)
        return Group(facts, forced, tuple(kept))

    def _sound(self, option: Option, forced: tuple[Veto, ...]) -> bool:
        """Leaves behind what it must, gains points where it need not, and contradicts nothing."""
        lifted = {key for change in option.changes for key in change.lifts}
        worth = option.gain > 0 if option.changes and not forced else lifted.issuperset(veto.key for veto in forced)
        return worth and all(self._possible(option, bond) for bond in BONDS)

    def _possible(self, option: Option, bond: Bond) -> bool:
        after = {change.fact: change.after for change in option.changes}
        if not after.keys() & {bond.driver, bond.follower}:
            return True
        return bond.holds(*(after.get(fact, self.known(fact)) for fact in (bond.driver, bond.follower)))

    def _ways(self, fact: str, hit: set[str], tied: tuple[str, ...], *, supplying: bool) -> Iterator[Change]:
        """Every other value that the firm can lawfully reach in time and that crosses no red line."""
        before = self.known(fact)
        if before is None and not supplying:
            return
        lifts = tuple(veto.key for veto in self.vetoes(fact) if veto.key in hit)
        for after in sorted(self._values(self.fact(fact), tied), key=str):
            gained, steps = self._worth(fact, before, after)
            months = 0 if before is None else self.terms_on.months(self.fact(fact), before, after, steps)
            if after != before and months is not None and not any(hits(veto, after) for veto in self.vetoes(fact)):
                yield Change(fact, before, after, gained, months, steps, lifts)

    def _worth(self, fact: str, before: Value, after: Value) -> tuple[int, int]:
        """Points gained and bands climbed, over all items that read the fact."""
        gained = climbed = 0
        for item in self.items(fact):
            old, new = points(item, before, self.industry), points(item, after, self.industry)
            gained += new - old
            climbed += sum(old < marks <= new for marks in item.scale(self.industry).marks)
        return gained, climbed

    def _values(self, fact: Fact, tied: tuple[str, ...]) -> set[Value]:
        """All choices; of a number the edges, what lies beside a red line, and what a bond asks for."""
        if fact.kind in {Kind.FLAG, Kind.CHOICE}:
            return set(fact.choices) or {True, False}
        limits = [limit for veto in self.vetoes(fact.name) if isinstance(limit := veto.limit, Decimal)]
        edges = self.edges(fact.name) | {limit + side * BESIDE[fact.kind] for limit in limits for side in (-1, 1)}
        for bond in BONDS:
            if bond.follower == fact.name and bond.driver in tied:
                edges |= {bond.needed(Decimal(value)) for value in self._drivers(bond.driver)}
        whole = (floor, ceil) if fact.kind is not Kind.NUMBER else (Decimal,)
        return {held(fact, as_held(edge)) for edge in edges for as_held in whole}

    def _drivers(self, fact: str) -> set[Any]:
        """What the driver of a bond may come to be, the value it has included."""
        before = self.known(fact)
        return {*self.edges(fact), *(() if before is None else (before,))}


def _tied(facts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The facts, those that a bond ties to each other together."""
    ties = {bond.driver: bond.follower for bond in BONDS if {bond.driver, bond.follower} <= set(facts)}
    alone = [fact for fact in facts if fact not in ties.values()]
    return [(fact, ties[fact]) if fact in ties else (fact,) for fact in alone]


BESIDE = {Kind.NUMBER: Decimal("0.01"), Kind.COUNT: Decimal(1), Kind.MONEY: Decimal(FEN_PER_WAN // 100)}
"""The smallest difference a page can show, in the unit in which a number is held."""
