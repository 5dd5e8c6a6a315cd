"""The chair sets a member aside: with a reason, before anybody's vote is known, and named in the minutes (F12, I-06)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from financing.access import Actor, Role
from financing.acts import Act
from financing.case_refusals import NotEntitled, OwnTie, RoundOver
from financing.guarantees import ties, views
from financing.guarantees.model import GuaranteeCase, Resolution
from financing.guarantees.rules import Round, Vote
from financing.refusals import NotAllowed, NotFound, Refusal
from tests.makers import at


def sitting(zone, *votes):
    case = zone.case()
    zone.meeting(case)
    for user, vote in zip(zone.everybody, votes, strict=False):
        zone.votes(case, user, vote)
    return case


def set_aside(zone, case, member, by=None, reason="其配偶持有该企业股份"):
    with at(zone.database, (by or zone.chair).actor) as desk:
        ties.impose(desk, desk.get(GuaranteeCase, case.id), member.id, reason)


def test_I06_a_member_set_aside_loses_ballot_and_sight_and_the_minutes_say_by_whom(zone):
    case = sitting(zone, Vote.FOR, Vote.FOR, Vote.FOR)
    member = zone.members[1]
    set_aside(zone, case, member)
    assert member.id not in zone.ballots(case, Round.FIRST)
    with pytest.raises(NotFound):
        zone.votes(case, member)
    for user in zone.members[2:]:
        zone.votes(case, user)
    record = zone.seals(case).record
    assert record["count"]["seats"] == 4
    assert [(t["name"], t["reason"], t["imposed_by"]) for t in record["ties"]] == [
        (member.name, "其配偶持有该企业股份", zone.chair.name)
    ]


def test_the_member_finds_the_case_no_more_and_others_still_do(zone):
    case = sitting(zone)
    set_aside(zone, case, zone.members[0])
    with pytest.raises(NotFound), at(zone.database, zone.members[0].actor) as desk:
        desk.get(GuaranteeCase, case.id)
    with at(zone.database, zone.members[1].actor, write=False) as desk:
        names = [name for _, name, _ in views.pack(desk, desk.get(GuaranteeCase, case.id)).turnout.voters]
    assert zone.members[0].name not in names


def test_nobody_is_set_aside_for_how_they_voted(zone):
    case = sitting(zone, Vote.FOR, Vote.AGAINST, Vote.FOR, Vote.FOR, Vote.FOR)
    with pytest.raises(RoundOver):
        set_aside(zone, case, zone.members[0])
    with at(zone.database, zone.chair.actor, write=False) as desk:
        assert Act.IMPOSE_TIE not in views.pack(desk, desk.get(GuaranteeCase, case.id)).acts


def test_only_the_chair_sets_aside_and_only_another_member_of_this_sitting(zone):
    case = sitting(zone)
    with pytest.raises(NotAllowed):
        set_aside(zone, case, zone.members[1], by=zone.members[0])
    with pytest.raises(OwnTie):
        set_aside(zone, case, zone.chair)
    with pytest.raises(NotEntitled):
        set_aside(zone, case, zone.officer)
    set_aside(zone, case, zone.members[0])
    with pytest.raises(NotEntitled):
        set_aside(zone, case, zone.members[0])
    for role in (Role.OFFICER, Role.AUDITOR, Role.LEADER, Role.ADMIN):
        with pytest.raises((NotAllowed, NotFound)), at(zone.database, Actor(1, role)) as desk:
            ties.impose(desk, desk.session.get_one(GuaranteeCase, case.id), zone.members[1].id, "关联")


@pytest.mark.usefixtures("again")
def test_I06_a_vote_and_being_set_aside_at_once_never_both_count(zone):
    for _ in range(8):
        case, member, start = sitting(zone), zone.members[0], threading.Barrier(2)

        def act(what, start=start):
            start.wait()
            try:
                what()
            except Refusal as refusal:
                return refusal.code
            return None

        with ThreadPoolExecutor(2) as pool:
            vote = pool.submit(act, lambda case=case, member=member: zone.votes(case, member))
            aside = pool.submit(act, lambda case=case, member=member: set_aside(zone, case, member))
        assert (vote.result() in {None, "tied", "not_found"}, aside.result()) == (True, None)
        assert member.id not in zone.ballots(case, Round.FIRST)


def test_of_a_tie_that_was_declared_nobody_is_named_as_imposing_it(zone):
    case = sitting(zone)
    zone.steps_aside(case, zone.members[0])
    for user in (zone.chair, *zone.members[1:]):
        zone.votes(case, user)
    sealed = zone.get(Resolution, zone.seals(case).id)
    assert [tie["imposed_by"] for tie in sealed.record["ties"]] == [None]
