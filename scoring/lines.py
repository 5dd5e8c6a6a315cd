"""What a score keeps of one firm, line by line (评分明细): plain data that survives storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self

from scoring.facts import FACTS, Fact, Kind, Source

Value = bool | int | Decimal | str | None
Origin = tuple[Source, date]
"""Where a value comes from, and the day it is of."""


@dataclass(frozen=True, slots=True)
class Band:
    """One step of a rule: the edge in the unit of the fact (a code for a choice) and its points."""

    edge: Decimal | str
    points: int


@dataclass(frozen=True, slots=True)
class Line:
    """One item as applied: value None means missing; `next_band` is the nearest better step, None at the top.

    `source` and `as_of` are those of the value where they were told, else the origin the fact has by its nature; `stale`
    marks a value out of date on the day of scoring; `industry` is the code whose own scale was used, "" for the general one.
    """

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
    as_of: date | None = None
    stale: bool = False
    industry: str = ""

    @property
    def held(self) -> Fact:
        """The fact it rests on; one that only the card knew is told as the line tells it."""
        told = (self.fact, self.says, self.english, Kind(self.kind), self.unit, Source(self.source))
        return FACTS.get(self.fact) or Fact(*told, better="lower" if self.better == "lower" else "higher")


@dataclass(frozen=True, slots=True)
class Check:
    """One red line as checked; without a fact that still holds it is not hit, but `checked` is false and a person must look.

    `expired` marks a fact that is there but older than the card allows.
    """

    key: str
    says: str
    english: str
    basis: str
    fact: str
    kind: str
    value: Value
    hit: bool
    checked: bool
    source: str = ""
    as_of: date | None = None
    expired: bool = False

    @property
    def held(self) -> Fact:
        """The fact it rests on; one that only the card knew is told as the check tells it."""
        return FACTS.get(self.fact) or Fact(self.fact, self.says, self.english, Kind(self.kind), "", Source.DOCUMENT)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One firm under one version of a card; the total is the sum of the lines, exactly.

    `on` is the day of scoring by which ages were judged, None where they were not; `industry` the code of the firm's trade.
    """

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
    industry: str = ""
    on: date | None = None

    @property
    def hits(self) -> tuple[Check, ...]:
        return tuple(check for check in self.vetoes if check.hit)

    @property
    def unchecked(self) -> tuple[Check, ...]:
        return tuple(check for check in self.vetoes if not check.checked)

    @property
    def stale(self) -> tuple[Line, ...]:
        """The lines that rest on a value out of date."""
        return tuple(line for line in self.lines if line.stale)

    @property
    def vetoed(self) -> bool:
        return bool(self.hits)

    def strengths(self, number: int = 3) -> tuple[Line, ...]:
        """The lines that earned half or more of what they could give, best share first; a line told as a weakness is none."""
        weak = {line.key for line in self.weaknesses(number)}
        earned = [line for line in self.lines if line.points and 2 * line.points >= line.most and line.key not in weak]
        return tuple(sorted(earned, key=lambda line: (-line.points / line.most, -line.points))[:number])

    @property
    def facts(self) -> dict[str, Fact]:
        """Every fact it rests on, by name."""
        return {check.fact: check.held for check in self.vetoes} | {line.fact: line.held for line in self.lines}

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
        """The very sheet that `as_json` wrote; what an earlier version did not write takes its default."""
        return cls(
            **{
                **plain,
                "since": date.fromisoformat(plain["since"]),
                "on": _day(plain.get("on")),
                "missing": tuple(plain["missing"]),
                "vetoes": tuple(
                    Check(**{**check, "value": _value(check), "as_of": _day(check.get("as_of"))})
                    for check in plain["vetoes"]
                ),
                "lines": tuple(_line(line) for line in plain["lines"]),
            }
        )


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
        as_of=_day(plain.get("as_of")),
        value=Decimal(read.value) if read.kind == Kind.NUMBER and isinstance(read.value, str) else read.value,
        band=_band(plain["band"], chosen=chosen),
        next_band=_band(plain["next_band"], chosen=chosen),
    )


def _band(plain: Mapping[str, Any] | None, *, chosen: bool) -> Band | None:
    if plain is None:
        return None
    return Band(plain["edge"] if chosen else Decimal(plain["edge"]), plain["points"])


def _day(plain: str | None) -> date | None:
    return None if plain is None else date.fromisoformat(plain)


def _value(check: Mapping[str, Any]) -> Value:
    value: Value = check["value"]
    return Decimal(value) if isinstance(value, str) and check["kind"] == Kind.NUMBER else value
