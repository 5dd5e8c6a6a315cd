"""What people see of commitments: the ledger intent by intent, what is due, and what each bank kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from financing import unmoved
from financing.commitments import service
from financing.commitments.model import FollowUp, Outcome
from financing.commitments.rules import OVER, Course, Kept, Stage, Standing, kept
from financing.commitments.tracks import Track, tracks
from financing.desk import Desk
from financing.forums.day_model import Intent
from financing.forums.day_rules import Said
from financing.listed import Listed, given
from financing.matching.model import Dossier
from financing.money import Fen
from financing.offers.drawdown_model import Drawdown
from financing.offers.reversal_model import Reversal
from financing.parties.model import Bank, Firm
from financing.refusals import NotFound

#: Intents on one page, and at most as many that are due above them.
PAGE = 20


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
    """One page of everything in sight, what is due first; the first that are due with how many there are; each bank's figures."""

    found: Listed[Line]
    due: tuple[Line, ...]
    waiting: int
    banks: tuple[BankKept, ...]
    marks: tuple[int, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.found.rows


@dataclass(frozen=True, slots=True)
class _Whole:
    """All intents in sight, still without the names of firms, which are asked for the lines that are shown."""

    tracks: tuple[Track, ...]
    waits: Mapping[int, int]  # the mark since which nothing was said, by intent
    banks: Mapping[int, str]
    kept: tuple[BankKept, ...]
    marks: tuple[int, ...]


def ledger(desk: Desk, page: int = 1) -> Ledger:
    """The ledger as far as the reader may see it: what is due, then the newest session. Read anew when somebody has acted."""
    actor = desk.actor
    question = "commitments", actor.role, actor.bank_id, actor.firm_id, desk.today
    whole = unmoved.kept(desk, question, lambda: _whole(desk))
    total = len(whole.tracks)
    size = max(1, total) if desk.whole else PAGE
    if desk.whole:
        given(total)
    of = max(1, -(-total // size))
    page = min(max(1, page), of)
    shown = _lines(desk, whole, whole.tracks[(page - 1) * size : page * size])
    due = whole.tracks[: min(len(whole.waits), size)]
    first = shown[: len(due)] if page == 1 else _lines(desk, whole, due)
    return Ledger(Listed(shown, page, of, total), first, len(whole.waits), whole.kept, whole.marks)


def _whole(desk: Desk) -> _Whole:
    found, marks, asked = tracks(desk, Intent.said == Said.INTENDS), service.marks(desk.today), _asked(desk)
    banks = {row.id: row.name for row in desk.session.execute(desk.select(Bank, Bank.id, Bank.name))}
    waits = {one.id: mark for one in found if (mark := _waits(one, asked.get((one.session_id, one.bank_id))))}
    per_bank: defaultdict[int, list[Course]] = defaultdict(list)
    for one in found:
        per_bank[one.bank_id].append(one.course)
    figures = [BankKept(banks[bank], kept(of, desk.today, marks)) for bank, of in per_bank.items()]
    found.sort(
        key=lambda one: (one.id not in waits, -one.course.day.toordinal(), banks[one.bank_id], one.round, one.id)
    )
    return _Whole(tuple(found), waits, banks, tuple(sorted(figures, key=lambda one: one.bank)), marks)


def _lines(desk: Desk, whole: _Whole, shown: Sequence[Track]) -> tuple[Line, ...]:
    names = _names(desk, shown)
    return tuple(
        Line(
            one.id, one.session, whole.banks[one.bank_id], *names[one.id], one.course, one.loan_id, whole.waits.get(one.id),
            _next(one.course, whole.marks, desk.today),
        )
        for one in shown
    )  # fmt: skip


def one(desk: Desk, intent: Intent) -> tuple[Line, list[Entry]]:
    """One intent with everything reported on it, the first first."""
    found, marks, asked = (
        tracks(desk, Intent.id == intent.id, Intent.said == Said.INTENDS),
        service.marks(desk.today),
        _asked(desk),
    )
    if not found:
        raise NotFound(kind=Intent.__name__)
    mark = _waits(found[0], asked.get((intent.session_id, intent.bank_id)))
    bank = desk.get(Bank, intent.bank_id).name
    whole = _Whole(tuple(found), {intent.id: mark} if mark else {}, {intent.bank_id: bank}, (), marks)
    (line,) = _lines(desk, whole, found)
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


def _names(desk: Desk, shown: Sequence[Track]) -> dict[int, tuple[str, str]]:
    """Firm and dossier of each intent as far as they are open to the reader."""
    d, known = Dossier, desk.select(Firm, Firm.id, Firm.name).where(Firm.id.in_({one.firm_id for one in shown}))
    firms = {row.id: row.name for row in desk.session.execute(known)}
    rows = desk.session.execute(
        desk.select(d, d.need_id, d.firm_name, d.number).where(d.need_id.in_({one.need_id for one in shown}))
    )
    files = {need: (firm, number) for need, firm, number in rows}
    found = {}
    for one in shown:
        firm, number = files.get(one.need_id, ("", ""))
        found[one.id] = (firms.get(one.firm_id) or firm, number)
    return found


def _asked(desk: Desk) -> dict[tuple[int, int], FollowUp]:
    """The last mark at which each bank was asked about each session."""
    found: dict[tuple[int, int], FollowUp] = {}
    for one in desk.all(FollowUp, by=FollowUp.days):
        found[one.session_id, one.bank_id] = one
    return found


def _waits(one: Track, last: FollowUp | None) -> int | None:
    """The latest mark the bank was asked at and has not answered since."""
    if last is None or one.course.standing in OVER or (one.told and one.told >= last.at):
        return None
    return last.days


def _next(course: Course, marks: tuple[int, ...], today: date) -> date | None:
    days = [course.day + timedelta(days=mark) for mark in marks]
    return next((day for day in days if day > today), None) if course.standing not in OVER else None
