"""Rules of early warning (预警规则): dated data, each with a pure function from what is known to what was found. No database here."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from financing.loans.rules import FiveClass
from financing.money import Fen
from financing.watch.rules import UNITS, Item, Level, Outside, Unit
from scoring.dated import in_force, versions

FOLDER = Path(__file__).parent / "warnings"
#: Months of electricity that are held against the same months of the year before.
POWER_MONTHS = 3


class Sign(StrEnum):
    """What a piece of evidence is; how its value reads is told by the end of the word: fen, on, days, months, kwh, percent."""

    PAST_DUE = "past_due_days"
    OVERDUE = "overdue_fen"
    SINCE = "since_on"
    MONTHS = "stopped_months"
    SUM = "sum_fen"
    RECORDS = "records"
    AS_OF = "as_of_on"
    CHECKED = "checked_on"
    ORIGIN = "origin"
    TEXT = "text"
    POWER = "power_kwh"
    POWER_BEFORE = "power_before_kwh"
    DROP = "drop_percent"
    CHANGE = "change"
    CHANGED = "changed_on"
    SECURITY = "security"
    UNTIL = "until_on"
    PAID = "paid_on"
    RATE = "rate_ppm"
    OFFERED_RATE = "offered_rate_ppm"
    ADDED = "added"
    VISITED = "visited_on"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as published: from which figure on it warns, how gravely, and the class it holds a loan down to while open."""

    key: str
    kind: str
    says: str
    english: str
    threshold: int
    unit: str
    unit_english: str
    level: Level
    worsens: FiveClass
    source: str
    confidence: str
    fact: str = ""

    def bar(self, lang: str) -> str:
        """The threshold with its unit; money, held in fen, is told in yuan."""
        said = self.unit if lang == "zh" else self.unit_english
        if not self.unit.startswith("分"):
            return f"{self.threshold:,} {said}"
        return f"{self.threshold // 100:,}.{self.threshold % 100:02} {said.replace('分', '元', 1).replace('fen', 'CNY', 1)}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: plain evidence by `Sign`, and the mark of this one occurrence, so that it warns once."""

    mark: str
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reported:
    """One outside fact: its id, its day, its figure in the unit of its kind, who says so."""

    id: int
    on: date
    value: int
    origin: str
    text: str
    until: date | None = None
    security: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """One change among those who own or lead a firm: what it is, its day, what tells it from others."""

    what: str
    on: date
    mark: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules look at for one guarantee, as of a day."""

    today: date
    past_due: int = 0
    overdue: Fen = Fen(0)
    overdue_since: date | None = None
    outside: Mapping[Outside, Reported] = field(default_factory=dict)
    power: Mapping[date, int] = field(default_factory=dict)  # first day of the month -> kWh
    flags: Mapping[str, date] = field(default_factory=dict)  # names of facts that are so -> as of
    list_checked: date | None = None
    changes: tuple[Changed, ...] = ()
    registrations: tuple[Reported, ...] = ()
    worse: tuple[tuple[str, Mapping[str, Any]], ...] = ()  # mark, evidence
    visit: tuple[str, date, tuple[Item, ...]] | None = None  # the newest: mark, day, what was bad


@cache
def rules(on: date) -> tuple[Rule, ...]:
    """The rules in force on a day."""
    return _read(in_force(FOLDER, on))


@cache
def every_rule() -> Mapping[str, Rule]:
    """Every rule of any day by key, for warnings of the past; the newest words count."""
    return {rule.key: rule for path in versions(FOLDER).values() for rule in _read(path)}


def _read(path: Path) -> tuple[Rule, ...]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    return tuple(Rule(**row | {"level": Level(row["level"]), "worsens": FiveClass(row["worsens"])}) for row in rows)


def found(rule: Rule, facts: Facts) -> Finding | None:
    """What a rule finds among the facts, or nothing."""
    return KINDS[rule.kind](rule, facts)


def _arrears(rule: Rule, facts: Facts) -> Finding | None:
    if facts.past_due < rule.threshold or facts.overdue_since is None:
        return None
    since = facts.overdue_since.isoformat()
    return Finding(since, {Sign.SINCE: since, Sign.PAST_DUE: facts.past_due, Sign.OVERDUE: facts.overdue.fen})


def _outside(rule: Rule, facts: Facts) -> Finding | None:
    told = facts.outside.get(Outside(rule.fact))
    if told is None or told.value < rule.threshold:
        return None
    sign = {Unit.MONTHS: Sign.MONTHS, Unit.FEN: Sign.SUM, Unit.RECORDS: Sign.RECORDS}[UNITS[Outside(rule.fact)]]
    return Finding(str(told.id), {str(sign): told.value} | _source(told))


def _source(told: Reported) -> dict[str, Any]:
    return {Sign.AS_OF: told.on.isoformat(), Sign.ORIGIN: told.origin, Sign.TEXT: told.text}


def _flag(rule: Rule, facts: Facts) -> Finding | None:
    as_of = facts.flags.get(rule.fact)
    return None if as_of is None else Finding(as_of.isoformat(), {Sign.AS_OF: as_of.isoformat()})


def _power(rule: Rule, facts: Facts) -> Finding | None:
    """The newest three months in a row that are on record for both years."""
    for newest in sorted(facts.power, reverse=True):
        months = [_months_before(newest, back) for back in range(POWER_MONTHS)]
        before = [_months_before(month, 12) for month in months]
        if all(month in facts.power for month in (*months, *before)):
            now, then = sum(facts.power[month] for month in months), sum(facts.power[month] for month in before)
            return _dropped(rule, newest, now, then)
    return None


def _dropped(rule: Rule, newest: date, now: int, then: int) -> Finding | None:
    if then <= 0 or 100 * (then - now) < rule.threshold * then:
        return None
    evidence: dict[str, Any] = {Sign.POWER: now, Sign.POWER_BEFORE: then, Sign.DROP: 100 * (then - now) // then}
    return Finding(newest.isoformat(), evidence | {Sign.AS_OF: newest.isoformat()})


def _months_before(month: date, back: int) -> date:
    count = month.year * 12 + month.month - 1 - back
    return date(count // 12, count % 12 + 1, 1)


def _owner(_rule: Rule, facts: Facts) -> Finding | None:
    """The newest change; earlier ones were found as they came."""
    if not facts.changes:
        return None
    last = max(facts.changes, key=lambda one: (one.on, one.mark))
    return Finding(last.mark, {Sign.CHANGE: last.what, Sign.CHANGED: last.on.isoformat()})


def _recheck(rule: Rule, facts: Facts) -> Finding | None:
    if facts.list_checked is None or (facts.today - facts.list_checked).days <= rule.threshold:
        return None
    return Finding(facts.list_checked.isoformat(), {Sign.CHECKED: facts.list_checked.isoformat()})


def _registration(rule: Rule, facts: Facts) -> Finding | None:
    ending = [one for one in facts.registrations if one.until and (one.until - facts.today).days <= rule.threshold]
    if not ending:
        return None
    first = min(ending, key=lambda one: (one.until, one.id))
    until = first.until.isoformat() if first.until else ""
    return Finding(f"{first.id}:{until}", {Sign.SECURITY: first.security, Sign.UNTIL: until, Sign.TEXT: first.text})


def _terms(_rule: Rule, facts: Facts) -> Finding | None:
    return Finding(*facts.worse[-1]) if facts.worse else None


def _visit(rule: Rule, facts: Facts) -> Finding | None:
    if facts.visit is None or len(facts.visit[2]) < rule.threshold:
        return None
    mark, on, bad = facts.visit
    return Finding(mark, {Sign.VISITED: on.isoformat(), Sign.ITEMS: [item.value for item in bad]})


def _told(_rule: Rule, _facts: Facts) -> Finding | None:
    """Found by people or by other rooms, never by looking over."""
    return None


KINDS: Mapping[str, Callable[[Rule, Facts], Finding | None]] = {
    "arrears": _arrears,
    "outside": _outside,
    "flag": _flag,
    "power": _power,
    "owner": _owner,
    "recheck": _recheck,
    "registration": _registration,
    "terms": _terms,
    "visit": _visit,
    "told": _told,
}
