"""Asking firms of whose needs nothing is heard (沉寂需求, F81): asked once, answered with one tap, ended with a code when nobody answers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select, union_all

from financing import parameters
from financing.access import SYSTEM
from financing.acts import Act
from financing.clocks import service as clocks
from financing.db import Base
from financing.desk import BEIJING, Desk
from financing.guarantees import service as guarantees
from financing.hygiene import rules
from financing.hygiene.model import LifeAsk, PlannedStep
from financing.hygiene.rules import Answer
from financing.journal import Entry, Private
from financing.matching import service as matching
from financing.needs.model import Need
from financing.needs.rules import ASKABLE
from financing.office_refusals import NotAsked
from financing.parties.identity import passage
from financing.people.model import User
from financing.refusals import OutOfRange


def silent(desk: Desk) -> list[int]:
    """Needs that were handed in long enough ago and of which the journal says nothing lately itself; others are not looked at."""
    since = _days_ago(desk, "life_silent_days")
    heard = exists().where(Entry.subject_id == Need.id, Entry.at > _begin(since + timedelta(days=1)), *_said())
    asked = exists().where(LifeAsk.need_id == Need.id, LifeAsk.answer.is_(None))
    old = (Need.state.in_(ASKABLE), Need.submitted_on <= since)
    return sorted(desk.session.scalars(desk.select(Need, Need.id).where(*old, ~heard, ~asked)))


def ask(desk: Desk, key: int) -> int:
    """Ask the firm whether the need still stands, if nothing was heard of it for so long; whether it was asked."""
    need = desk.get(Need, key, lock=True)
    last = last_sign(desk, need)
    days = parameters.figure("life_silent_days", desk.today).value
    if need.state not in ASKABLE or standing(desk, key) or not rules.silent(last, desk.today, days):
        return 0
    until = rules.closes_on(desk.today, parameters.figure("life_answer_days", desk.today).value)
    desk.add(LifeAsk(need_id=need.id, firm_id=need.firm_id, last_sign=last, asked_on=desk.today, asked_at=desk.now,
                     closes_on=until))  # fmt: skip
    desk.note(Act.ASK_LIFE, need, last_sign=last, closes_on=until)
    _tell(desk, Act.ASK_LIFE, need, str(desk.today), firm=need.firm_id)
    return 1


def unanswered(desk: Desk) -> list[int]:
    """The questions that nobody has answered yet."""
    return sorted(desk.session.scalars(desk.select(LifeAsk, LifeAsk.id).where(LifeAsk.answer.is_(None))))


def look_at(desk: Desk, key: int) -> int:
    """Take a question back when the need shows life by itself; end the need once the day has come. How many needs ended."""
    asked = desk.get(LifeAsk, key, lock=True)
    if asked.answer is not None:
        return 0
    need = desk.get(Need, asked.need_id, lock=True)
    if need.state not in ASKABLE:
        _answer(desk, asked, Answer.OTHERWISE)
    elif last_sign(desk, need, after=asked.asked_at) is not None:
        _answer(desk, asked, Answer.ACTIVE)
    elif desk.today >= asked.closes_on:
        _close(desk, need, asked, Answer.NO_SIGN)
        return 1
    return 0


def still(desk: Desk, need: Need) -> None:
    """The firm says that the need still stands (仍然需要); NotAsked when nobody asks."""
    asked = standing(desk, need.id)
    if asked is None:
        raise NotAsked
    desk.note(Act.CONFIRM_LIFE, need)
    _answer(desk, asked, Answer.STILL)
    _tell(desk, Act.CONFIRM_LIFE, need, str(asked.id), **_office(need))


def no_longer(desk: Desk, need: Need) -> None:
    """The firm says that it needs nothing any more: the need ends (办结需求); NotAsked when nobody asks."""
    asked = standing(desk, need.id)
    if asked is None:
        raise NotAsked
    _close(desk, need, asked, Answer.NO_LONGER)


def plan(desk: Desk, need: Need, what: str, due_on: date) -> PlannedStep:
    """Say what is done next for a need and by when (定下一步); OutOfRange for a day that has passed or lies too far ahead."""
    most = desk.today + timedelta(days=parameters.figure("idle_days", desk.today).value)
    if not desk.today <= due_on <= most:
        raise OutOfRange(field="step_due", least=desk.today, most=most)
    what = passage(what, "step_what", 200)
    made = desk.add(PlannedStep(need_id=need.id, firm_id=need.firm_id, what=what, due_on=due_on, set_at=desk.now,
                                set_by=desk.actor.id, set_by_name=desk.actor.name))  # fmt: skip
    desk.note(Act.PLAN_STEP, need, what=Private(what), due=due_on)
    return made


def standing(desk: Desk, need: int) -> LifeAsk | None:
    """The question about a need that waits for an answer."""
    return desk.find(LifeAsk, LifeAsk.need_id == need, LifeAsk.answer.is_(None))


def last_sign(desk: Desk, need: Need, after: datetime | None = None) -> Any:
    """The day of the last sign of life, or with `after` whether there was one since: that moment, or None.

    A sign of life is a line of the journal that a person wrote (not the platform, and not by mere looking or signing in) about
    the need or about anything that belongs to it, or that somebody of the firm wrote about anything of the firm's.
    """
    people = select(User.id).where(User.firm_id == need.firm_id)
    about = or_(
        Entry.subject_id.in_(_belongings(need.id)), (Entry.firm_id == need.firm_id) & Entry.actor_id.in_(people)
    )
    query = select(Entry.at).where(about, *_said())
    if after is not None:
        query = query.where(Entry.at > after)
    found = desk.session.scalar(query.order_by(Entry.at.desc()).limit(1))
    if after is not None:
        return found
    first = need.submitted_on or need.drafted_on
    return max(first, found.astimezone(BEIJING).date()) if found else first


def _belongings(need: int) -> Select[Any]:
    """The need and every row of every table that belongs to it: a table tells so by its column."""
    parts = [
        select(table.c.id).where(table.c.need_id == need)
        for table in Base.metadata.sorted_tables
        if {"id", "need_id"} <= set(table.c.keys())
    ]
    return select(union_all(select(Need.id).where(Need.id == need), *parts).subquery().c.id)


def _said() -> tuple[ColumnElement[bool], ...]:
    return (Entry.actor_id != SYSTEM.id, Entry.act.not_in(rules.QUIET))


def _close(desk: Desk, need: Need, asked: LifeAsk, why: Answer) -> None:
    """End a need with its code; whatever belongs to it ends as when the firm takes it back."""
    desk.take(Act.CLOSE_NEED, need, why=why)
    clocks.stop(desk, need)
    guarantees.drop(desk, need, Act.CLOSE_NEED)
    matching.drop(desk, need, Act.CLOSE_NEED)
    _answer(desk, asked, why)
    _tell(desk, Act.CLOSE_NEED, need, "firm", firm=need.firm_id)
    _tell(desk, Act.CLOSE_NEED, need, "office", **_office(need))


def _answer(desk: Desk, asked: LifeAsk, answer: Answer) -> None:
    asked.answer, asked.answered_at, asked.answered_by = answer, desk.now, desk.actor.id


def _office(need: Need) -> dict[str, Any]:
    return {"user": need.officer_id} if need.officer_id else {"role": "officer"}


def _days_ago(desk: Desk, key: str) -> date:
    return desk.today - timedelta(days=parameters.figure(key, desk.today).value)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=BEIJING)


def _tell(desk: Desk, act: Act, need: Need, which: str, **to: Any) -> None:
    desk.later("notice", f"{act.value}:{need.id}:{which}", to=to, code=act.value, subject=need.id, number=need.number)
