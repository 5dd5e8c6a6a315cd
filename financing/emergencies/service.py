"""Reading in an emergency (紧急查阅): asked for, agreed to by an auditor, told at once, read on record, and over within the hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from financing import outbox
from financing.acts import Act
from financing.desk import Desk
from financing.emergencies.model import Emergency, EmergencyLook
from financing.emergencies.rules import EmergencyState, Section, reads
from financing.emergency_refusals import EmergencyOver, EmergencyStands, FirmUnknown
from financing.journal import Private
from financing.numbers import Series, take_number
from financing.papers.model import Paper
from financing.parameters import figure
from financing.parties.model import Firm

#: What waits for the hour to be over.
ENDS = "emergency_ends"


def ask(desk: Desk, *, code: str, why: str) -> Emergency:
    """Ask to read one firm's data, named by its credit code. FirmUnknown; EmergencyStands while another one waits or is open."""
    firm = desk.session.scalar(select(Firm).where(Firm.code == code.strip().upper()))
    if firm is None:
        raise FirmUnknown(field="firm_code", given=code)
    standing = select(Emergency.number).where(Emergency.firm_id == firm.id, Emergency.ended_at.is_(None))
    if (other := desk.session.scalar(standing)) is not None:
        raise EmergencyStands(number=other)
    asked = desk.add(
        Emergency(
            number=take_number(desk.session, Series.EMERGENCY, desk.today.year), firm_id=firm.id, firm=firm.name, why=why,
            proposed_at=desk.now, proposed_by=desk.actor.id, proposer=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.ASK_EMERGENCY, asked, number=asked.number, why=Private(why))
    _tell(desk, asked, Act.ASK_EMERGENCY, role="auditor")
    return asked


def open_(desk: Desk, asked: Emergency) -> None:
    """The auditor agrees: from now on, and for as many minutes as the figure says, that one administrator reads."""
    minutes = figure("emergency_minutes", desk.today).value
    asked.opened_at, asked.until = desk.now, desk.now + timedelta(minutes=minutes)
    _decided(desk, asked)
    desk.take(Act.OPEN_EMERGENCY, asked, number=asked.number, minutes=minutes)
    _tell(desk, asked, Act.OPEN_EMERGENCY, firm=asked.firm_id)
    _tell(desk, asked, Act.OPEN_EMERGENCY, role="auditor")
    _tell(desk, asked, Act.OPEN_EMERGENCY, user=asked.proposed_by)
    outbox.put(desk.session, ENDS, f"{ENDS}:{asked.id}", asked.until, {"emergency": asked.id})


def turn_down(desk: Desk, asked: Emergency, answer: str) -> None:
    """The auditor says no, and why."""
    _decided(desk, asked)
    asked.ended_at, asked.answer = desk.now, answer
    desk.take(Act.TURN_DOWN_EMERGENCY, asked, number=asked.number, answer=Private(answer))
    _tell(desk, asked, Act.TURN_DOWN_EMERGENCY, user=asked.proposed_by)


def withdraw(desk: Desk, asked: Emergency) -> None:
    """Whoever asked needs it no more."""
    asked.ended_at = desk.now
    desk.take(Act.WITHDRAW_EMERGENCY, asked, number=asked.number)


def end(desk: Desk, asked: Emergency) -> None:
    """Over before its time, or because it has come; the firm and the auditors hear how much was read."""
    count = len(looks(desk, asked))
    desk.take(Act.END_EMERGENCY, asked, number=asked.number, looks=count)
    asked.ended_at = desk.now
    _tell(desk, asked, Act.END_EMERGENCY, firm=asked.firm_id)
    _tell(desk, asked, Act.END_EMERGENCY, role="auditor")


def end_in_time(desk: Desk, _once: str, payload: dict[str, int]) -> None:
    """The hour is over; nothing where it was ended by hand."""
    asked = desk.get(Emergency, payload["emergency"], lock=True)
    if asked.state is EmergencyState.OPEN:
        end(desk, asked)


def look(desk: Desk, asked: Emergency, section: Section, paper: int | None = None) -> tuple[Desk, Paper | None]:
    """Put a look on record, and the desk at which that firm alone is seen. EmergencyOver; NotFound for a paper of another firm."""
    if not reads(asked.state, asked.until, desk.now):
        raise EmergencyOver(number=asked.number)
    there = replace(desk, actor=replace(desk.actor, emergency_id=asked.id))
    found = there.get(Paper, paper) if paper is not None else None
    what = found.name if found else ""
    desk.add(
        EmergencyLook(
            emergency_id=asked.id, firm_id=asked.firm_id, user_id=desk.actor.id, section=section, what=what, at=desk.now
        )
    )
    there.note(Act.LOOK_EMERGENCY, asked, number=asked.number, section=section, **({"paper": paper} if paper else {}))
    return there, found


def looks(desk: Desk, asked: Emergency) -> list[EmergencyLook]:
    """Everything that was read, the first look first."""
    return desk.all(EmergencyLook, EmergencyLook.emergency_id == asked.id, by=EmergencyLook.at)


def _decided(desk: Desk, asked: Emergency) -> None:
    asked.decided_at, asked.decided_by, asked.decider = desk.now, desk.actor.id, desk.actor.name


def _tell(desk: Desk, asked: Emergency, act: Act, **to: object) -> None:
    whom = next(iter(to))
    once = f"{act.value}:{asked.id}:{whom}"
    desk.later("notice", once, to=to, code=act.value, subject=asked.id, number=asked.number)
