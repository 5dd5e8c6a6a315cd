"""The score of one firm, line by line (评分表): what was seen, what it gave, what it could have given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scoring.card import Card, Item, Veto
from scoring.compiled import compiled, ladder, red_line
from scoring.explained import explained
from scoring.held import UnknownValue, comparable, held
from scoring.lines import Band, Check, Line, Origin, Sheet, Value

__all__ = ["Band", "Check", "Line", "Origin", "Sheet", "UnknownValue", "Value", "held", "hits", "points", "sheet"]


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
    rules, told = compiled(card), dated or {}
    known = {name: held(fact, facts.get(name)) for name, fact in rules.facts.items()}
    items, red_lines = explained(rules, rules.trade(industry))
    lines = tuple([item.line(known[item.fact.name], told.get(item.fact.name), on) for item in items])
    vetoes = tuple(
        [red_line.check(known[red_line.veto.fact], told.get(red_line.veto.fact), on) for red_line in red_lines]
    )
    absent = [line for line in lines if line.value is None]
    total, missing_weight = sum([line.points for line in lines]), sum([line.most for line in absent])
    insufficient = missing_weight > card.missing_most
    qualified = total >= card.line and not insufficient and not any(check.hit for check in vetoes)
    grade = rules.grade(total)
    return Sheet(
        card=card.name, title=card.title, since=card.since, digest=card.digest, total=total, full_marks=card.full_marks,
        line=card.line, grade=rules.grades[grade], ceiling_fen=rules.ceilings[grade] if qualified else 0, missing_weight=missing_weight,
        insufficient=insufficient, qualified=qualified, missing=tuple([line.fact for line in absent]),
        vetoes=vetoes, lines=lines, industry=industry or "", on=on,
    )  # fmt: skip


def points(item: Item, value: Value, industry: str | None = None) -> int:
    """What one item gives for one value of its fact; None is a missing one."""
    if value is None:
        return item.missing
    steps = ladder(item, item.scale(industry))
    return steps.points[steps.cell(comparable(value))]


def hits(veto: Veto, value: Value) -> bool:
    """Whether a value crosses a red line; a missing one does not."""
    return value is not None and red_line(veto).points[red_line(veto).cell(comparable(value))] == 1
