"""What people see of commitments: the ledger intent by intent, what is due, and what each bank kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from financing.commitments import service
from financing.commitments.model import FollowUp, Outcome
from financing.commitments.rules import OVER, Course, Kept, Stage, Standing, kept
from financing.desk import Desk
from financing.forums.day_model import Intent
from financing.forums.day_rules import Said
from financing.forums.model import ForumSession
from financing.matching.model import Dossier
from financing.money import Fen
from financing.offers import drawdowns
from financing.offers.drawdown_model import Drawdown
from financing.offers.reversal_model import Reversal
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
    loan_id: int | None  # the offer that was chosen: its pay-outs are reported there
    waits: int | None  # the mark, in days
    next_on: date | None  # the next mark

    @property
    def standing(self) -> Standing:
        return self.course.standing


@dataclass(frozen=True, slots=True)
class Entry:
    """One report on an intent, the bank's own or a pay-out of its loan, and whether it was taken back."""

    id: int
    on: date
    stage: Stage
    amount: Fen | None
    said: str
    payout: int | None  # its number
    by: str
    at: datetime
    reversal: Reversal | None


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
    courses, lent, told = service.courses(desk, intents), service.loans(desk, intents), _told(desk, intents)
    banks = {bank.id: bank.name for bank in desk.all(Bank, Bank.id.in_({i.bank_id for i in intents}))}
    marks, asked = service.marks(desk.today), desk.all(FollowUp)
    names = _names(desk, intents)
    lines = [
        Line(
            i.id, sessions[i.session_id].number, banks[i.bank_id], *names[i.id], courses[i.id],
            lent[i.id].id if i.id in lent else None, _waits(i, courses[i.id], asked, told.get(i.id)), _next(courses[i.id], marks, desk.today),
        )
        for i in intents
    ]  # fmt: skip
    per_bank = {bank: [courses[i.id] for i in intents if i.bank_id == bank] for bank in banks}
    figures = [BankKept(banks[bank], kept(of, desk.today, marks)) for bank, of in per_bank.items()]
    lines.sort(key=lambda line: (line.waits is None, -line.course.day.toordinal(), line.bank, line.number))
    return Ledger(tuple(lines), tuple(sorted(figures, key=lambda one: one.bank)), marks)


def one(desk: Desk, intent: Intent) -> tuple[Line, list[Entry]]:
    """One intent with everything reported on it, the first first."""
    line = next((line for line in ledger(desk).lines if line.id == intent.id), None)
    if line is None:
        raise NotFound(kind=Intent.__name__)
    back = {row.outcome_id or row.drawdown_id: row for row in desk.all(Reversal, Reversal.bank_id == intent.bank_id)}
    entries = [
        Entry(o.id, o.on, o.stage, o.amount, o.said, None, o.reporter, o.reported_at, back.get(o.id))
        for o in desk.all(Outcome, Outcome.intent_id == intent.id)
    ]
    entries += [
        Entry(d.id, d.paid_on, Stage.PAID, d.amount, "", d.number, "", d.at, back.get(d.id))
        for d in desk.all(Drawdown, Drawdown.offer_id == line.loan_id, Drawdown.paid_on >= line.course.day)
    ]
    return line, sorted(entries, key=lambda entry: entry.at)


def _told(desk: Desk, intents: list[Intent]) -> dict[int, datetime]:
    """When a bank last reported anything on an intent or on its loan."""
    found: dict[int, datetime] = {}
    for each in service.counting(desk, [intent.id for intent in intents]):
        found[each.intent_id] = max(each.reported_at, found.get(each.intent_id, each.reported_at))
    of_loan = {offer.id: intent for intent, offer in service.loans(desk, intents).items()}
    for paid in drawdowns.counting(desk, Drawdown.offer_id.in_(of_loan)):
        intent = of_loan[paid.offer_id]
        found[intent] = max(paid.at, found.get(intent, paid.at))
    return found


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


def _waits(intent: Intent, course: Course, asked: list[FollowUp], told: datetime | None) -> int | None:
    """The latest mark the bank was asked at and has not answered since."""
    here = [f for f in asked if (f.session_id, f.bank_id) == (intent.session_id, intent.bank_id)]
    last = max(here, key=lambda f: f.days, default=None)
    if last is None or course.standing in OVER or (told and told >= last.at):
        return None
    return last.days


def _next(course: Course, marks: tuple[int, ...], today: date) -> date | None:
    days = [course.day + timedelta(days=mark) for mark in marks]
    return next((day for day in days if day > today), None) if course.standing not in OVER else None
