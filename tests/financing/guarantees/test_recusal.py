"""Ties that follow from declarations and relations, whenever either changes; never a valid vote beside one (F12, I-06, I-07)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import select

from financing.access import Role
from financing.acts import Act
from financing.case_refusals import Tied
from financing.guarantees import interests, meetings, recusal_views, related, service
from financing.guarantees.interest_rules import Ground, Interest, Stand
from financing.guarantees.model import GuaranteeCase, Meeting, Tie
from financing.guarantees.rules import Round, Vote
from financing.journal import Entry
from financing.money import Rate
from financing.parties.model import Firm, Relation
from financing.parties.rules import RelationKind, RelationSource
from financing.refusals import NotFound, Refusal
from tests.makers import TODAY, a_firm, at, writing


def firm_of(zone, case):
    return zone.get(Firm, case.firm_id)


def declares(zone, user, *lines):
    with at(zone.database, user.actor) as desk:
        interests.declare(desk, year=desk.today.year, lines=lines)


def relates(zone, firm, kind=RelationKind.CONTROLLER, name="王小红", mark="", share=None):
    with at(zone.database, zone.officer.actor) as desk:
        how = {"since": TODAY, "source": RelationSource.REGISTRY}
        return related.enter(desk, desk.get(Firm, firm.id), kind=kind, name=name, mark=mark, share=share, **how)


def ties_of(zone, case):
    with writing(zone.database) as session:
        return {tie.user_id: tie for tie in session.scalars(select(Tie).where(Tie.case_id == case.id))}


def grounds(zone, case, user):
    return {(one["ground"], one["stand"]) for one in ties_of(zone, case)[user.id].evidence}


def holds(firm, code=True):
    return Interest(Ground.SHAREHOLDING, firm.name, firm.code if code else "", share=Rate.percent(2))


def test_I06_a_tie_is_derived_when_the_case_is_tabled_and_the_record_names_line_and_party(zone):
    case, member = zone.case(), zone.members[0]
    firm = firm_of(zone, case)
    declares(zone, member, Interest(Ground.OFFICE, "无关的公司"), holds(firm))
    zone.meeting(case)
    assert grounds(zone, case, member) == {("shareholding", "firm")}
    with pytest.raises(NotFound), at(zone.database, member.actor) as desk:
        desk.get(GuaranteeCase, case.id)
    with pytest.raises(NotFound):
        zone.votes(case, member)
    for user in (zone.chair, *zone.members[1:]):
        zone.votes(case, user)
    record = zone.seals(case).record
    assert record["count"]["seats"] == 4
    (tie,) = record["ties"]
    (evidence,) = tie["evidence"]
    assert (tie["name"], tie["imposed_by"], evidence["party"]) == (member.name, None, firm.name)
    assert (evidence["year"], evidence["number"], evidence["line"]) == (2026, 2, 2)


def test_I06_a_supplement_while_the_case_is_heard_voids_the_vote_in_the_same_transaction(zone):
    case, member = zone.case(), zone.members[0]
    zone.meeting(case)
    zone.votes(case, member)
    declares(zone, member, holds(firm_of(zone, case)))
    assert member.id not in zone.ballots(case, Round.FIRST)
    assert member.id in ties_of(zone, case)


def test_I06_a_relation_entered_while_the_case_is_heard_ties_too_and_its_number_stands_in_the_evidence(zone):
    case, member = zone.case(), zone.members[0]
    declares(zone, member, Interest(Ground.EMPLOYER, "母公司控股有限公司"))
    zone.meeting(case)
    zone.votes(case, member)
    relation = relates(
        zone, firm_of(zone, case), RelationKind.SHAREHOLDER, "母公司控股有限公司", share=Rate.percent(30)
    )
    assert grounds(zone, case, member) == {("employer", "shareholder")}
    assert ties_of(zone, case)[member.id].evidence[0]["relation"] == relation.id
    assert member.id not in zone.ballots(case, Round.FIRST)


@pytest.mark.parametrize("kind", list(RelationKind))
def test_every_relation_of_the_firm_is_a_party_of_its_case(zone, kind):
    case, member = zone.case(), zone.members[0]
    declares(zone, member, Interest(Ground.FAMILY, "母公司控股有限公司", person="王小红"))
    relates(zone, firm_of(zone, case), kind, "母公司控股有限公司",
            share=Rate.percent(1) if kind is RelationKind.SHAREHOLDER else None)  # fmt: skip
    zone.meeting(case)
    assert grounds(zone, case, member) == {("family", kind.value)}


def test_a_firm_of_the_group_ties_like_the_firm_itself_and_one_outside_does_not(zone):
    case, member, other = zone.case(), zone.members[0], zone.members[1]
    firm = firm_of(zone, case)
    with writing(zone.database) as session:
        sister, stranger = a_firm(session), a_firm(session)
    relates(zone, firm, RelationKind.CONTROLLER, "王小红", "12345X")
    relates(zone, sister, RelationKind.CONTROLLER, "王小红", "12345X")
    declares(zone, member, holds(sister))
    declares(zone, other, holds(stranger))
    zone.meeting(case)
    assert grounds(zone, case, member) == {("shareholding", "group")}
    assert ties_of(zone, case).keys() == {member.id}


def test_a_firm_that_this_one_holds_ties_and_so_does_the_member_who_is_its_registered_officer(zone):
    case, member, other = zone.case(), zone.members[0], zone.members[1]
    firm = firm_of(zone, case)
    with writing(zone.database) as session:
        daughter = a_firm(session)
    relates(zone, daughter, RelationKind.SHAREHOLDER, firm.name, firm.code, Rate.percent(5))
    relates(zone, firm, RelationKind.OFFICER, other.name, "99999X")
    declares(zone, member, holds(daughter, code=False))
    with at(zone.database, other.actor) as desk:
        lines = [Interest(Ground.OFFICE, "无关的公司")]
        interests.declare(desk, year=desk.today.year, lines=lines, mark="99999X")
    zone.meeting(case)
    assert grounds(zone, case, member) == {("shareholding", "held")}
    assert grounds(zone, case, other) == {("oneself", "officer")}


def test_a_namesake_is_shown_to_the_chair_and_the_office_and_ties_nobody(zone):
    case, member = zone.case(), zone.members[0]
    zone.meeting(case)
    relates(zone, firm_of(zone, case), RelationKind.OFFICER, member.name)
    assert ties_of(zone, case) == {}
    shown = {}
    for user in (zone.chair, zone.officer, zone.members[1]):
        with at(zone.database, user.actor, write=False) as desk:
            found = recusal_views.of_case(desk, desk.get(GuaranteeCase, case.id))
            shown[user.id] = [(name, party.stand) for name, party in found.namesakes]
    hint = [(member.name, Stand.OFFICER)]
    assert shown == {zone.chair.id: hint, zone.officer.id: hint, zone.members[1].id: []}


def test_a_relation_that_has_ended_ties_nobody_any_more(zone):
    case, member = zone.case(), zone.members[0]
    declares(zone, member, Interest(Ground.EMPLOYER, "母公司控股有限公司"))
    relation = relates(zone, firm_of(zone, case), RelationKind.OFFICER, "母公司控股有限公司")
    with at(zone.database, zone.officer.actor) as desk:
        related.end(desk, desk.get(Relation, relation.id))
    zone.meeting(case)
    assert ties_of(zone, case) == {}


def test_the_guarantor_itself_is_no_party_so_that_its_people_may_sit(zone):
    case, member = zone.case(), zone.members[0]
    declares(zone, member, Interest(Ground.EMPLOYER, zone.guarantor.name))
    relates(zone, firm_of(zone, case), RelationKind.GUARANTOR, zone.guarantor.name)
    zone.meeting(case)
    assert ties_of(zone, case) == {}


def test_I07_whoever_prepared_the_case_sits_without_papers_and_without_a_vote_and_the_count_is_without_them(zone):
    case = zone.case()
    with writing(zone.database) as session:
        session.get_one(type(zone.officer), zone.officer.id).role = Role.MEMBER  # changed sides since
    caller, turned = zone.chair, zone.officer
    with at(zone.database, caller.actor) as desk:
        meeting = meetings.call_meeting(desk, day=TODAY, place="三楼", members=[*zone.ids(), turned.id])
    with at(zone.database, turned.actor) as desk:  # the desk still knows them as an officer: they table their own case
        service.table(desk, desk.get(GuaranteeCase, case.id), desk.get(Meeting, meeting.id))
    assert grounds(zone, case, turned) == {("preparer", "case")}
    with at(zone.database, zone.chair.actor, write=False) as desk:
        assert service.count(desk, desk.get(GuaranteeCase, case.id)).seats == 5


def test_a_tie_derived_of_the_last_who_has_not_voted_ends_the_first_round(zone):
    case, last = zone.case(), zone.members[3]
    zone.meeting(case)
    for user, vote in zip((zone.chair, *zone.members[:3]), (Vote.FOR, Vote.FOR, Vote.AGAINST, Vote.FOR), strict=True):
        zone.votes(case, user, vote)
    declares(zone, last, holds(firm_of(zone, case)))
    assert zone.get(GuaranteeCase, case.id).round is Round.FINAL


def test_a_tied_chair_leaves_the_chair_to_another_member(zone):
    case = zone.case()
    declares(zone, zone.chair, holds(firm_of(zone, case)))
    zone.meeting(case)
    assert zone.get(GuaranteeCase, case.id).chair_aside
    for user in zone.members:
        zone.votes(case, user)
    assert zone.seals(case, zone.members[0]).record["ties"][0]["name"] == zone.chair.name


def test_a_sealed_case_is_left_alone(zone):
    case, member = zone.case(), zone.members[0]
    zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user)
    zone.seals(case)
    declares(zone, member, holds(firm_of(zone, case)))
    assert ties_of(zone, case) == {}


def test_the_member_learns_why_at_the_meeting_and_the_journal_says_that_the_platform_derived_it(zone):
    case, member = zone.case(), zone.members[0]
    declares(zone, member, holds(firm_of(zone, case)))
    meeting = zone.meeting(case)
    with at(zone.database, member.actor, write=False) as desk:
        ((evidence,),) = recusal_views.own(desk, desk.get(Meeting, meeting.id))
    assert (evidence.ground, evidence.stand) == (Ground.SHAREHOLDING, Stand.FIRM)
    with at(zone.database, zone.members[1].actor, write=False) as desk:
        assert recusal_views.own(desk, desk.get(Meeting, meeting.id)) == ()
        assert [one.name for one in recusal_views.of_case(desk, desk.get(GuaranteeCase, case.id)).aside] == [
            member.name
        ]
    with writing(zone.database) as session:
        line = session.scalars(select(Entry).where(Entry.act == Act.DERIVE_TIE)).one()
    assert line.body["facts"] == {"member": member.id, "grounds": ["shareholding"], "state": "on_agenda"}


def at_once(*acts):
    """What became of acts begun at the same moment: None, or the code of the refusal."""
    start = threading.Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            act()
        except Refusal as refusal:
            return refusal.code
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(run, act) for act in acts]]


@pytest.mark.usefixtures("again")
def test_I06_a_vote_and_a_declaration_at_once_never_leave_a_valid_ballot(zone):
    for _ in range(8):
        case, member = zone.case(), zone.members[0]
        zone.meeting(case)
        firm = firm_of(zone, case)
        voted, said = at_once(partial(zone.votes, case, member), partial(declares, zone, member, holds(firm)))
        assert (voted in {None, "tied", "not_found"}, said) == (True, None)
        assert member.id in ties_of(zone, case)
        assert member.id not in zone.ballots(case, Round.FIRST)


@pytest.mark.usefixtures("again")
def test_I06_a_vote_and_a_relation_at_once_never_leave_a_valid_ballot(zone):
    declares(zone, zone.members[0], Interest(Ground.EMPLOYER, "母公司控股有限公司"))
    for _ in range(8):
        case, member = zone.case(), zone.members[0]
        zone.meeting(case)
        firm = firm_of(zone, case)
        voted, entered = at_once(
            partial(zone.votes, case, member),
            partial(relates, zone, firm, RelationKind.OFFICER, "母公司控股有限公司"),
        )
        assert (voted in {None, "tied", "not_found"}, entered) == (True, None)
        assert member.id not in zone.ballots(case, Round.FIRST)


@pytest.mark.usefixtures("again")
def test_I06_a_tabling_and_a_declaration_at_once_never_miss_each_other(zone):
    for _ in range(8):
        case, member = zone.case(), zone.members[0]
        meeting, firm = zone.meeting(begun=False), firm_of(zone, case)

        def table(case=case, meeting=meeting):
            with at(zone.database, zone.officer.actor) as desk:
                service.table(desk, desk.get(GuaranteeCase, case.id), desk.get(Meeting, meeting.id))

        assert at_once(table, partial(declares, zone, member, holds(firm))) == [None, None]
        assert member.id in ties_of(zone, case)


def test_I06_no_vote_beside_a_tie_that_facts_make_even_where_nobody_has_written_it_down(zone):
    case, member = zone.case(), zone.members[0]
    declares(zone, member, Interest(Ground.OFFICE, "改名有限公司"))
    zone.meeting(case)
    with writing(zone.database) as session:
        session.get_one(Firm, case.firm_id).name = "改名有限公司"  # past every desk
    assert ties_of(zone, case) == {}
    with pytest.raises(Tied):
        zone.votes(case, member)
    zone.votes(case, zone.members[1])
