"""Which clauses a firm is entitled to, and what they come to (政策匹配): one firm in words, many firms as columns, always alike."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from scoring.compiled import Number
from scoring.facts import FEN_PER_WAN, Fact, Kind
from scoring.held import plain
from scoring.policy import COUNT_MOST, LARGEST, MONTHS, PPM, Amount, Clause, Condition
from scoring.policy_facts import POLICY_FACTS
from scoring.rounding import divide_half_up


class Result(StrEnum):
    ELIGIBLE = "eligible"  # 符合
    LIKELY = "likely"  # 可能符合：还缺事实，或须人工认定
    NOT = "not"  # 不符合


@dataclass(frozen=True, slots=True)
class Match:
    """One firm under one clause: what is not met, what is missing, what a person must judge; fen, None where it cannot be told."""

    result: Result
    unmet: tuple[Condition, ...]
    missing: tuple[str, ...]
    judged: tuple[Condition, ...]
    amount: int | None
    deadline: date | None


def match(clause: Clause, facts: Mapping[str, object], on: date) -> Match:
    """One firm under one clause on a day; `facts` by name as `scoring.held` takes them. Raises `UnknownValue`.

    A clause that is not in force on the day is met by nobody.
    """
    held = {name: plain(POLICY_FACTS[name], facts.get(name)) for name in clause.reads}
    stands = [(each, _stands(each, held[each.fact])) for each in clause.conditions]
    unmet = tuple(each for each, met in stands if met is False and not each.soft)
    judged = tuple(each for each, met in stands if met is False and each.soft)
    missing = tuple(name for name, value in held.items() if value is None)
    if unmet or not clause.in_force(on):
        return Match(Result.NOT, unmet, missing, judged, None, None)
    result = Result.LIKELY if missing or judged else Result.ELIGIBLE
    return Match(result, (), missing, judged, amount(clause.amount, held), clause.deadline(on))


def _stands(condition: Condition, value: Number | str | None) -> bool | None:
    if value is None:
        return None
    ladder = condition.ladder
    return ladder.points[ladder.cell(value)] == 1


def amount(rule: Amount, held: Mapping[str, Any]) -> int | None:
    """What a clause comes to, in whole fen, rounded half up once; None where a fact is missing or it is no money."""
    if rule.rule == "service" or any(held[name] is None for name in rule.reads):
        return None
    most: int = getattr(rule, "cap", None) or LARGEST
    return min(_uncapped(rule, held), most)


def _uncapped(rule: Amount, held: Mapping[str, int]) -> int:
    match rule.rule:
        case "fixed":
            return rule.sum
        case "share":
            return divide_half_up(max(held[rule.base], 0) * rule.ppm, PPM)
        case "per_unit":
            return min(max(held[rule.base], 0), COUNT_MOST) * rule.unit
        case "tiers":
            starts = edges(rule.base, [start for start, _ in rule.steps])
            return (0, *(fen for _, fen in rule.steps))[bisect_right(starts, held[rule.base])]
        case "interest":
            principal = min(max(held[rule.base], 0), rule.base_cap or LARGEST)
            months = min(max(held[rule.term], 0), rule.months)
            return divide_half_up(principal * rule.ppm * months, PPM * MONTHS)
    return 0


def edges(base: str, starts: Sequence[Decimal]) -> list[int]:
    """Where steps begin, in the unit in which the fact is held, rounded up to whole ones."""
    unit = FEN_PER_WAN if POLICY_FACTS[base].kind is Kind.MONEY else 1
    return [-int(-(start * unit) // 1) for start in starts]


def facts_read(clauses: Sequence[Clause]) -> dict[str, Fact]:
    """Every fact that some of these clauses rest on."""
    return {name: POLICY_FACTS[name] for clause in clauses for name in clause.reads}
