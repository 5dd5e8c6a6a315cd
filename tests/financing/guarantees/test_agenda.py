"""The agenda in its order, what is taken ahead, and who is passed over (F114)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.acts import Act
from financing.guarantees import agenda, meeting_views, meetings, service, views
from financing.guarantees.agenda_model import Jump
from financing.guarantees.agenda_rules import Place, Queued, ahead, passed_over
from financing.guarantees.model import Ballot, GuaranteeCase, Meeting
from financing.guarantees.rules import Round, Vote
from financing.refusals import NotAllowed, NotFound
from financing.sitting_refusals import InTurn, OutOfTurn, PassedOver
from tests.makers import TODAY, at, writing

#: name -> (first time, handed in on, line of the journal, number); in the order in which they are heard.
QUEUE = {
    "put off, handed in last": (False, date(2026, 11, 20), 9, "XQ2026-0009"),
    "set back, handed in later still": (False, date(2026, 11, 21), 1, "XQ2026-0001"),
    "first day": (True, date(2026, 11, 2), 40, "XQ2026-0030"),
    "same day, an earlier line": (True, date(2026, 11, 3), 41, "XQ2026-0044"),
    "same day, a later line": (True, date(2026, 11, 3), 42, "XQ2026-0002"),
    "same day and line, by number": (True, date(2026, 11, 3), 42, "XQ2026-0003"),
    "next day": (True, date(2026, 11, 4), 0, "XQ2026-0001"),
}


def queued(*names):
    return [Queued(Place(*QUEUE[name]), list(QUEUE).index(name), name) for name in names]


@pytest.mark.parametrize("place", range(len(QUEUE)))
def test_ahead_of_a_case_are_exactly_those_above_it_in_the_table(place):
    names = list(QUEUE)
    own = queued(names[place])[0]
    assert [one.number for one in ahead(own.place, queued(*reversed(names)))] == names[:place]


@given(st.permutations(list(QUEUE)), st.sets(st.integers(0, len(QUEUE) - 1)))
def test_who_is_passed_over_depends_on_nobodys_order(names, on_agenda):
    tabled = queued(*(list(QUEUE)[n] for n in on_agenda))
    over = passed_over(tabled, [one for one in queued(*names) if one.case_id not in on_agenda])
    last = max(on_agenda, default=-1)
    assert [one.case_id for one in over] == [n for n in range(last) if n not in on_agenda]


def submitted(zone, days_ago):
    return zone.case(zone.need(submitted_on=TODAY - timedelta(days=days_ago)))


def voted(zone, *cases):
    for case in cases:
        for user in zone.everybody:
            zone.votes(case, user, Vote.FOR)


def test_the_agenda_stands_in_the_order_in_which_needs_were_handed_in(zone):
    for days in list(permutations((1, 5, 9)))[:3]:
        cases = {n: submitted(zone, n) for n in days}
        meeting = zone.meeting(*cases.values())
        with at(zone.database, zone.chair.actor, write=False) as desk:
            shown = meeting_views.agenda(desk, desk.get(Meeting, meeting.id))
        assert [row.number for row in shown.cases] == [cases[n].number for n in (9, 5, 1)]


def test_a_later_case_has_no_result_before_an_earlier_one_unless_it_is_taken_ahead(zone):
    later, earlier = submitted(zone, 1), submitted(zone, 9)
    zone.meeting(later, earlier)
    voted(zone, later, earlier)
    with pytest.raises(OutOfTurn) as refusal:
        zone.seals(later)
    assert refusal.value.facts == {"first": earlier.number}
    with pytest.raises(OutOfTurn):
        zone.defers(submitted_without_votes(zone, earlier), None)
    zone.jumps(later)
    order = zone.seals(later).record["order"]
    assert (order["taken_ahead"]["over"], order["taken_ahead"]["reason"]) == ([earlier.number], "合同明日到期")
    assert order["taken_ahead"]["by"] == zone.chair.name
    assert zone.seals(earlier).record["order"]["taken_ahead"] is None


def submitted_without_votes(zone, earlier):
    """A third case of another sitting, behind an earlier one that is still open there."""
    first, second = submitted(zone, 8), submitted(zone, 2)
    zone.meeting(first, second)
    return second


def test_what_is_next_is_not_taken_ahead_and_nothing_is_taken_ahead_twice(zone):
    later, earlier = submitted(zone, 1), submitted(zone, 9)
    zone.meeting(later, earlier)
    with pytest.raises(InTurn):
        zone.jumps(earlier)
    zone.jumps(later)
    with pytest.raises(InTurn):
        zone.jumps(later)


def test_only_the_chair_takes_a_case_ahead_and_another_member_when_the_chair_is_tied(zone):
    later, earlier = submitted(zone, 1), submitted(zone, 9)
    zone.meeting(later, earlier)
    for user in (zone.officer, zone.members[0]):
        with pytest.raises(NotAllowed):
            zone.jumps(later, user)
    zone.steps_aside(later, zone.chair)
    with pytest.raises(NotFound):
        zone.jumps(later)
    zone.jumps(later, zone.members[0])
    with writing(zone.database) as session:
        assert [one.by for one in session.query(Jump)] == [zone.members[0].id]


def test_an_earlier_case_a_tie_hides_from_the_chair_still_comes_first(zone):
    later, earlier = submitted(zone, 1), submitted(zone, 9)
    zone.meeting(later, earlier)
    zone.steps_aside(earlier, zone.chair)
    voted_by = [user for user in zone.everybody if user is not zone.chair]
    for user in voted_by:
        zone.votes(earlier, user)
    voted(zone, later)
    with pytest.raises(OutOfTurn):
        zone.seals(later)
    zone.seals(earlier, zone.members[0])
    zone.seals(later)


def begins(zone, meeting, why=""):
    with at(zone.database, zone.chair.actor) as desk:
        meetings.open_meeting(desk, desk.get(Meeting, meeting.id), why)


def test_a_meeting_begins_over_earlier_cases_only_with_a_reason_that_is_listed_and_sealed(zone):
    waiting, tabled, newer = submitted(zone, 9), submitted(zone, 5), submitted(zone, 1)
    meeting = zone.meeting(tabled, begun=False)
    for nothing in ("", "  "):
        with pytest.raises(PassedOver) as refusal:
            begins(zone, meeting, nothing)
        assert refusal.value.facts == {"cases": (waiting.number,)}
    begins(zone, meeting, "材料待核")
    with at(zone.database, zone.officer.actor, write=False) as desk:
        shown = meeting_views.agenda(desk, desk.get(Meeting, meeting.id))
    assert [(one.case, one.over, one.reason) for one in shown.jumps] == [("", (waiting.number,), "材料待核")]
    assert shown.left_out == () and newer.number not in str(shown.jumps)
    voted(zone, tabled)
    assert zone.seals(tabled).record["order"]["passed_over"]["over"] == [waiting.number]


def test_a_case_put_off_to_a_later_day_is_passed_over_by_nobody_until_then(zone):
    case = submitted(zone, 9)
    zone.meeting(case)
    zone.defers(case, until=TODAY + timedelta(days=3))
    for day, over in ((TODAY + timedelta(days=2), ()), (TODAY + timedelta(days=3), (case.number,))):
        newer = zone.case()
        with at(zone.database, zone.officer.actor) as desk:
            meeting = meetings.call_meeting(desk, day=day, place="三楼会议室", members=zone.ids())
            service.table(desk, desk.get(GuaranteeCase, newer.id), meeting)
            desk.session.flush()
            assert tuple(one.number for one in agenda.left_out(desk, meeting)) == over


def test_the_page_of_a_case_offers_the_jump_in_place_of_the_seal(zone):
    later, earlier = submitted(zone, 1), submitted(zone, 9)
    zone.meeting(later, earlier)
    voted(zone, later)
    with at(zone.database, zone.chair.actor, write=False) as desk:
        pack = views.pack(desk, desk.get(GuaranteeCase, later.id))
    assert pack.earlier == (earlier.number,)
    assert Act.JUMP_CASE in pack.acts and Act.SEAL_CASE not in pack.acts


def open_rounds(zone, *cases):
    return [zone.get(GuaranteeCase, case.id).round for case in cases]


def test_votes_cast_ahead_stay_blind_until_the_case_has_its_turn(zone):
    third, second, first = submitted(zone, 1), submitted(zone, 5), submitted(zone, 9)
    zone.meeting(third, second, first)
    voted(zone, second, third)
    assert open_rounds(zone, second, third) == [Round.FIRST, Round.FIRST]
    with at(zone.database, zone.members[0].actor, write=False) as desk:
        assert views.pack(desk, desk.get(GuaranteeCase, second.id)).first == ()
        seen = desk.all(Ballot, Ballot.case_id == second.id)
        assert [ballot.user_id for ballot in seen] == [zone.members[0].id]
    voted(zone, first)
    zone.seals(first)
    assert open_rounds(zone, second, third) == [Round.FINAL, Round.FIRST]
    zone.seals(second)
    assert open_rounds(zone, third) == [Round.FINAL]


def test_votes_cast_ahead_open_when_the_case_is_taken_ahead_or_the_earlier_one_is_put_off(zone):
    third, second, first = submitted(zone, 1), submitted(zone, 5), submitted(zone, 9)
    zone.meeting(third, second, first)
    voted(zone, second, third)
    zone.jumps(third)
    assert open_rounds(zone, second, third) == [Round.FIRST, Round.FINAL]
    zone.defers(first)
    assert open_rounds(zone, second) == [Round.FINAL]


def test_whoever_may_not_open_the_next_case_leaves_it_to_the_member_who_may(zone):
    later, earlier = submitted(zone, 1), submitted(zone, 9)
    zone.meeting(later, earlier)
    voted(zone, earlier, later)
    zone.steps_aside(later, zone.chair)
    zone.seals(earlier)
    assert open_rounds(zone, later) == [Round.FIRST]
    zone.seals(later, zone.members[0])  # ends the first round with those who have voted, then seals
