"""The score of one firm, line by line (评分表): what was seen, what it gave, what it could have given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any, Self

from scoring.card import Card, Item, Veto
from scoring.facts import FACTS, Fact, Kind

Value = bool | int | Decimal | str | None


class UnknownValue(ValueError):
    """A fact holds something its kind does not allow: a stranger among choices, a word for a number."""

    def __init__(self, fact: str, value: object) -> None:
        super().__init__(f"事实“{FACTS[fact].term}”（{fact}）的值 {value!r} 不在允许范围内")
        self.code = "unknown_value"
        self.facts = {"fact": fact, "value": str(value)}


@dataclass(frozen=True, slots=True)
class Band:
    """One step of a rule: the edge in the unit of the fact (a code for a choice) and its points."""

    edge: Decimal | str
    points: int


@dataclass(frozen=True, slots=True)
class Line:
    """One item as applied: value None means missing; `next_band` is the nearest better step, None at the top."""

    key: str
    block: str
    says: str
    english: str
    fact: str
    kind: str
    source: str
    better: str
    value: Value
    unit: str
    points: int
    most: int
    band: Band | None
    next_band: Band | None


@dataclass(frozen=True, slots=True)
class Check:
    """One red line as checked; without the fact it is not hit, but `checked` is false and a person must look."""

    key: str
    says: str
    english: str
    basis: str
    fact: str
    kind: str
    value: Value
    hit: bool
    checked: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One firm under one version of a card; the total is the sum of the lines, exactly."""

    card: str
    title: str
    since: date
    digest: str
    total: int
    full_marks: int
    line: int
    grade: str
    ceiling_fen: int
    missing_weight: int
    insufficient: bool
    qualified: bool
    missing: tuple[str, ...]
    vetoes: tuple[Check, ...]
    lines: tuple[Line, ...]

    @property
    def hits(self) -> tuple[Check, ...]:
        return tuple(check for check in self.vetoes if check.hit)

    @property
    def unchecked(self) -> tuple[Check, ...]:
        return tuple(check for check in self.vetoes if not check.checked)

    @property
    def vetoed(self) -> bool:
        return bool(self.hits)

    def strengths(self, number: int = 3) -> tuple[Line, ...]:
        """The lines that earned most, counted by share of what they could give, then by points."""
        earned = [line for line in self.lines if line.points]
        return tuple(sorted(earned, key=lambda line: (-line.points / line.most, -line.points))[:number])

    def weaknesses(self, number: int = 3) -> tuple[Line, ...]:
        """The lines that cost most points, missing facts included."""
        lost = [line for line in self.lines if line.points < line.most]
        return tuple(sorted(lost, key=lambda line: (line.points - line.most, line.points / line.most))[:number])

    def as_json(self) -> dict[str, Any]:
        """Plain JSON without a float: decimals as strings, the day as ISO 8601."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """The very sheet that `as_json` wrote."""
        return cls(
            **{
                **plain,
                "since": date.fromisoformat(plain["since"]),
                "missing": tuple(plain["missing"]),
                "vetoes": tuple(Check(**{**check, "value": _value(check)}) for check in plain["vetoes"]),
                "lines": tuple(_line(line) for line in plain["lines"]),
            }
        )


def sheet(card: Card, facts: Mapping[str, object]) -> Sheet:
    """Score one firm from its facts by name; a fact that is absent, None or not a number earns nothing."""
    known = {fact: held(FACTS[fact], facts.get(fact)) for fact in {part.fact for part in card.rules}}
    lines = tuple(_score(item, known[item.fact]) for item in card.item)
    vetoes = tuple(_check(veto, known[veto.fact]) for veto in card.veto)
    total, missing_weight = sum(line.points for line in lines), sum(line.most for line in lines if line.value is None)
    insufficient = missing_weight > card.missing_most
    qualified = total >= card.line and not insufficient and not any(check.hit for check in vetoes)
    grade = card.grade(total)
    return Sheet(
        card=card.name,
        title=card.title,
        since=card.since,
        digest=card.digest,
        total=total,
        full_marks=card.full_marks,
        line=card.line,
        grade=grade,
        ceiling_fen=card.ceiling_fen(grade) if qualified else 0,
        missing_weight=missing_weight,
        insufficient=insufficient,
        qualified=qualified,
        missing=tuple(line.fact for line in lines if line.value is None),
        vetoes=vetoes,
        lines=lines,
    )


def held(fact: Fact, value: object) -> Value:
    """A value as the fact's kind holds it; None where nothing usable is known."""
    if value is None:
        return None
    if fact.kind is Kind.FLAG:
        if not isinstance(value, bool):
            raise UnknownValue(fact.name, value)
        return value
    if fact.kind is Kind.CHOICE:
        if value not in fact.choices:
            raise UnknownValue(fact.name, value)
        return str(value)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise UnknownValue(fact.name, value)
    if not isfinite(value):
        return None
    if fact.kind is Kind.NUMBER:
        return Decimal(repr(float(value))) + 0  # the double a column would hold, so that both ways of scoring agree
    if value != int(value):
        raise UnknownValue(fact.name, value)
    return int(value)


