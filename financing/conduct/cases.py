"""What two people do with a case (核查): look into it, ask the bank without a word of who reported, find, answer, close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from financing import parameters, sealing
from financing.acts import Act
from financing.conduct import posts, wall
from financing.conduct.model import ConductCase, ConductLetter, ConductNote, Reporter
from financing.conduct.rules import (
    OUTCOMES,
    ConductOutcome,
    ConductState,
    Practice,
    Seat,
    Source,
    Telling,
    Word,
    gives_away,
    plain_name,
)
from financing.conduct_refusals import Answered, NamesReporter, NotAgreed, OutcomeDiffers
from financing.desk import Desk
from financing.journal import Private
from financing.needs.model import Need
from financing.numbers import Series, take_number
from financing.parties.model import Firm
from financing.refusals import NotFound

NOTE, CELL = "conduct_note.told", "reporter.told"
#: What each finding is called as an act.
FINDINGS = (Act.FIND_BREACH, Act.FIND_NOTHING, Act.REFER_CONDUCT)


@dataclass(frozen=True, slots=True)
class Written:
    """A note of a case, opened."""

    word: Word
    text: str
    by: int | None
    name: str
    at: datetime


def begin(
    desk: Desk, *, against_id: int, practice: Practice, source: Source, report_id: int | None = None,
    firm_id: int | None = None, subject_id: int | None = None, facts: Mapping[str, Any] | None = None,
) -> ConductCase:  # fmt: skip
    """A new case on the handlers' desk, its clock running from today."""
    days = {name: parameters.figure(f"conduct_{name}_days", desk.today).value for name in ("begin", "answer")}
    case = desk.add(
        ConductCase(
            number=take_number(desk.session, Series.CONDUCT, desk.today.year), practice=practice, source=source,
            against_id=against_id, report_id=report_id, firm_id=firm_id, subject_id=subject_id, facts=dict(facts or {}),
            received_on=desk.today, begin_by=desk.calendar.after(desk.today, days["begin"]).day,
            answer_by=desk.calendar.after(desk.today, days["answer"]).day,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.RECEIVE_CONDUCT, case)
    tell(desk, case, Act.RECEIVE_CONDUCT, "")
    return case


def held(desk: Desk, key: int, *, lock: bool = False) -> ConductCase:
    """A case for one of the two; not there for the officer of the firm that reports."""
    case = desk.get(ConductCase, key, lock=lock)
    wall.enter(desk)
    if desk.actor.id in barred(desk, case):
        raise NotFound(kind="ConductCase")
    case.handlers = frozenset(posts.holders(desk).values())
    return case


def barred(desk: Desk, case: ConductCase) -> set[int]:
    """Who is the officer of the firm that reports, and so stays out of the case."""
    if case.report_id is None:
        return set()
    mine = select(Need.officer_id).where(Need.firm_id == identity(desk, case)["firm"], Need.officer_id.is_not(None))
    return {int(one) for one in desk.session.scalars(mine) if one}


def identity(desk: Desk, case: ConductCase) -> dict[str, Any]:
    """Who reported, as sealed; for code that has asked `held`, or runs for the platform."""
    row = desk.session.get_one(Reporter, case.report_id)
    return sealing.ring(desk.session).read(CELL, row.id, row.told)


def opened(desk: Desk, case: ConductCase) -> dict[str, Any]:
    """Who reported, shown to a handler: a line in the journal before it is."""
    desk.note(Act.OPEN_REPORTER, case)
    return identity(desk, case)


def look_into(desk: Desk, case: ConductCase, text: str) -> None:
    """Take it up (开始核查)."""
    desk.take(Act.LOOK_INTO, case, text=Private(text))
    write(desk, case, Word.HANDLING, text, by=desk.actor.id)


def ask_bank(desk: Desk, case: ConductCase, asks: str) -> ConductLetter:
    """A letter to the bank (核实函). NotAgreed before whoever reported agrees; NamesReporter for what would tell who it is."""
    if case.report_id is not None:
        facts = identity(desk, case)
        if not agreed(desk, case, facts):
            raise NotAgreed
        if kind := gives_away(asks, _telling(desk, facts)):
            raise NamesReporter(field="asks", word=kind)
    days = parameters.figure("conduct_letter_days", desk.today).value
    desk.take(Act.ASK_BANK, case, asks=Private(asks))
    letter = desk.add(
        ConductLetter(
            case_id=case.id, bank_id=case.against_id, number=case.number, practice=case.practice, asks=asks, sent_on=desk.today,
            sent_by=desk.actor.id, due_on=desk.calendar.after(desk.today, days).day,
        )
    )  # fmt: skip
    desk.session.flush()
    to = {"bank": case.against_id, "role": "bank_admin"}
    desk.later(
        "notice", f"conduct.letter:{letter.id}", to=to, code=Act.ASK_BANK.value, subject=letter.id, number=case.number
    )
    return letter


def answer_letter(desk: Desk, letter: ConductLetter, answer: str) -> None:
    """The bank's answer (答复核实函), once; the case goes back to the handlers. Answered when it was given before."""
    desk.session.refresh(letter, with_for_update=True)
    if letter.answer is not None:
        raise Answered
    desk.note(Act.ANSWER_LETTER, letter, answer=Private(answer))
    letter.answer, letter.answered_at, letter.answered_by = answer, desk.now, desk.actor.id
    case = desk.session.get_one(ConductCase, letter.case_id, with_for_update=True)
    if (case.state, Act.ANSWER_LETTER) in case.flow.follows:
        desk.follow(Act.ANSWER_LETTER, case)
    tell(desk, case, Act.ANSWER_LETTER, str(letter.id))


def find(desk: Desk, case: ConductCase, finding: Act, why: str) -> None:
    """What was found: a breach, none, or a matter for the regulator."""
    if finding not in FINDINGS:
        raise OutcomeDiffers(field="finding")
    desk.take(finding, case, why=Private(why))
    write(desk, case, Word.HANDLING, why, by=desk.actor.id)


def close(desk: Desk, case: ConductCase, outcome: ConductOutcome, answer: str) -> None:
    """End it with an outcome that goes with the finding, and the answer that whoever reported reads (答复并结案)."""
    if outcome not in OUTCOMES.get(case.state, ()):
        raise OutcomeDiffers(field="outcome")
    case.outcome, case.closed_on = outcome, desk.today
    desk.take(Act.CLOSE_CONDUCT, case, outcome=outcome)
    write(desk, case, Word.ANSWER, answer, by=desk.actor.id)


def agreed(desk: Desk, case: ConductCase, facts: Mapping[str, Any]) -> bool:
    """Whether the bank may be asked: reported by name, or agreed to since."""
    return bool(facts["named"]) or any(note.word is Word.AGREES and note.by is None for note in notes(desk, case))


def write(desk: Desk, case: ConductCase, word: Word, text: str, *, by: int | None, once: str | None = None) -> None:
    """A sealed note."""
    note = ConductNote(case_id=case.id, word=word, by=by, once=once, told=b"")
    name = desk.actor.name if by else ""
    facts = {"text": text, "name": name, "at": desk.now.isoformat()}
    note.told = sealing.ring(desk.session).write(NOTE, note.id, facts)
    desk.add(note)
    desk.session.flush()


def notes(desk: Desk, case: ConductCase) -> list[Written]:
    """The notes of a case, opened, in order; only after `held`, or for the platform."""
    ring = sealing.ring(desk.session)
    rows = desk.session.scalars(select(ConductNote).where(ConductNote.case_id == case.id))
    found = [(row, ring.read(NOTE, row.id, row.told)) for row in rows]
    told = [
        Written(row.word, one["text"], row.by, one["name"], datetime.fromisoformat(one["at"])) for row, one in found
    ]
    return sorted(told, key=lambda one: one.at)


def waiting(desk: Desk) -> list[int]:
    """Cases whose clock has run out: not taken up in time, or not closed in time."""
    late = (ConductCase.state == ConductState.RECEIVED) & (ConductCase.begin_by < desk.today)
    unanswered = (ConductCase.state != ConductState.CLOSED) & (ConductCase.answer_by < desk.today)
    return list(desk.session.scalars(select(ConductCase.id).where(late | unanswered)))


def look_at(desk: Desk, key: int) -> int:
    """Remind the two, once for each deadline."""
    case = desk.session.get_one(ConductCase, key)
    which = "answer" if case.answer_by < desk.today else "begin"
    tell(desk, case, Act.REMIND_HANDLERS, which)
    return 1


def tell(desk: Desk, case: ConductCase, act: Act, which: str) -> None:
    """Let the handlers know; who that is the platform finds out by itself, whoever is at this desk."""
    desk.later("conduct", f"{act.value}:{case.id}:{which}", case=case.id, act=act.value)


def deliver(desk: Desk, once: str, payload: Mapping[str, Any]) -> int:
    """A notice to whoever may handle the case, by number alone; to administrators where a seat is empty, so that somebody is put there."""
    wall.enter(desk)
    case = desk.session.get_one(ConductCase, payload["case"])
    sitting = posts.holders(desk)
    to: list[dict[str, object]] = [{"user": one} for one in set(sitting.values()) - barred(desk, case)]
    if len(sitting) < len(Seat):
        to.append({"role": "admin"})
    for at, one in enumerate(to):
        desk.later("notice", f"{once}:{at}", to=one, code=payload["act"], subject=case.id, number=case.number)
    return len(to)


def _telling(desk: Desk, facts: Mapping[str, Any]) -> list[tuple[Telling, str]]:
    """What must not stand in a letter: the firm's name, code, telephone and people, its needs' numbers, the reporter's name."""
    firm = desk.session.get_one(Firm, facts["firm"])
    needs = desk.session.scalars(select(Need.number).where(Need.firm_id == firm.id))
    people = (firm.contact, firm.representative, facts["user_name"])
    return [
        (Telling.FIRM, firm.name),
        (Telling.FIRM, plain_name(firm.name)),
        (Telling.CODE, firm.code),
        (Telling.PHONE, firm.phone),
        *((Telling.PERSON, name) for name in people),
        *((Telling.NEED, number) for number in needs),
    ]
