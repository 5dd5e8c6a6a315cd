"""Reports (举报): taken in by the platform itself, so that no line names who came; registered days later, many together, in no order.

Nothing is journaled at the moment of a report: a line beside somebody's sign-in would tell. The row itself is written once and sealed;
the journal's line comes with the registration. What somebody adds later is kept in the same way, and heard of by the next daily run.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from financing import parameters, sealing
from financing.access import Actor, require
from financing.acts import Act
from financing.conduct import cases, wall
from financing.conduct.model import ConductCase, ConductEvidence, ConductNote, Reporter
from financing.conduct.rules import REPORTED, Practice, Source, Word
from financing.conduct_refusals import BankUnknown, CodeUnknown, TooMuchEvidence
from financing.desk import Desk
from financing.money import Fen
from financing.papers import store
from financing.papers.pictures import bared
from financing.papers.rules import media_of
from financing.parties.identity import line
from financing.parties.model import Bank, Firm
from financing.refusals import NotFound

CELL, FILE, NOTE = "reporter.told", "conduct_evidence.bytes", "conduct_note.told"
MOST_FILES = 5
#: Letters of a code that nobody mistakes for a figure.
LETTERS = 16


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says. `named`: the bank may be asked without further ado, still without a word of who reported."""

    bank_id: int
    practice: Practice
    text: str
    on: date | None = None
    amount: Fen | None = None
    named: bool = False
    source: Source = Source.REPORT


@dataclass(frozen=True, slots=True)
class Handed:
    """A file handed in: its name and its bytes, which alone say what it is."""

    name: str
    content: bytes


def report(desk: Desk, who: Actor, told: Told, *, once: str, uploads: Path, files: Sequence[Handed] = ()) -> str:
    """Take a report in at the platform's own desk (举报); the code by which to ask for it. The same form again is the same report.

    BankUnknown, and for the files TooMuchEvidence, NotAPaper, NotText: nothing is kept then.
    """
    firm = desk.session.get(Firm, who.firm_id or 0)
    if firm is None or told.practice not in REPORTED:
        raise NotFound(kind="Firm")
    require(who, Act.REPORT_CONDUCT, _Of(firm.id))
    if desk.session.get(Bank, told.bank_id) is None:
        raise BankUnknown(field="bank")
    known = _known(files)
    code = code_of(desk, once)
    row = written(desk, who, firm, told, once=once, code=code)
    if row is not None:
        for file in known:
            _keep(desk, row, file, uploads)
    return code


def _known(files: Sequence[Handed]) -> list[Handed]:
    """The files as they are kept: papers by their bytes, under plain names; looked at before the first one is kept."""
    if len(files) > MOST_FILES:
        raise TooMuchEvidence(field="evidence", most=MOST_FILES)
    for file in files:
        media_of(file.content, field="evidence")
    return [Handed(line(file.name, "evidence", 200), bared(file.content)) for file in files]


def written(desk: Desk, who: Actor, firm: Firm, told: Told, *, once: str, code: str) -> Reporter | None:
    """The sealed row, or None when this form has been taken in before."""
    wall.enter(desk)
    ring = sealing.ring(desk.session)
    marks = ring.marks(f"once\n{once}")
    if desk.session.scalar(select(Reporter.id).where(Reporter.once.in_(marks))) is not None:
        return None
    wait = 1 + secrets.randbelow(parameters.figure("conduct_wait_days", desk.today).value)
    row = Reporter(
        mark=ring.mark(f"user\n{who.id}"), firm_mark=ring.mark(f"firm\n{firm.id}"), once=marks[-1], code=ring.mark(f"code\n{_bare(code)}"),
        waits_until=desk.today + timedelta(days=wait), told=b"",
    )  # fmt: skip
    row.told = ring.write(CELL, row.id, _facts(desk, who, firm, told))
    desk.add(row)
    desk.session.flush()
    return row


def _facts(desk: Desk, who: Actor, firm: Firm, told: Told) -> dict[str, object]:
    return {
        "user": who.id, "user_name": who.name, "firm": firm.id, "firm_name": firm.name, "at": desk.now.isoformat(),
        "bank": told.bank_id, "practice": told.practice.value, "text": told.text, "named": told.named,
        "on": told.on.isoformat() if told.on else None, "fen": told.amount.fen if told.amount else None,
        "source": told.source.value,
    }  # fmt: skip


def _keep(desk: Desk, row: Reporter, file: Handed, uploads: Path) -> None:
    """Seal a file into the store before its row; bytes of a report that comes to nothing are unreadable and of no name."""
    ring = sealing.ring(desk.session)
    kept = ConductEvidence(report_id=row.id, stored="", sha256="", told=b"")
    cell = ring.seal(FILE, kept.id, file.content)
    kept.stored, kept.sha256 = store.keep_quietly(uploads, cell), hashlib.sha256(cell).hexdigest()
    kept.told = ring.write("conduct_evidence.told", kept.id, {"name": file.name})
    desk.add(kept)


