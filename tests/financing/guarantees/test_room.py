"""The screen of the room: the case at hand, who has voted and never how, and nothing of a case to a tied account."""

from __future__ import annotations

from datetime import timedelta

import pytest

from financing.access import Role
from financing.guarantees.model import Meeting
from financing.guarantees.room import at_hand, counted, room
from financing.guarantees.rules import CaseState, Vote
from financing.refusals import NotFound
from tests.makers import TODAY, a_user, at, writing


@pytest.fixture
def three(zone):
    """Three cases on one open agenda, in their order."""
    cases = [zone.case(zone.need(submitted_on=TODAY - timedelta(days=days))) for days in (9, 5, 1)]
    return cases, zone.meeting(*reversed(cases))


def on_the_wall(zone, meeting, user=None, chosen=None):
    with at(zone.database, (user or zone.chair).actor, write=False) as desk:
        return room(desk, desk.get(Meeting, meeting.id), chosen)


def test_the_case_at_hand_is_the_first_without_a_result_or_the_one_taken_ahead(zone, three):
    (first, second, third), meeting = three
    assert (on_the_wall(zone, meeting).case.id, on_the_wall(zone, meeting).at) == (first.id, 1)
    zone.jumps(third)
    shown = on_the_wall(zone, meeting)
    assert (shown.case.id, shown.at, shown.of) == (third.id, 3, 3)
    assert [row.id for row in shown.next] == [first.id, second.id]
    for user in zone.everybody:
        zone.votes(third, user)
    zone.seals(third)
    shown = on_the_wall(zone, meeting)
    assert (shown.case.id, [row.id for row in shown.decided]) == (first.id, [third.id])


def test_I07_before_a_round_is_over_the_wall_knows_who_has_voted_and_not_how(zone, three):
    (first, *_), meeting = three
    zone.votes(first, zone.members[0], Vote.AGAINST, "存货偏高")
    shown = on_the_wall(zone, meeting)
    assert (shown.case.turnout.cast, shown.case.first, shown.case.ballot, shown.case.resolution) == (1, (), None, None)
    assert "存货偏高" not in repr(shown)
    for user in (zone.chair, *zone.members[1:]):
        zone.votes(first, user, Vote.FOR, "同意")
    shown = on_the_wall(zone, meeting)
    assert [(said.name, said.opinion) for said in shown.case.first if said.vote is Vote.AGAINST] == [
        (zone.members[0].name, "存货偏高")
    ]


def test_I06_to_a_tied_account_the_wall_shows_a_number_and_nothing_else(zone, three):
    (first, *_), meeting = three
    zone.steps_aside(first, zone.members[0])
    for chosen in (None, first.id):
        shown = on_the_wall(zone, meeting, zone.members[0], chosen)
        assert (shown.case, shown.aside) == (None, first.number)
    with writing(zone.database) as session:
        stranger = a_user(session, Role.MEMBER)
    with pytest.raises(NotFound):
        on_the_wall(zone, meeting, stranger)


def test_a_case_of_another_agenda_is_not_shown_here(zone, three):
    _, meeting = three
    other = zone.case()
    zone.meeting(other)
    with pytest.raises(NotFound):
        on_the_wall(zone, meeting, chosen=other.id)


def test_once_sealed_both_rounds_are_shown_without_what_is_void(zone, three):
    (first, *_), meeting = three
    for user in zone.everybody:
        zone.votes(first, user)
    zone.votes(first, zone.chair, Vote.ABSTAIN, "再想想")
    zone.seals(first)
    shown = on_the_wall(zone, meeting, chosen=first.id)
    record = shown.case.resolution.record
    assert shown.chosen and shown.case.case.state is CaseState.APPROVED
    assert [len(counted(record, which)) for which in ("first", "final")] == [5, 5]
    assert counted({"ballots": [{"void": False, "vote": "for"}]}, "final") == [{"void": False, "vote": "for"}]
    with at(zone.database, zone.chair.actor, write=False) as desk:
        assert at_hand(desk, desk.get(Meeting, meeting.id)) is not None
