"""The score as a dossier shows it: every line with its value and origin, the red lines, what speaks for and against."""

from __future__ import annotations

from datetime import date

from financing.credit.model import Assessment
from financing.matching.fitting import SAID, SENTENCE, SHORT, fitted, room, within
from financing.matching.snapshot import (
    Block,
    Gap,
    OpenItem,
    Origin,
    Said,
    ScoreLine,
    ScoreSheet,
    Snapshot,
    Source,
    Veto,
)
from scoring.card import Card
from scoring.facts import UNITS, Fact
from scoring.sheet import Check, Line, Sheet

NOT_ASKED = "评分时没有查询，请银行自行核实"


def sheet(stored: Assessment) -> Sheet:
    """The sheet as it was stored; never worked out anew."""
    return Sheet.from_json(stored.sheet)


def score(stored: Assessment, rules: Card, on: date) -> ScoreSheet:
    """The whole sheet, made by these rules, in the measures of a dossier."""
    found = sheet(stored)
    return ScoreSheet(
        card=fitted(found.title),
        basis=fitted(rules.basis),
        since=found.since,
        digest=found.digest,
        total=found.total,
        full=found.full_marks,
        admission=found.line,
        grade=found.grade,
        ceiling=found.ceiling_fen or None,
        qualified=found.qualified,
        blocks=tuple(
            Block(key=block.key, says=fitted(block.says), english=fitted(block.english, SENTENCE))
            for block in rules.block
        ),
        lines=tuple(_line(line, stored, on) for line in found.lines),
        vetoes=_vetoes(found, stored, on),
        missing=within(ScoreSheet, "missing", (_term(found.facts[fact]) for fact in found.missing)),
    )


def strengths(found: Sheet) -> tuple[Said, ...]:
    return within(Snapshot, "strengths", (_said(line) for line in found.strengths()))


def risks(found: Sheet) -> tuple[Said, ...]:
    """Red lines that were hit first, then the lines that cost most."""
    hits = [Said(says=fitted(f"触及红线：{hit.says}", SAID), english=fitted(f"Red line hit: {hit.english}", SENTENCE))
            for hit in found.hits]  # fmt: skip
    return within(Snapshot, "risks", [*hits, *(_said(line) for line in found.weaknesses())])


def open_items(found: Sheet) -> tuple[OpenItem, ...]:
    """Red lines that nobody has checked; those beyond the room are counted in the last row."""
    names = _counted([check.says for check in found.unchecked], room(Snapshot, "open_items"), "其余 {} 项红线")
    return tuple(OpenItem(gap=Gap.MISSING, what=fitted(name, SHORT), note=NOT_ASKED, due=None) for name in names)


def _counted(names: list[str], most: int, rest: str) -> list[str]:
    """The names, the last place taken by a count where there are too many."""
    return names if len(names) <= most else [*names[: most - 1], rest.format(len(names) - most + 1)]


def _vetoes(found: Sheet, stored: Assessment, on: date) -> tuple[Veto, ...]:
    """Every red line, those hit first, then those nobody checked; the last row counts what finds no room."""
    checks = sorted(found.vetoes, key=lambda check: (not check.hit, check.checked))
    rows = [_veto(check, stored, on) for check in checks]
    most = room(ScoreSheet, "vetoes")
    if len(rows) <= most:
        return tuple(rows)
    rest, left = rows[most - 1], len(rows) - most + 1
    return (*rows[: most - 1], rest.model_copy(update={"says": f"其余 {left} 项", "english": f"{left} more"}))


def _veto(check: Check, stored: Assessment, on: date) -> Veto:
    return Veto(
        says=fitted(check.says),
        english=fitted(check.english, SENTENCE),
        hit=check.hit if check.checked else None,
        origin=_origin(check.held, stored, on, late=check.expired) if check.value is not None else None,
    )


def _line(line: Line, stored: Assessment, on: date) -> ScoreLine:
    fact, known = line.held, line.value is not None
    return ScoreLine(
        block=line.block,
        says=fitted(_bare(line.says, fact), SHORT),
        english=fitted(_bare(line.english, fact), SENTENCE),
        value=fitted(fact.shown(line.value), SHORT) if known else None,
        english_value=fitted(fact.shown(line.value, "en"), SHORT) if known else None,
        origin=_origin(fact, stored, on) if known else None,
        points=line.points,
        most=line.most,
    )


def _origin(fact: Fact, stored: Assessment, on: date, *, late: bool = False) -> Origin:
    """Where a fact came from and as of when, as it was kept with the score, and whether it is out of date on that day."""
    kept = stored.facts.get(fact.name, {})
    day = date.fromisoformat(kept["as_of"][:10]) if kept.get("as_of") else on
    source = Source(kept.get("source") or fact.source.value)
    return Origin(source=source, on=day, stale=late or fact.stale(day, on))


def _said(line: Line) -> Said:
    fact = line.held
    says = f"{_bare(line.says, fact)}：{fact.shown(line.value)}（{line.points} / {line.most} 分）"
    english = f"{_bare(line.english, fact)}: {fact.shown(line.value, 'en')} ({line.points} of {line.most} points)"
    return Said(says=fitted(says, SAID), english=fitted(english, SENTENCE))


def _bare(says: str, fact: Fact) -> str:
    """The name of a line, in either language, without the unit that stands beside its value."""
    return says.removesuffix(f"（{fact.unit}）").removesuffix(f" ({UNITS.get(fact.unit, fact.unit)})")


def _term(fact: Fact) -> Said:
    return Said(says=fitted(fact.term, SAID), english=fitted(fact.english, SENTENCE))
