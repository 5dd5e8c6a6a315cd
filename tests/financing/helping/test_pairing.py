"""Who helps a firm: proposed with reasons, decided by a person, changed with a note; plans, notes and visits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from financing.helping import pairing, plans, requests, views, visits
from financing.helping.model import Goal, Pairing
from financing.helping.pairing import Chosen
from financing.helping.request_model import HelpRequest
from financing.helping.rules import GoalState, Topic
from financing.helping_refusals import HandNoteOwed, NotInService, SameHelpers
from financing.refusals import NotAllowed, OutOfRange
from tests.makers import TODAY


def profile(zone, who, *skills, by=None):
    with zone.at(by or who) as desk:
        pairing.set_profile(desk, who, unit="企业服务科", phone="0795-1234567", skills=skills, takes=True)


def pair(zone, helper, deputy, note=""):
    with zone.at(zone.leader) as desk:
        return pairing.pair(desk, zone.firm, Chosen(zone.leader.id, helper.id, deputy.id, (), note))


def test_a_helper_is_proposed_by_skill_and_load_with_the_reason(zone):
    profile(zone, zone.officer, Topic.TAX)
    profile(zone, zone.second, Topic.ENERGY, Topic.LAND)
    profile(zone, zone.third, Topic.ENERGY)
    with zone.at(zone.signatory) as desk:
        requests.raise_(desk, zone.firm, Topic.ENERGY, "供电增容", "容量不足")
    with zone.at(zone.leader) as desk:
        plans.set_goal(desk, zone.firm, topic=Topic.TAX, title="退税", owner=zone.third.id, due_on=TODAY)
        found = pairing.propose(desk, zone.firm.id)
    assert found.problems == {Topic.ENERGY: 1, Topic.TAX: 1}
    assert [one.candidate.name for one in found.fits] == ["吴经办", "周经办", "孙经办"]  # equal in all, so by name
    assert [one.candidate.name for one in found.team] == ["周经办"]
    made = pair(zone, zone.second, zone.officer)
    assert made.reasons == {"problems": {"energy": 1, "tax": 1}, "place": 3, "of": 3, "covers": ["energy"], "load": 0}
    with zone.at(zone.leader) as desk:
        assert pairing.loads(desk)[zone.second.id].total == 1 + 1  # the firm, and its request with it


def test_a_change_needs_a_note_and_open_matters_move_with_the_firm(zone):
    pair(zone, zone.officer, zone.second)
    with zone.at(zone.signatory) as desk:
        asked = requests.raise_(desk, zone.firm, Topic.ENERGY, "供电增容", "容量不足")
    with zone.at(zone.officer) as desk:
        goal = plans.set_goal(desk, zone.firm, topic=Topic.TAX, title="退税", owner=zone.officer.id, due_on=TODAY)
    with pytest.raises(HandNoteOwed):
        pair(zone, zone.third, zone.second)
    pair(zone, zone.third, zone.second, "增容已报装，等批复")
    (request,), (aim,) = zone.read(HelpRequest, HelpRequest.id == asked.id), zone.read(Goal, Goal.id == goal.id)
    assert (request.helper_id, aim.owner_id) == (zone.third.id, zone.third.id)
    with zone.at(zone.signatory) as desk:
        found = views.helped(desk, zone.firm.id, TODAY.year)
    assert (found.pairing.helper, found.pairing.note, [one.helper for one in found.former]) == (
        "吴经办",
        "增容已报装，等批复",
        ["周经办"],
    )
    assert len([one for one in zone.read(Pairing) if one.until is None]) == 1


def test_two_people_of_the_office_are_needed(zone):
    with pytest.raises(SameHelpers):
        pair(zone, zone.officer, zone.officer)
    with pytest.raises(NotInService):
        pair(zone, zone.officer, zone.signatory)
    with pytest.raises(NotInService), zone.at(zone.officer) as desk:
        pairing.pair(desk, zone.firm, Chosen(zone.second.id, zone.officer.id, zone.second.id))  # no leader
    with pytest.raises(NotAllowed), zone.at(zone.signatory) as desk:
        pairing.pair(desk, zone.firm, Chosen(zone.leader.id, zone.officer.id, zone.second.id))


def test_an_officer_sets_their_own_profile_and_a_leader_everybodys(zone):
    with pytest.raises(NotAllowed):
        profile(zone, zone.second, Topic.TAX, by=zone.officer)
    profile(zone, zone.second, Topic.TAX, by=zone.leader)
    profile(zone, zone.second, Topic.LAND)
    with zone.at(zone.leader) as desk:
        assert [one.skills for one in pairing.candidates(desk)] == [{Topic.LAND}]


def test_a_goal_is_noted_reached_or_given_up_for_the_firm_to_read(zone):
    with zone.at(zone.officer) as desk:
        goals = [
            plans.set_goal(
                desk, zone.firm, topic=Topic.TAX, title=title, owner=zone.second.id, due_on=date(2026, 12, 31)
            )
            for title in ("退税", "认定高企")
        ]
    with zone.at(zone.second) as desk:
        plans.note(desk, desk.get(Goal, goals[0].id), "材料已交")
        plans.reach(desk, desk.get(Goal, goals[0].id))
        plans.drop(desk, desk.get(Goal, goals[1].id), "条件不够")
    with zone.at(zone.signatory) as desk:
        shown = {one.goal.title: one for one in views.goals(desk, zone.firm.id, 2026)}
    assert [note.text for note in shown["退税"].notes] == ["材料已交"]
    assert {title: one.goal.state for title, one in shown.items()} == {
        "退税": GoalState.REACHED,
        "认定高企": GoalState.DROPPED,
    }
    with pytest.raises(OutOfRange), zone.at(zone.officer) as desk:
        plans.set_goal(
            desk, zone.firm, topic=Topic.TAX, title="过期", owner=zone.second.id, due_on=TODAY - timedelta(days=1)
        )


def test_a_visit_is_kept_for_the_firm_and_never_lies_ahead(zone):
    with zone.at(zone.officer) as desk:
        visits.record(desk, zone.firm, on=TODAY, met="张总", found="订单充足，缺熟练工")
    with zone.at(zone.signatory) as desk:
        assert [one.by_name for one in views.helped(desk, zone.firm.id, 2026).visits] == ["周经办"]
    with pytest.raises(OutOfRange), zone.at(zone.officer) as desk:
        visits.record(desk, zone.firm, on=TODAY + timedelta(days=1), met="张总", found="—")


def test_the_list_of_firms_begins_with_those_that_nobody_helps(zone):
    from tests.makers import a_firm, writing

    with writing(zone.database) as session:
        alone = a_firm(session)
    pair(zone, zone.officer, zone.second)
    with zone.at(zone.officer) as desk:
        every = views.firms(desk, mine=False, without=False).rows
        assert [row.id for row in every] == [alone.id, zone.firm.id]
        assert [row.id for row in views.firms(desk, mine=True, without=False).rows] == [zone.firm.id]
        assert [row.id for row in views.firms(desk, mine=False, without=True).rows] == [alone.id]
