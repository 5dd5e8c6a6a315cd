"""Meetings of the committee (担保评审会): calling one with its members, opening and closing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from financing.access import COMMITTEE, Role, require
from financing.acts import Act
from financing.case_refusals import NotDecided, OneChair, PastDay, TooFewMembers
from financing.desk import Desk
from financing.guarantees import agenda
from financing.guarantees.experts import need_drawn, on_register
from financing.guarantees.model import GuaranteeCase, Meeting, Seat
from financing.guarantees.rules import LEAST_MEMBERS, CaseState
from financing.numbers import Series, take_number
from financing.parties.identity import line
from financing.people.model import User


def call_meeting(desk: Desk, *, day: date, place: str, members: Sequence[int]) -> Meeting:
    """Call a meeting of at least three members, exactly one of them the chair; each is told."""
    if day < desk.today:
        raise PastDay(given=day)
    ours = (User.id.in_(members), User.id.not_in(on_register(desk)))  # experts come by lot alone
    called = desk.all(User, *ours, User.active, User.role.in_(COMMITTEE), by=User.name)
    if len(called) < LEAST_MEMBERS:
        raise TooFewMembers(least=LEAST_MEMBERS)
    if (chairs := sum(user.role is Role.CHAIR for user in called)) != 1:
        raise OneChair(found=chairs)
    place = line(place, "place")
    number = take_number(desk.session, Series.MEETING, desk.today.year)
    meeting = desk.add(Meeting(number=number, day=day, place=place))
    desk.session.flush()
    for user in called:
        desk.add(Seat(meeting_id=meeting.id, user_id=user.id, name=user.name, chair=user.role is Role.CHAIR))
        told = {"to": {"user": user.id}, "code": Act.CALL_MEETING.value, "subject": meeting.id, "number": number}
        desk.later("notice", f"called:{meeting.id}:{user.id}", **told)
    desk.note(Act.CALL_MEETING, meeting, day=day, members=[user.id for user in called])
    return meeting


def open_meeting(desk: Desk, meeting: Meeting, why: str = "") -> None:
    """Begin; from here the agenda stands and members vote. PassedOver without a reason for those it leaves out (F114)."""
    require(desk.actor, Act.OPEN_MEETING, meeting)
    need_drawn(desk, meeting)
    desk.take(Act.OPEN_MEETING, meeting)
    agenda.close(desk, meeting, why)


def close_meeting(desk: Desk, meeting: Meeting) -> None:
    """End a meeting on which every case has its result; NotDecided names those that have none."""
    # asked of the database itself: the chair must wait for a case that a tie hides from the chair
    here = select(GuaranteeCase.number).where(GuaranteeCase.meeting_id == meeting.id)
    if waiting := desk.session.scalars(here.where(GuaranteeCase.state == CaseState.ON_AGENDA)).all():
        raise NotDecided(cases=tuple(waiting))
    desk.take(Act.CLOSE_MEETING, meeting)