def pending(desk: Desk) -> list[int]:
    """Reports whose lot has come, in an order that is none: their numbers are random."""
    wall.enter(desk)
    known = select(ConductCase.report_id).where(ConductCase.report_id.is_not(None))
    due = select(Reporter.id).where(Reporter.waits_until <= desk.today, Reporter.id.not_in(known))
    return list(desk.session.scalars(due.order_by(Reporter.id)))


def register(desk: Desk, key: int) -> int:
    """Make a case of a report (登记); the line in the journal is the platform's and says nothing of who, when or which bank."""
    wall.enter(desk)
    row = desk.session.get_one(Reporter, key)
    if desk.session.scalar(select(ConductCase.id).where(ConductCase.report_id == key)) is not None:
        return 0
    facts = sealing.ring(desk.session).read(CELL, key, row.told)
    cases.begin(
        desk,
        against_id=facts["bank"],
        practice=Practice(facts["practice"]),
        source=Source(facts["source"]),
        report_id=key,
    )
    return 1


@dataclass(frozen=True, slots=True)
class Own:
    """A report as its author sees it again: without who they are. `case` is None until it is registered."""

    report_id: int
    practice: Practice
    bank: str
    case: ConductCase | None
    answer: str
    agreed: bool
    words: tuple[tuple[Word, str], ...]
    facts: Mapping[str, object]


def of(desk: Desk, who: Actor) -> list[Own]:
    """This person's own reports, at the platform's desk; the newest first by what is sealed in them."""
    wall.enter(desk)
    marks = sealing.ring(desk.session).marks(f"user\n{who.id}")
    rows = desk.session.scalars(select(Reporter).where(Reporter.mark.in_(marks)))
    return sorted((_own(desk, row) for row in rows), key=lambda one: str(one.facts["at"]), reverse=True)


def one_of(desk: Desk, who: Actor, key: int) -> Own:
    """One of this person's own; NotFound for anybody else's."""
    found = next((one for one in of(desk, who) if one.report_id == key), None)
    if found is None:
        raise NotFound(kind="Reporter")
    return found


def by_code(desk: Desk, code: str) -> Own:
    """The report of a code; CodeUnknown."""
    wall.enter(desk)
    marks = sealing.ring(desk.session).marks(f"code\n{_bare(code)}")
    row = desk.session.scalar(select(Reporter).where(Reporter.code.in_(marks)))
    if row is None:
        raise CodeUnknown(field="code")
    return _own(desk, row)


def add(desk: Desk, own: Own, word: Word, text: str, *, once: str) -> None:
    """Something more from whoever reported, who agrees that the bank is asked, or tells of retaliation; sealed, and told by the daily run."""
    wall.enter(desk)
    if own.case is None:
        raise NotFound(kind="ConductCase")
    marks = sealing.ring(desk.session).marks(f"once\n{once}")
    if desk.session.scalar(select(ConductNote.id).where(ConductNote.once.in_(marks))) is None:
        cases.write(desk, own.case, word, text, by=None, once=marks[-1])


def unheard(desk: Desk) -> list[int]:
    """Cases in which whoever reported has written more than the handlers were told of."""
    wall.enter(desk)
    rows = desk.session.scalars(select(ConductNote.case_id).where(ConductNote.by.is_(None)))
    counts: dict[int, int] = {}
    for case_id in rows:
        counts[case_id] = counts.get(case_id, 0) + 1
    heard = select(ConductCase.id, ConductCase.words).where(ConductCase.id.in_(counts))
    return [key for key, words in desk.session.execute(heard) if counts[key] > words]


def hear(desk: Desk, key: int) -> int:
    """Tell the handlers that something was added."""
    wall.enter(desk)
    case = desk.session.get_one(ConductCase, key)
    said = select(ConductNote.id).where(ConductNote.case_id == key, ConductNote.by.is_(None))
    case.words = len(list(desk.session.scalars(said)))
    desk.take(Act.HEAR_WORD, case)
    cases.tell(desk, case, Act.HEAR_WORD, str(case.words))
    return 1


def _own(desk: Desk, row: Reporter) -> Own:
    facts = sealing.ring(desk.session).read(CELL, row.id, row.told)
    case = desk.session.scalar(select(ConductCase).where(ConductCase.report_id == row.id))
    notes = cases.notes(desk, case) if case else []
    words = tuple((one.word, one.text) for one in notes if one.by is None)
    answer = next((one.text for one in notes if one.word is Word.ANSWER), "")
    agreed = bool(facts["named"]) or any(word is Word.AGREES for word, _ in words)
    bank = desk.session.get_one(Bank, facts["bank"]).name
    return Own(row.id, Practice(facts["practice"]), bank, case, answer, agreed, words, facts)


def code_of(desk: Desk, once: str) -> str:
    """Sixteen letters in fours, 80 bits: made from the form's own mark, so that the same form shows the same code."""
    secret = sealing.ring(desk.session).derived(f"letters\n{once}")
    letters = base64.b32encode(secret).decode()[:LETTERS]
    return "-".join(letters[at : at + 4] for at in range(0, LETTERS, 4))


def _bare(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())


@dataclass(frozen=True, slots=True)
class _Of:
    firm_id: int
