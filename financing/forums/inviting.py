"""Who is invited to a session, what they answered, and who has come (邀请、回执、签到)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.forums.day_model import Guest
from financing.forums.day_rules import SIGNS, Reply, code_in
from financing.forums.model import BankTable, ForumSession, Talk
from financing.forums.rules import SessionState
from financing.journal import Private
from financing.money import Fen
from financing.refusals import WrongState
from financing.session_refusals import NotInvited, SaysWhy, WhoDecides


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to an invitation: who comes and, for a bank, how much they may decide; or why nobody does."""

    coming: bool
    person: str = ""
    power: Fen | None = None
    why: str = ""
    shown: bool = False  # a firm lets its name stand on the wall


def invite(desk: Desk, session: ForumSession) -> int:
    """Publish the agenda and invite every bank with a table and every firm with a talk; how many are new. Twice is once."""
    desk.session.refresh(session, with_for_update=True)
    known = desk.all(Guest, Guest.session_id == session.id)
    banks = {table.bank_id for table in desk.all(BankTable, BankTable.session_id == session.id)}
    firms = {talk.firm_id for talk in desk.all(Talk, Talk.session_id == session.id)}
    new: list[tuple[int | None, int | None]] = [
        (key, None) for key in sorted(banks - {guest.bank_id for guest in known})
    ]
    new += [(None, key) for key in sorted(firms - {guest.firm_id for guest in known})]
    desk.take(Act.INVITE_GUESTS, session, guests=len(known) + len(new), invited=len(new))
    for bank, firm in new:
        desk.add(Guest(session_id=session.id, bank_id=bank, firm_id=firm, code=_code(), invited_at=desk.now))
        _tell(desk, session, Act.INVITE_GUESTS, {"bank": bank} if bank else {"firm": firm})
    return len(new)


def answer(desk: Desk, guest: Guest, said: Answer) -> None:
    """Say who comes, or why not; the last answer before the end counts. WhoDecides and SaysWhy when it is not whole."""
    session = desk.get(ForumSession, guest.session_id)
    if session.state is SessionState.CLOSED:
        raise WrongState(state=session.state, act=Act.ANSWER_INVITE)
    if said.coming and (not said.person or (guest.bank_id and not said.power)):
        raise WhoDecides(field="power" if said.person else "person")
    if not said.coming and not said.why:
        raise SaysWhy(field="reason")
    guest.reply = Reply.COMING if said.coming else Reply.NOT_COMING
    guest.person, guest.power = (said.person, said.power if guest.bank_id else None) if said.coming else ("", None)
    guest.why, guest.shown = "" if said.coming else said.why, bool(guest.firm_id and said.coming and said.shown)
    guest.replied_at = desk.now
    facts = {"reply": guest.reply, "power": guest.power, "shown": guest.shown}
    desk.note(Act.ANSWER_INVITE, guest, person=Private(guest.person), why=Private(guest.why), **facts)


def arrive(desk: Desk, session: ForumSession, typed: str) -> Guest:
    """Note that the guest with this code is there (签到); scanned twice is once. NotInvited for any other code."""
    code = code_in(typed)
    guest = desk.find(Guest, Guest.session_id == session.id, Guest.code == code) if code else None
    if guest is None:
        raise NotInvited(field="guest_code")
    desk.session.refresh(guest, with_for_update=True)
    if guest.arrived_at is None:
        guest.arrived_at, guest.arrived_by = desk.now, desk.actor.id
        desk.note(Act.CHECK_IN, guest, session=session.number)
    return guest


def remind(desk: Desk) -> int:
    """Remind, once, whoever has not answered and whose session is near; how many sessions had somebody to remind."""
    near = desk.today + timedelta(days=parameters.figure("session_reminder_days", desk.today).value)
    soon = (ForumSession.state == SessionState.PLANNED, ForumSession.day > desk.today, ForumSession.day <= near)
    return sum(_remind(desk, session) for session in desk.all(ForumSession, *soon))


def _remind(desk: Desk, session: ForumSession) -> bool:
    waiting = desk.all(Guest, Guest.session_id == session.id, Guest.reply == Reply.WAITING, Guest.reminded_at.is_(None))
    for guest in waiting:
        guest.reminded_at = desk.now
        _tell(desk, session, Act.REMIND_GUESTS, {"bank": guest.bank_id} if guest.bank_id else {"firm": guest.firm_id})
    if waiting:
        desk.note(Act.REMIND_GUESTS, session, guests=len(waiting))
    return bool(waiting)


def _code() -> str:
    """Sixty bits of chance, kept with the guest: nobody makes one up."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))


def _tell(desk: Desk, session: ForumSession, act: Act, to: dict[str, int | None]) -> None:
    once = f"{act.value}:{session.id}:{to}"
    desk.later("notice", once, to=to, code=act.value, subject=session.id, number=session.number)
