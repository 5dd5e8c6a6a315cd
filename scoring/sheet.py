"""The score of one firm, line by line (评分表): what was seen, what it gave, what it could have given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import isfinite

from scoring.card import Card, IndustryScale, Item, Scale, Veto
from scoring.facts import Fact, Kind
from scoring.lines import Band, Check, Known, Line, Origin, Sheet, Value

__all__ = ["Band", "Check", "Line", "Origin", "Sheet", "UnknownValue", "Value", "held", "hits", "points", "sheet"]


class UnknownValue(ValueError):
    """A fact holds something its kind does not allow: a stranger among choices, a word for a number."""

    def __init__(self, fact: Fact, value: object) -> None:
        super().__init__(f"事实“{fact.term}”（{fact.name}）的值 {value!r} 不在允许范围内")
        self.code = "unknown_value"
        self.facts = {"fact": fact.name, "value": str(value)}


def sheet(
    card: Card,
    facts: Mapping[str, object],
    *,
    industry: str | None = None,
    dated: Mapping[str, Origin] | None = None,
    on: date | None = None,
) -> Sheet:
    """Score one firm from its facts by name; a fact that is absent, None or not a number earns what the card gives for it.

    `industry` is the firm's GB/T 4754-2017 code, for items with scales of their own for its trade. `dated` tells by fact
    where a value comes from and of which day it is; with `on`, the day of scoring, old values are marked as stale and old
    red lines count as unchecked. Raises `UnknownValue`, `UnknownIndustry`.
    """
    known = {
        fact.name: Known(held(fact, facts.get(fact.name)), (dated or {}).get(fact.name))
        for fact in {rule.fact: rule.held for rule in card.rules}.values()
    }
    lines = tuple(_score(item, known[item.fact], industry, on) for item in card.item)
    vetoes = tuple(_check(veto, known[veto.fact], on) for veto in card.veto)
    total, missing_weight = sum(line.points for line in lines), sum(line.most for line in lines if line.value is None)
    insufficient = missing_weight > card.missing_most
    qualified = total >= card.line and not insufficient and not any(check.hit for check in vetoes)
    grade = card.grade(total)
    return Sheet(
        card=card.name, title=card.title, since=card.since, digest=card.digest, total=total, full_marks=card.full_marks,
        line=card.line, grade=grade, ceiling_fen=card.ceiling_fen(grade) if qualified else 0, missing_weight=missing_weight,
        insufficient=insufficient, qualified=qualified, missing=tuple(line.fact for line in lines if line.value is None),
        vetoes=vetoes, lines=lines, industry=industry or "", on=on,
    )  # fmt: skip


def held(fact: Fact, value: object) -> Value:
    """A value as the fact's kind holds it; None where nothing usable is known."""
    if value is None:
        return None
    if fact.kind is Kind.FLAG:
        if not isinstance(value, bool):
            raise UnknownValue(fact, value)
        return value
    if fact.kind is Kind.CHOICE:
        if value not in fact.choices:
            raise UnknownValue(fact, value)
        return str(value)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise UnknownValue(fact, value)
    if not isfinite(value):
        return None
    if fact.kind is Kind.NUMBER:
        return Decimal(repr(float(value))) + 0  # the double a column would hold, so that both ways of scoring agree
    if value != int(value):
        raise UnknownValue(fact, value)
    return int(value)


def points(item: Item, value: Value, industry: str | None = None) -> int:
    """What one item gives for one value of its fact; None is a missing one."""
    if value is None:
        return item.missing
    scale = item.scale(industry)
    reached = _reached(item, scale, value)
    return 0 if reached is None else _ladder(scale)[reached].points


def _score(item: Item, known: Known, industry: str | None, on: date | None) -> Line:
    scale, value = item.scale(industry), known.value
    ladder = _ladder(scale)
    reached = _reached(item, scale, value)
    band = ladder[reached] if reached is not None else None
    given = points(item, value, industry)
    better = [step for step in ladder[:reached] if step.points > given]
    fact = item.held
    return Line(
        key=item.key,
        block=item.block,
        says=item.says,
        english=item.english,
        fact=item.fact,
        kind=fact.kind.value,
        source=known.source or fact.source.value,
        better=item.better,
        value=value,
        unit=fact.unit,
        points=given,
        most=item.most,
        band=band,
        next_band=better[-1] if better else None,
        as_of=known.as_of,
        stale=bool(known.as_of and on and fact.stale(known.as_of, on)),
        industry=scale.code if isinstance(scale, IndustryScale) else "",
    )


def _ladder(scale: Scale) -> tuple[Band, ...]:
    """The steps of a scale, best first."""
    if scale.choices:
        ranked = sorted(scale.choices.items(), key=lambda choice: -choice[1])
        return tuple(Band(choice, marks) for choice, marks in ranked)
    return tuple(Band(edge, marks) for edge, marks in scale.bands)


def _reached(item: Item, scale: Scale, value: Value) -> int | None:
    """The place on the ladder that a value reaches, None below the lowest step."""
    if isinstance(value, (bool, str)):
        code = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
        return next(place for place, band in enumerate(_ladder(scale)) if band.edge == code)
    if value is None:
        return None
    number, higher = float(value), item.better == "higher"
    edges = enumerate(edge for edge, _ in item.steps(scale))
    return next((place for place, edge in edges if (number >= edge if higher else number <= edge)), None)


def _check(veto: Veto, known: Known, on: date | None) -> Check:
    there = known.value is not None
    expired = there and veto.expired(known.as_of, on)
    return Check(
        key=veto.key,
        says=veto.says,
        english=veto.english,
        basis=veto.basis,
        fact=veto.fact,
        kind=veto.held.kind.value,
        value=known.value,
        hit=there and not expired and hits(veto, known.value),
        checked=there and not expired,
        source=known.source,
        as_of=known.as_of,
        expired=expired,
    )


def hits(veto: Veto, value: Value) -> bool:
    """Whether a value crosses a red line."""
    limit = veto.limit
    if isinstance(limit, tuple):
        return value in limit
    if isinstance(limit, float) and isinstance(value, (int, Decimal)):
        number = float(value)
        return {"at_least": number >= limit, "at_most": number <= limit, "equals": number == limit}[veto.operator]
    return value == limit
