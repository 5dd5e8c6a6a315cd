from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from financing.access import Role
from financing.case_refusals import NotDecided, OneChair, PastDay, TooFewMembers
from financing.guarantees import meetings, service
from financing.guarantees.model import GuaranteeCase, Meeting, Seat
from financing.guarantees.rules import MeetingState, Vote
from financing.outbox import Outgoing
from financing.refusals import NotAllowed, WrongState
from tests.makers import TODAY, a_user, at, writing


def call(zone, members, day=TODAY):
    with at(zone.database, zone.officer.actor) as desk:
        return meetings.call_meeting(desk, day=day, place="三楼会议室", members=members)


def test_a_meeting_seats_those_called_by_name_and_tells_each(zone):
    meeting = call(zone, zone.ids())
    assert meeting.number == "PS2026-0001"
    with writing(zone.database) as session:
        seats = list(session.scalars(select(Seat)))
        told = [row.payload["to"]["user"] for row in session.scalars(select(Outgoing))]
    assert {(seat.user_id, seat.name, seat.chair) for seat in seats} == {
        (user.id, user.name, user is zone.chair) for user in zone.everybody
    }
    assert sorted(told) == sorted(zone.ids())


def test_a_meeting_needs_three_members_with_one_chair_among_them(zone):
    with writing(zone.database) as session:
        second = a_user(session, Role.CHAIR).id
        left = a_user(session, Role.MEMBER, active=False).id
        clerk = a_user(session, Role.CLERK).id
    chair, one, two, three, _ = zone.ids()
    for members in ([], [chair, one], [chair, one, one], [chair, one, left], [chair, one, clerk], [chair, one, 99]):
        with pytest.raises(TooFewMembers):
            call(zone, members)
    for members in ([one, two, three], [chair, second, one]):
        with pytest.raises(OneChair):
            call(zone, members)
    assert call(zone, [chair, one, two]).state is MeetingState.CALLED


def test_nobody_is_called_to_a_day_that_has_passed(zone):
    with pytest.raises(PastDay):
        call(zone, zone.ids(), TODAY - timedelta(days=1))


def test_only_the_chair_opens_and_closes(zone):
    meeting = call(zone, zone.ids())
    for user in (zone.officer, zone.members[0]):
        for act in (meetings.open_meeting, meetings.close_meeting):
            with pytest.raises(NotAllowed), at(zone.database, user.actor) as desk:
                act(desk, desk.get(Meeting, meeting.id))
    for act in (meetings.open_meeting, meetings.close_meeting):
        with at(zone.database, zone.chair.actor) as desk:
            act(desk, desk.get(Meeting, meeting.id))
    assert zone.get(Meeting, meeting.id).state is MeetingState.CLOSED


def test_a_case_joins_an_agenda_only_before_the_meeting_begins(zone):
    late = zone.case()
    meeting = zone.meeting(zone.case())
    with pytest.raises(WrongState), at(zone.database, zone.officer.actor) as desk:
        service.table(desk, desk.get(GuaranteeCase, late.id), desk.get(Meeting, meeting.id))


def test_a_case_is_on_one_agenda_at_a_time(zone):
    case = zone.case()
    zone.meeting(case)
    with pytest.raises(WrongState):
        zone.meeting(case)


def test_a_meeting_closes_only_when_every_case_has_its_result(zone):
    decided, put_off = zone.case(), zone.case()
    meeting = zone.meeting(decided, put_off)

    def close():
        with at(zone.database, zone.chair.actor) as desk:
            meetings.close_meeting(desk, desk.get(Meeting, meeting.id))

    for user in zone.everybody:
        zone.votes(decided, user, Vote.FOR)
    zone.seals(decided)
    with pytest.raises(NotDecided) as refusal:
        close()
    assert refusal.value.facts == {"cases": (put_off.number,)}
    zone.steps_aside(put_off, zone.chair)  # even a case the chair no longer sees must have its result
    with pytest.raises(NotDecided):
        close()
    zone.defers(put_off, zone.members[0])
    close()
    assert zone.get(Meeting, meeting.id).state is MeetingState.CLOSED


def test_a_member_sees_the_cases_of_their_own_meetings_only(zone):
    case = zone.case()
    with writing(zone.database) as session:
        others = [a_user(session, Role.CHAIR), a_user(session, Role.MEMBER), a_user(session, Role.MEMBER)]
    zone.meeting(case)
    call(zone, [user.id for user in others])
    for user, seen in ((zone.chair, 1), (zone.members[0], 1), (others[0], 0), (others[1], 0)):
        with at(zone.database, user.actor, write=False) as desk:
            assert len(desk.all(GuaranteeCase)) == seen
            assert len(desk.all(Meeting)) == 1
            assert len(desk.all(Seat)) == (5 if seen else 3)
