"""What the two on the seats see: their list, and a case with what was written in it; a bank its letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from financing.acts import Act
from financing.conduct import cases, evidence, posts, wall
from financing.conduct.cases import Written
from financing.conduct.model import ConductCase, ConductLetter
from financing.conduct.rules import OPEN, ConductState
from financing.desk import Desk
from financing.parties.model import Bank


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; `left` in working days to the next deadline, below nothing when it is late; None once closed."""

    case: ConductCase
    bank: str
    due: date | None
    left: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """A case as a handler reads it, without who reported: that is opened by itself."""

    row: Row
    notes: list[Written]
    letters: list[ConductLetter]
    files: dict[int, str]
    agreed: bool
    acts: tuple[Act, ...]


def sits(desk: Desk) -> bool:
    """Whether the person at the desk sits on one of the two seats today."""
    return desk.actor.id in posts.holders(desk).values()


def set_aside(desk: Desk) -> frozenset[int]:
    """Open cases that whoever is at the desk stays out of, though on a seat: those of a firm whose officer they are."""
    wall.enter(desk)
    found = desk.all(ConductCase, ConductCase.state.in_(OPEN), ConductCase.report_id.is_not(None))
    return frozenset(case.id for case in found if desk.actor.id in cases.barred(desk, case))


def listed(desk: Desk, *, closed: bool) -> list[Row]:
    """Cases that are open by their next deadline, or those closed, the latest first; none of a firm whose officer is at the desk."""
    wall.enter(desk)
    state = ConductCase.state.not_in(OPEN) if closed else ConductCase.state.in_(OPEN)
    order = ConductCase.closed_on.desc() if closed else ConductCase.answer_by
    found = [case for case in desk.all(ConductCase, state, by=order) if desk.actor.id not in cases.barred(desk, case)]
    names = {bank.id: bank.name for bank in desk.all(Bank)}
    rows = [_row(desk, case, names[case.against_id]) for case in found]
    return rows if closed else sorted(rows, key=lambda row: row.due or date.max)


def shown(desk: Desk, key: int) -> Case:
    """One case with everything but who reported."""
    case = cases.held(desk, key)
    row = _row(desk, case, desk.get(Bank, case.against_id).name)
    letters = desk.all(ConductLetter, ConductLetter.case_id == key, by=ConductLetter.sent_on)
    agreed = case.report_id is None or cases.agreed(desk, case, cases.identity(desk, case))
    return Case(row, cases.notes(desk, case), letters, evidence.names(desk, case), agreed, desk.acts(case))


def letters(desk: Desk) -> list[ConductLetter]:
    """The letters to one's own bank, those to be answered first."""
    rows: list[Any] = desk.all(ConductLetter, by=ConductLetter.sent_on.desc())
    return sorted(rows, key=lambda one: one.answer is not None)


def _row(desk: Desk, case: ConductCase, bank: str) -> Row:
    due = case.begin_by if case.state is ConductState.RECEIVED else case.answer_by
    if case.state is ConductState.CLOSED:
        return Row(case, bank, None, None)
    return Row(case, bank, due, desk.calendar.left(desk.today, due))
