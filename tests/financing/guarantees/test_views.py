"""What officers, members, the chair and the auditor see of cases and meetings."""

from __future__ import annotations

import pytest

from financing.access import Actor, Role
from financing.acts import Act
from financing.guarantees import meeting_views, views
from financing.guarantees.model import GuaranteeCase, Meeting
from financing.guarantees.rules import CaseState, Vote
from financing.money import Fen
from financing.needs.model import Need
from financing.refusals import NotFound
from tests.makers import at


def pack(zone, case, actor):
    with at(zone.database, actor, write=False) as desk:
        return views.pack(desk, desk.get(GuaranteeCase, case.id))


def agenda(zone, meeting, actor):
    with at(zone.database, actor, write=False) as desk:
        return meeting_views.agenda(desk, desk.get(Meeting, meeting.id))


def test_the_page_offers_exactly_what_can_succeed_now(zone):
    case = zone.case()
    officer, chair, member = zone.officer.actor, zone.chair.actor, zone.members[0].actor
    assert pack(zone, case, officer).acts == {Act.TABLE_CASE}
    meeting = zone.meeting(case, begun=False)
    assert pack(zone, case, member).acts == {Act.DECLARE_TIE}
    with at(zone.database, chair) as desk:
        desk.take(Act.OPEN_MEETING, desk.get(Meeting, meeting.id))
    assert pack(zone, case, officer).acts == set()
    assert pack(zone, case, member).acts == {Act.DECLARE_TIE, Act.CAST_VOTE}
    assert pack(zone, case, chair).acts == {Act.DECLARE_TIE, Act.IMPOSE_TIE, Act.CAST_VOTE, Act.DEFER_CASE}
    for user in zone.everybody[:4]:
        zone.votes(case, user)
    assert pack(zone, case, chair).acts == {Act.DECLARE_TIE, Act.IMPOSE_TIE, Act.CAST_VOTE, Act.CLOSE_ROUND}
    zone.discusses(case)
    assert pack(zone, case, chair).acts == {Act.DECLARE_TIE, Act.CAST_VOTE, Act.SEAL_CASE}
    assert pack(zone, case, member).acts == {Act.DECLARE_TIE, Act.CAST_VOTE}
    zone.seals(case)
    for actor in (officer, chair, member, Actor(1, Role.AUDITOR)):
        assert pack(zone, case, actor).acts == set()


def test_turnout_is_shown_to_the_committee_alone_and_never_the_votes(zone):
    case = zone.case()
    zone.meeting(case)
    zone.votes(case, zone.members[0], Vote.AGAINST)
    seen = pack(zone, case, zone.chair.actor)
    assert (seen.turnout.seats, seen.turnout.cast, seen.turnout.quorate) == (5, 1, False)
    assert seen.ballot is None
    own = pack(zone, case, zone.members[0].actor)
    assert own.ballot.vote is Vote.AGAINST
    for actor in (zone.officer.actor, Actor(1, Role.AUDITOR)):
        assert pack(zone, case, actor).turnout is None


def test_room_is_shown_with_the_case_upon_it_until_it_is_decided(zone):
    case = zone.case()
    zone.meeting(case)
    facility, _, firm = pack(zone, case, zone.chair.actor).rooms
    assert (facility.asked, firm.asked, firm.reserved) == (Fen.wan(90), Fen.wan(120), Fen(0))
    for user in zone.everybody:
        zone.votes(case, user)
    zone.seals(case)
    facility, _, firm = pack(zone, case, zone.chair.actor).rooms
    assert (facility.asked, firm.asked, firm.reserved) == (Fen(0), Fen(0), Fen.wan(120))


def test_the_agenda_says_what_waits_for_ones_own_vote(zone):
    first, second = zone.case(), zone.case()
    meeting = zone.meeting(first, second)
    zone.votes(first, zone.members[0])
    seen = agenda(zone, meeting, zone.members[0].actor)
    assert [(row.number, row.voted) for row in seen.cases] == [(first.number, True), (second.number, False)]
    assert (seen.waiting, seen.unvoted, len(seen.seats), seen.seats[0].chair) == (2, 1, 5, True)
    assert agenda(zone, meeting, zone.chair.actor).unvoted == 2
    zone.steps_aside(second, zone.members[1])
    assert [row.number for row in agenda(zone, meeting, zone.members[1].actor).cases] == [first.number]


def test_only_officers_find_cases_to_put_on_an_agenda_that_has_not_begun(zone):
    waiting, tabled = zone.case(), zone.case()
    meeting = zone.meeting(tabled, begun=False)
    assert [row.number for row in agenda(zone, meeting, zone.officer.actor).ready] == [waiting.number]
    assert agenda(zone, meeting, zone.chair.actor).ready == ()
    with at(zone.database, zone.officer.actor, write=False) as desk:
        assert [row[0] for row in meeting_views.callable_now(desk)] == [meeting.id]
    with at(zone.database, zone.chair.actor) as desk:
        desk.take(Act.OPEN_MEETING, desk.get(Meeting, meeting.id))
    assert agenda(zone, meeting, zone.officer.actor).ready == ()
    with at(zone.database, zone.officer.actor, write=False) as desk:
        assert meeting_views.callable_now(desk) == []


def test_lists_count_filter_and_keep_to_what_may_be_seen(zone):
    cases = [zone.case() for _ in range(3)]
    meeting = zone.meeting(cases[0])
    with at(zone.database, zone.officer.actor, write=False) as desk:
        everything = views.cases(desk)
        assert [row.number for row in everything.rows] == [case.number for case in reversed(cases)]
        assert views.cases(desk, CaseState.ON_AGENDA).total == 1
        assert views.cases(desk, CaseState.REJECTED).rows == ()
        (row,) = meeting_views.meetings(desk).rows
        assert (row.id, row.cases, row.open) == (meeting.id, 1, 1)
        names = meeting_views.callable_members(desk)
        assert [role for _, _, role in names] == [Role.CHAIR] + [Role.MEMBER] * 4
    with at(zone.database, zone.chair.actor, write=False) as desk:
        assert views.cases(desk).total == 1


def test_the_prospect_shows_gates_and_room_before_a_case_is_opened(zone):
    need = zone.need()
    with at(zone.database, zone.officer.actor, write=False) as desk:
        found = views.prospect(desk, desk.get(Need, need.id))
    assert found.failed == ()
    assert [room.asked for room in found.rooms] == [Fen.wan(90), Fen.wan(120), Fen.wan(120)]
    with pytest.raises(NotFound), at(zone.database, zone.chair.actor, write=False) as desk:
        views.prospect(desk, desk.get(Need, need.id))


def test_gates_come_back_as_they_were_kept(zone):
    case = zone.case()
    gates = {gate.key.value: gate for gate in pack(zone, case, zone.officer.actor).gates}
    assert gates["product_cap"].asked == Fen.wan(500)
    assert gates["score"].found == 78
    assert all(gate.passed for gate in gates.values())
