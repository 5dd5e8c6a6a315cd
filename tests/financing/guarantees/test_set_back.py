"""A file changed after a vote: every ballot void, the case back with a reason everybody sees, and a new score before it returns (F14)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from financing.access import Actor, Role
from financing.acts import Act
from financing.case_refusals import NotEligible, ScoreOlder
from financing.guarantees import service, views
from financing.guarantees.model import Ballot, GuaranteeCase, Meeting
from financing.guarantees.rules import CaseState, Round, Vote
from financing.journal import Entry
from financing.needs.model import Need
from financing.papers import service as papers
from financing.papers.rules import PaperKind
from financing.parties import service as parties
from financing.parties import stated
from financing.parties.model import Firm
from financing.refusals import WrongState
from tests.makers import NOW, TODAY, an_assessment, at, writing

SOON = NOW + timedelta(hours=1)


def voted(zone, how_many=2):
    case = zone.case()
    zone.meeting(case)
    for user in zone.everybody[:how_many]:
        zone.votes(case, user)
    return case


def the_officer_records(zone, case):
    with at(zone.database, zone.officer.actor, SOON) as desk:
        stated.record(desk, desk.get(Firm, case.firm_id), {"tax_grade": "A"}, as_of=TODAY)


def the_firm_states(zone, case):
    with at(zone.database, Actor(5, Role.SIGNATORY, firm_id=case.firm_id), SOON) as desk:
        stated.declare(desk, desk.get(Firm, case.firm_id), {"owner_years": 12})


def the_officer_corrects(zone, case):
    with at(zone.database, zone.officer.actor, SOON) as desk:
        parties.edit(desk, desk.get(Firm, case.firm_id), employees=90)


def the_firm_hands_in(zone, case, kind=PaperKind.STATEMENTS):
    with at(zone.database, Actor(5, Role.SIGNATORY, firm_id=case.firm_id), SOON) as desk:
        papers.add(desk, desk.get(Firm, case.firm_id), kind=kind, name="报表.xlsx", media="x", size=1, sha256="a" * 64,
                   stored="a" * 64)  # fmt: skip


CHANGES = {
    Act.RECORD_FACTS: the_officer_records,
    Act.EDIT_FIRM: the_officer_corrects,
    Act.ADD_PAPER: the_firm_hands_in,
}


@pytest.mark.parametrize("act", CHANGES)
def test_a_change_of_what_is_scored_voids_the_votes_and_sets_the_case_back(zone, act):
    case = voted(zone)
    CHANGES[act](zone, case)
    now = zone.get(GuaranteeCase, case.id)
    assert (now.state, now.set_back_for, now.set_back_at) == (CaseState.IN_REVIEW, act, SOON)
    assert zone.ballots(case, Round.FIRST) == {}
    for actor in (zone.officer.actor, zone.members[3].actor, Actor(1, Role.AUDITOR)):
        with at(zone.database, actor, write=False) as desk:
            assert views.pack(desk, desk.get(GuaranteeCase, case.id)).case.set_back_for is act
    with writing(zone.database) as session:
        line = session.scalars(select(Entry).where(Entry.subject_id == case.id).order_by(Entry.seq.desc())).first()
    assert (line.act, line.body["facts"]["voided"], line.body["facts"]["state"]) == (act, 2, "in_review")
    with pytest.raises(WrongState):
        zone.votes(case, zone.members[3])


def test_what_the_firm_says_of_itself_counts_too(zone):
    case = voted(zone)
    the_firm_states(zone, case)
    assert zone.get(GuaranteeCase, case.id).state is CaseState.IN_REVIEW


def test_a_final_vote_is_voided_like_a_first_one(zone):
    case = voted(zone, 5)
    assert len(zone.ballots(case, Round.FINAL)) == 5
    the_officer_records(zone, case)
    with writing(zone.database) as session:
        assert all(session.scalars(select(Ballot.void).where(Ballot.case_id == case.id)))


def test_what_is_not_scored_and_what_comes_before_a_vote_or_after_the_seal_changes_nothing(zone):
    quiet, early, sealed = voted(zone), voted(zone, 0), voted(zone, 5)
    zone.seals(sealed)
    with at(zone.database, zone.officer.actor, SOON) as desk:
        parties.edit(desk, desk.get(Firm, quiet.firm_id), phone="13900000000")
    the_firm_hands_in(zone, quiet, PaperKind.OTHER)
    the_officer_records(zone, early)
    the_officer_records(zone, sealed)
    states = [zone.get(GuaranteeCase, case.id).state for case in (quiet, early, sealed)]
    assert states == [CaseState.ON_AGENDA, CaseState.ON_AGENDA, CaseState.APPROVED]
    assert len(zone.ballots(quiet, Round.FIRST)) == 2


def test_the_case_returns_to_the_sitting_it_came_from_with_a_score_made_after_the_change(zone):
    case = voted(zone)
    meeting = zone.get(GuaranteeCase, case.id).meeting_id
    the_officer_records(zone, case)

    def returns():
        with at(zone.database, zone.officer.actor, SOON) as desk:
            service.table(desk, desk.get(GuaranteeCase, case.id), desk.get(Meeting, meeting))

    with pytest.raises(ScoreOlder):
        returns()
    with writing(zone.database) as session:
        new = an_assessment(session, session.get_one(Need, case.need_id), total=50, assessed_at=SOON)
    with pytest.raises(NotEligible):
        returns()
    with writing(zone.database) as session:
        new = an_assessment(session, session.get_one(Need, case.need_id), total=70, assessed_at=SOON + timedelta(1))
    returns()
    now = zone.get(GuaranteeCase, case.id)
    assert (now.assessment_id, now.round, now.set_back_at) == (new.id, Round.FIRST, None)
    assert next(gate["found"] for gate in now.gates if gate["key"] == "score") == 70
    for user in zone.everybody:
        zone.votes(case, user)
    record = zone.seals(case).record
    assert record["assessment"]["id"] == new.id
    assert [ballot["void"] for ballot in record["ballots"] if ballot["user"] == zone.chair.id] == [True, False, False]


def test_a_vote_and_a_change_of_the_file_at_once_leave_no_vote_on_the_old_file(zone):
    from concurrent.futures import ThreadPoolExecutor

    for _ in range(6):
        case = voted(zone, 1)
        with ThreadPoolExecutor(2) as pool:
            vote = pool.submit(zone.votes, case, zone.members[0], Vote.FOR)
            pool.submit(the_officer_records, zone, case).result()
        assert vote.exception() is None or isinstance(vote.exception(), WrongState)
        assert zone.get(GuaranteeCase, case.id).state is CaseState.IN_REVIEW
        assert zone.ballots(case, Round.FIRST) == {}