def _score(item: Item, value: Value) -> Line:
    ladder = _ladder(item)
    place = next((place for place, band in enumerate(ladder) if _reaches(item, value, band)), len(ladder))
    band = ladder[place] if place < len(ladder) else None
    points = band.points if band else 0
    better = [step for step in ladder[:place] if step.points > points]
    fact = FACTS[item.fact]
    return Line(
        key=item.key,
        block=item.block,
        says=item.says,
        english=item.english,
        fact=item.fact,
        kind=fact.kind.value,
        source=fact.source.value,
        better=item.better,
        value=value,
        unit=fact.unit,
        points=points,
        most=item.most,
        band=band,
        next_band=better[-1] if better else None,
    )


def _ladder(item: Item) -> tuple[Band, ...]:
    """The steps of an item, best first."""
    if item.choices:
        ranked = sorted(item.choices.items(), key=lambda choice: -choice[1])
        return tuple(Band(choice, points) for choice, points in ranked)
    return tuple(Band(edge, points) for edge, points in item.bands)


def _reaches(item: Item, value: Value, band: Band) -> bool:
    if value is None:
        return False
    if isinstance(band.edge, str):
        return band.edge == ({True: "yes", False: "no"}[value] if isinstance(value, bool) else value)
    if isinstance(value, str):
        return False
    edge = dict(zip(item.bands, item.steps, strict=True))[band.edge, band.points][0]
    return float(value) >= edge if item.better == "higher" else float(value) <= edge


def _check(veto: Veto, value: Value) -> Check:
    return Check(
        key=veto.key,
        says=veto.says,
        english=veto.english,
        basis=veto.basis,
        fact=veto.fact,
        kind=FACTS[veto.fact].kind.value,
        value=value,
        hit=value is not None and _hit(veto, value),
        checked=value is not None,
    )


def _hit(veto: Veto, value: Value) -> bool:
    limit = veto.limit
    if isinstance(limit, tuple):
        return value in limit
    if isinstance(limit, float) and isinstance(value, (int, Decimal)):
        number = float(value)
        return {"at_least": number >= limit, "at_most": number <= limit, "equals": number == limit}[veto.operator]
    return value == limit


def _plain(part: Any) -> Any:
    match part:
        case dict():
            return {key: _plain(value) for key, value in part.items()}
        case tuple() | list():
            return [_plain(value) for value in part]
        case Decimal():
            return str(part)
        case date():
            return part.isoformat()
    return part


def _line(plain: Mapping[str, Any]) -> Line:
    read = Line(**plain)
    chosen = read.kind in {Kind.CHOICE, Kind.FLAG}
    return replace(
        read,
        value=Decimal(read.value) if read.kind == Kind.NUMBER and isinstance(read.value, str) else read.value,
        band=_band(plain["band"], chosen=chosen),
        next_band=_band(plain["next_band"], chosen=chosen),
    )


def _band(plain: Mapping[str, Any] | None, *, chosen: bool) -> Band | None:
    if plain is None:
        return None
    return Band(plain["edge"] if chosen else Decimal(plain["edge"]), plain["points"])


def _value(check: Mapping[str, Any]) -> Value:
    value: Value = check["value"]
    return Decimal(value) if isinstance(value, str) and check["kind"] == Kind.NUMBER else value
