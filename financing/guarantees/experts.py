"""Outside experts (外部专家): the register, and the lots by which they are called to a meeting, which nobody can choose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from financing import parameters
from financing.access import Role, require
from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import interests, lots
from financing.guarantees.committee_model import Expert, ExpertDraw
from financing.guarantees.model import Meeting, Seat
from financing.guarantees.rules import MeetingState
from financing.guarantees.sessions import in_state
from financing.interest_refusals import DrawnAlready, ExpertKnown, NoExperts, NotDrawn
from financing.journal import Entry, Private
from financing.parties.identity import line, passage
from financing.people.model import User
from financing.refusals import NotFound


def enter(desk: Desk, user: User, *, field: str, employer: str) -> Expert:
    """Put a member's account on the register: from now on lots alone call it. ExpertKnown when it stands there already."""
    require(desk.actor, Act.ENTER_EXPERT, None)
    if user.role is not Role.MEMBER or not user.active:
        raise NotFound(kind="User")
    if user.id in on_register(desk):
        raise ExpertKnown
    expert = Expert(
        user_id=user.id, field=line(field, "field"), employer=line(employer, "employer"), entered_at=desk.now,
        entered_by=desk.actor.id,
    )  # fmt: skip
    desk.add(expert)
    desk.session.flush()
    desk.note(Act.ENTER_EXPERT, expert, user=user.id, says=Private(f"{expert.field} {expert.employer}"))
    return expert


def end(desk: Desk, expert: Expert) -> None:
    """Take somebody off the register; meetings called before keep their pool."""
    desk.note(Act.END_EXPERT, expert, user=expert.user_id)
    if expert.ended_at is None:
        expert.ended_at, expert.ended_by = desk.now, desk.actor.id


def on_register(desk: Desk) -> frozenset[int]:
    """The accounts that only lots call to a meeting."""
    return frozenset(desk.session.scalars(select(Expert.user_id).where(Expert.ended_at.is_(None))))


def draws(desk: Desk, meeting: Meeting) -> list[ExpertDraw]:
    """The lots drawn for a meeting, in order; asked of the database itself, for the seal rests on them."""
    here = select(ExpertDraw).where(ExpertDraw.meeting_id == meeting.id)
    return list(desk.session.scalars(here.order_by(ExpertDraw.number)))


def pool(desk: Desk, meeting: Meeting) -> tuple[list[dict[str, Any]], str]:
    """Who stood on the register when the meeting was called, and the seed that its call made."""
    moment, link = called(desk, meeting)
    then = (Expert.entered_at <= moment, or_(Expert.ended_at.is_(None), Expert.ended_at > moment))
    found = select(Expert, User.name).join(User, User.id == Expert.user_id).where(*then).order_by(Expert.id)
    rows = [
        {"expert": one.id, "user": one.user_id, "name": name, "field": one.field, "employer": one.employer}
        for one, name in desk.session.execute(found)
    ]
    return rows, lots.seed(meeting.number, link)


def called(desk: Desk, meeting: Meeting) -> tuple[datetime, str]:
    """When a meeting was called, and the link of that line in the journal."""
    line_of = select(Entry.at, Entry.link).where(Entry.act == Act.CALL_MEETING, Entry.subject_id == meeting.id)
    at, link = desk.session.execute(line_of).one()
    return at, link


def draw(desk: Desk, meeting: Meeting, *, unable: Sequence[int] = (), reason: str = "") -> ExpertDraw:
    """Draw the experts of a meeting that has been called, once; again only for those drawn who cannot come, with a reason.

    The seed stays: the next in order takes the place. DrawnAlready, NoExperts.
    """
    require(desk.actor, Act.DRAW_EXPERTS, meeting)
    interests.hold(desk)
    desk.session.refresh(meeting, with_for_update=True)
    in_state(meeting, MeetingState.CALLED, Act.DRAW_EXPERTS)
    before = draws(desk, meeting)
    if bool(before) is not bool(unable) or (before and not set(unable) <= set(before[-1].drawn)):
        raise DrawnAlready
    people, seed = pool(desk, meeting)
    if not people:
        raise NoExperts
    out = sorted({*(before[-1].unable if before else ()), *unable})
    count = parameters.figure("experts_per_meeting", desk.today).value
    made = ExpertDraw(
        meeting_id=meeting.id, number=len(before) + 1, seed=seed, pool=people, unable=out,
        drawn=list(lots.drawn(seed, [one["expert"] for one in people], count, out)),
        reason=passage(reason, "reason", 200) if before else "", at=desk.now, by=desk.actor.id,
    )  # fmt: skip
    desk.add(made)
    desk.session.flush()
    _seat(desk, meeting, made)
    said = Private(made.reason)
    desk.note(Act.DRAW_EXPERTS, meeting, draw=made.id, seed=seed, drawn=made.drawn, unable=out, reason=said)
    return made


def _seat(desk: Desk, meeting: Meeting, made: ExpertDraw) -> None:
    """Exactly those drawn have a seat; with or without a vote as the figure of the day says."""
    votes = bool(parameters.figure("experts_vote", desk.today).value)
    accounts = {one["user"]: one for one in made.pool if one["expert"] in made.drawn}
    here = select(Seat).where(Seat.meeting_id == meeting.id, Seat.expert)
    seated = {seat.user_id: seat for seat in desk.session.scalars(here)}
    for user in seated.keys() - accounts.keys():
        desk.session.delete(seated[user])
    for user in sorted(accounts.keys() - seated.keys()):
        desk.add(Seat(meeting_id=meeting.id, user_id=user, name=accounts[user]["name"], expert=True, votes=votes))
        told = {"to": {"user": user}, "code": Act.CALL_MEETING.value, "subject": meeting.id, "number": meeting.number}
        desk.later("notice", f"called:{meeting.id}:{user}", **told)
    desk.session.flush()


def need_drawn(desk: Desk, meeting: Meeting) -> None:
    """NotDrawn where there were experts at the call and no lots were drawn: leaving them out is a choice, too."""
    if pool(desk, meeting)[0] and not draws(desk, meeting):
        raise NotDrawn
