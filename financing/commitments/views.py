"""What people see of commitments: the ledger intent by intent, what is due, and what each bank kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from financing.commitments import service
from financing.commitments.model import FollowUp, Outcome
from financing.commitments.rules import OVER, Course, Kept, Standing, kept
from financing.desk import Desk
from financing.forums.day_model import Intent
from financing.forums.day_rules import Said
from financing.forums.model import ForumSession
from financing.matching.model import Dossier
from financing.parties.model import Bank, Firm
from financing.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Line:
    """One intent with its course; a name that is not open to the reader is empty. `waits` since a mark without a word."""

    id: int
    session: str
    bank: str
    firm: str
    number: str
    course: Course
    waits: int | None  # the mark, in days
    next_on: date | None  # the next mark

    @property
    def standing(self) -> Standing:
        return self.course.standing


@dataclass(frozen=True, slots=True)
class BankKept:
    bank: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything in sight: what is due first, then the rest, and each bank's figures."""

    lines: tuple[Line, ...]
    banks: tuple[BankKept, ...]
    marks: tuple[int, ...]

    @property
    def due(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.waits is not None)


def ledger(desk: Desk) -> Ledger:
    """The ledger as far as the reader may see it, the newest session first."""
    intents = desk.all(Intent, Intent.said == Said.INTENDS)
    sessions = {s.id: s for s in desk.all(ForumSession, ForumSession.id.in_({i.session_id for i in intents}))}
    outcomes: dict[int, list[Outcome]] = {}
    for one in desk.all(Outcome, by=Outcome.on):
        outcomes.setdefault(one.intent_id, []).append(one)
    courses = {i.id: service.course_of(i, sessions[i.session_id].day, outcomes.get(i.id, [])) for i in intents}
    banks = {bank.id: bank.name for bank in desk.all(Bank, Bank.id.in_({i.bank_id for i in intents}))}
    marks, asked = service.marks(desk.today), desk.all(FollowUp)
    names = _names(desk, intents)
    lines = [
        Line(
            i.id, sessions[i.session_id].number, banks[i.bank_id], *names[i.id], courses[i.id],
            _waits(i, courses[i.id], asked, outcomes.get(i.id, [])), _next(courses[i.id], marks, desk.today),
        )
        for i in intents
    ]  # fmt: skip
    per_bank = {bank: [courses[i.id] for i in intents if i.bank_id == bank] for bank in banks}
    figures = [BankKept(banks[bank], kept(of, desk.today, marks)) for bank, of in per_bank.items()]
    lines.sort(key=lambda line: (line.waits is None, -line.course.day.toordinal(), line.bank, line.number))
    return Ledger(tuple(lines), tuple(sorted(figures, key=lambda one: one.bank)), marks)


def one(desk: Desk, intent: Intent) -> tuple[Line, list[Outcome]]:
    """One intent with everything reported on it, the first first."""
    line = next((line for line in ledger(desk).lines if line.id == intent.id), None)
    if line is None:
        raise NotFound(kind=Intent.__name__)
    return line, desk.all(Outcome, Outcome.intent_id == intent.id, by=Outcome.reported_at)


def _names(desk: Desk, intents: list[Intent]) -> dict[int, tuple[str, str]]:
    """Firm and dossier of each intent as far as they are open to the reader."""
    firms = {firm.id: firm.name for firm in desk.all(Firm, Firm.id.in_({i.firm_id for i in intents}))}
    dossiers = {d.need_id: d for d in desk.all(Dossier, Dossier.need_id.in_({i.need_id for i in intents}))}
    found = {}
    for intent in intents:
        dossier = dossiers.get(intent.need_id)
        name = firms.get(intent.firm_id) or (dossier.firm_name if dossier else "")
        found[intent.id] = (name, dossier.number if dossier else "")
    return found


def _waits(intent: Intent, course: Course, asked: list[FollowUp], outcomes: list[Outcome]) -> int | None:
    """The latest mark the bank was asked at and has not answered since."""
    here = [f for f in asked if (f.session_id, f.bank_id) == (intent.session_id, intent.bank_id)]
    last = max(here, key=lambda f: f.days, default=None)
    if last is None or course.standing in OVER or any(one.reported_at >= last.at for one in outcomes):
        return None
    return last.days


def _next(course: Course, marks: tuple[int, ...], today: date) -> date | None:
    days = [course.day + timedelta(days=mark) for mark in marks]
    return next((day for day in days if day > today), None) if course.standing not in OVER else None
