"""Figures of conduct without identity (行为统计): by quarter and practice, by bank, and what firms answered after pay-outs.

Nothing is shown behind which stand fewer firms than the set number, and only of quarters that are over. Rows too small are put together
into one; where that one is still too small nothing of the quarter is shown, so that no row follows by subtraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from financing import parameters, sealing
from financing.access import SYSTEM
from financing.conduct import checks, wall
from financing.conduct.model import ConductCase, PayoutCheck, Reporter
from financing.conduct.rules import BREACH, CONFIDED, ConductOutcome, Cost, Practice
from financing.db import Database
from financing.desk import Desk, opened
from financing.parties.model import Bank


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that is counted: of which quarter and kind, of which firm by its mark (None: no firm stands behind it), with what end."""

    quarter: date
    kind: str
    firm: str | None
    outcome: ConductOutcome | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it may be shown; `kind` None: several kinds together. `found`: the bank did it."""

    quarter: date
    kind: Practice | None
    cases: int
    closed: int
    found: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Pay-outs of a quarter asked about, answered, and answered with a yes by kind of cost; None: too few firms to say."""

    quarter: date
    asked: int
    answered: int
    costs: Mapping[Cost, int] | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole page; `withheld`: quarters with something in them that too few firms stand behind."""

    lines: tuple[Line, ...]
    withheld: tuple[date, ...]
    banks: tuple[tuple[str, int], ...]
    asked: tuple[Asked, ...]
    least: int


def figures(database: Database, now: datetime) -> Figures:
    """What leaders, officers and auditors see; counted at the platform's desk, nothing of whom leaves it."""
    with opened(database, SYSTEM, now, write=False) as desk:
        wall.enter(desk)
        least = parameters.figure("conduct_least_firms", desk.today).value
        counted = [one for one, _bank in _cases(desk)]
        quarters = sorted({one.quarter for one in counted}, reverse=True)
        by_quarter = {at: guarded([one for one in counted if one.quarter == at], least) for at in quarters}
        lines = tuple(line for at in quarters for line in by_quarter[at])
        withheld = tuple(at for at in quarters if not by_quarter[at])
        return Figures(lines, withheld, _banks(desk, least), tuple(_answers(desk, least)), least)


def published(desk: Desk) -> dict[int, int]:
    """Breaches by bank as the page of figures tells them, for whoever reads them: counted as the platform, and the door shut again."""
    wall.enter(replace(desk, actor=SYSTEM))
    try:
        return _breaches(desk, parameters.figure("conduct_least_firms", desk.today).value)
    finally:
        wall.enter(desk)


def quarter_of(day: date) -> date:
    """The first day of the quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def guarded(counted: list[Counted], least: int) -> list[Line]:
    """The rows of one quarter that may be shown; nothing when what is put together is too small by itself."""
    kinds: dict[str, list[Counted]] = {}
    for one in counted:
        kinds.setdefault(one.kind, []).append(one)
    shown = {kind: rows for kind, rows in kinds.items() if _enough(rows, least)}
    rest = [one for kind, rows in kinds.items() if kind not in shown for one in rows]
    if rest and not _enough(rest, least):
        return []
    lines = [_line(Practice(kind), shown[kind]) for kind in sorted(shown)]
    return [*lines, *([_line(None, rest)] if rest else [])]


def found_by_bank(rows: Iterable[tuple[int, str | None]], least: int) -> dict[int, int]:
    """How many breaches each bank has: those no firm confided always, the others once so many firms stand behind them."""
    open_ones: dict[int, int] = {}
    confided: dict[int, list[str]] = {}
    for bank, firm in rows:
        if firm is None:
            open_ones[bank] = open_ones.get(bank, 0) + 1
        else:
            confided.setdefault(bank, []).append(firm)
    enough = {bank: len(firms) for bank, firms in confided.items() if len(set(firms)) >= least}
    return {bank: open_ones.get(bank, 0) + enough.get(bank, 0) for bank in open_ones.keys() | enough.keys()}


def _enough(rows: list[Counted], least: int) -> bool:
    """No firm stands behind what the platform found by itself; behind what was confided there are enough, or none."""
    firms = {one.firm for one in rows if one.firm is not None}
    return not firms or len(firms) >= least


def _line(kind: Practice | None, rows: list[Counted]) -> Line:
    ended = [one.outcome for one in rows if one.outcome is not None]
    return Line(rows[0].quarter, kind, len(rows), len(ended), sum(one in BREACH for one in ended))


def _cases(desk: Desk) -> list[tuple[Counted, int]]:
    """Every case of quarters that are over, with its bank; the firm by its mark alone."""
    until = quarter_of(desk.today)
    rows = desk.session.execute(
        select(ConductCase, Reporter.firm_mark)
        .outerjoin(Reporter, Reporter.id == ConductCase.report_id)
        .where(ConductCase.received_on < until)
    )
    return [
        (
            Counted(
                quarter_of(case.received_on),
                case.practice.value,
                mark if case.source in CONFIDED else None,
                case.outcome,
            ),
            case.against_id,
        )
        for case, mark in rows
    ]


def _banks(desk: Desk, least: int) -> tuple[tuple[str, int], ...]:
    names, found = {bank.id: bank.name for bank in desk.all(Bank)}, _breaches(desk, least)
    return tuple(sorted(((names[bank], count) for bank, count in found.items()), key=lambda one: (-one[1], one[0])))


def _breaches(desk: Desk, least: int) -> dict[int, int]:
    return found_by_bank(((bank, one.firm) for one, bank in _cases(desk) if one.outcome in BREACH), least)


def _answers(desk: Desk, least: int) -> Iterable[Asked]:
    """What firms answered, quarter by quarter, the latest first."""
    ring = sealing.ring(desk.session)
    rows = list(desk.session.scalars(select(PayoutCheck).where(PayoutCheck.asked_on < quarter_of(desk.today))))
    for quarter in sorted({quarter_of(row.asked_on) for row in rows}, reverse=True):
        here = [row for row in rows if quarter_of(row.asked_on) == quarter]
        answered = [(row.firm_id, ring.read(checks.CELL, row.id, row.answer)) for row in here if row.answer]
        yield Asked(quarter, len(here), len(answered), _costs(answered, least))


def _costs(answered: list[tuple[int, dict[str, Any]]], least: int) -> dict[Cost, int] | None:
    """How many said yes to each kind; None unless so many firms answered at all, and nobody or so many of them each kind."""
    firms = {cost: [firm for firm, facts in answered if cost.value in list(facts["costs"])] for cost in Cost}
    fits = len({firm for firm, _ in answered}) >= least and all(
        not one or len(set(one)) >= least for one in firms.values()
    )
    return {cost: len(one) for cost, one in firms.items()} if fits else None
