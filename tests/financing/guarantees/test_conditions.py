"""What a committee asks before it stands behind a loan, and how it is shown to be so (F42)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from financing.access import Role
from financing.case_refusals import ConditionsOwed, Eligible, NotEligible, NotSurveyed, OwnProof
from financing.guarantees import conditions, service
from financing.guarantees.model import Condition, GuaranteeCase
from financing.guarantees.rules import ConditionState, Hurdle, Vote
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.outbox import Outgoing
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.refusals import NotAllowed, NotFound, WrongState
from tests.makers import NOW, TODAY, a_firm, a_need, a_paper, a_survey, a_user, an_assessment, at, writing

ASKED = "放款前补充股东会决议"


class Owing:
    """A case that was agreed to on conditions, its firm, and another officer."""

    def __init__(self, zone):
        self.zone, self.database = zone, zone.database
        self.case = zone.case()
        zone.meeting(self.case)
        for user in zone.everybody:
            zone.votes(self.case, user, Vote.CONDITIONAL, ASKED if user.role is Role.MEMBER else "补充订单")
        self.resolution = zone.seals(self.case)
        with writing(self.database) as session:
            self.signatory = a_user(session, Role.SIGNATORY, firm_id=self.case.firm_id)
            self.stranger = a_user(session, Role.SIGNATORY, firm_id=a_firm(session).id)
            self.second = a_user(session, Role.OFFICER)
            self.paper = a_paper(
                session, session.get_one(Firm, self.case.firm_id), kind=PaperKind.PROOF, name="股东会决议.pdf"
            )

    def condition(self, number=1):
        with at(self.database, self.zone.officer.actor, write=False) as desk:
            return conditions.of_case(desk, self.case)[number - 1]

    def shows(self, user, number=1):
        key = self.condition(number).id
        with at(self.database, user.actor) as desk:
            conditions.show(desk, desk.get(Condition, key), self.paper)

    def accepts(self, user, number=1):
        key = self.condition(number).id
        with at(self.database, user.actor) as desk:
            conditions.accept(desk, desk.get(Condition, key))

    def unmet(self):
        with at(self.database, self.zone.officer.actor, write=False) as desk:
            return [one.number for one in conditions.unmet(desk, self.case)]


@pytest.fixture
def owing(zone):
    return Owing(zone)


def test_conditions_are_those_of_the_resolution_word_for_word(owing):
    with at(owing.database, owing.zone.officer.actor, write=False) as desk:
        found = [(one.number, one.says, one.state) for one in conditions.of_case(desk, owing.case)]
    sealed = [one["says"] for one in owing.resolution.record["conditions"]]
    assert found == [(number, says, ConditionState.OWED) for number, says in enumerate(sealed, 1)]
    assert sorted(sealed) == sorted({ASKED, "补充订单"})


def test_an_approval_outright_owes_nothing(zone):
    case = zone.case()
    zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user)
    zone.seals(case)
    with at(zone.database, zone.officer.actor) as desk:
        assert conditions.unmet(desk, case) == []
        conditions.require_met(desk, case)


def test_F42_nothing_is_issued_until_each_condition_has_accepted_proof(owing):
    for number in (1, 2):
        with pytest.raises(ConditionsOwed), at(owing.database, owing.zone.officer.actor) as desk:
            conditions.require_met(desk, owing.case)
        owing.shows(owing.signatory, number)
        assert number in owing.unmet()
        owing.accepts(owing.second, number)
    with at(owing.database, owing.zone.officer.actor) as desk:
        conditions.require_met(desk, owing.case)
    assert owing.unmet() == []


def test_I20_whoever_handed_a_proof_in_does_not_accept_it(owing):
    owing.shows(owing.zone.officer)
    with pytest.raises(OwnProof):
        owing.accepts(owing.zone.officer)
    owing.accepts(owing.second)
    assert owing.condition().met_by == owing.second.id


def test_I20_the_database_itself_refuses_one_person_in_both_parts(owing):
    owing.shows(owing.zone.officer)
    key, officer = owing.condition().id, owing.zone.officer.id
    alone = update(Condition).where(Condition.id == key).values(met_by=officer, state=ConditionState.MET)
    with pytest.raises(IntegrityError), writing(owing.database) as session:
        session.execute(alone)


def test_a_firm_does_not_accept_its_own_proof_nor_see_that_of_others(owing):
    owing.shows(owing.signatory)
    with pytest.raises((NotAllowed, OwnProof)):
        owing.accepts(owing.signatory)
    with pytest.raises(NotFound):
        owing.shows(owing.stranger)


def test_a_proof_that_does_not_do_goes_back_with_its_reason_and_another_may_follow(owing):
    owing.shows(owing.signatory)
    key = owing.condition().id
    with at(owing.database, owing.second.actor) as desk:
        conditions.turn_down(desk, desk.get(Condition, key), "没有盖章")
    assert (owing.condition().state, owing.condition().why) == (ConditionState.OWED, "没有盖章")
    owing.shows(owing.signatory)
    owing.accepts(owing.second)
    assert (owing.condition().state, owing.condition().why) == (ConditionState.MET, "")


def test_nothing_is_accepted_that_was_not_shown_and_nothing_shown_after_it(owing):
    with pytest.raises(WrongState):
        owing.accepts(owing.second)
    owing.shows(owing.signatory)
    owing.accepts(owing.second)
    with pytest.raises(WrongState):
        owing.shows(owing.signatory)


def test_each_step_tells_who_waits_for_it(owing):
    owing.shows(owing.signatory)
    owing.accepts(owing.second)
    with writing(owing.database) as session:
        told = [
            task.payload
            for task in session.query(Outgoing)
            if str(task.payload.get("code", "")).startswith("condition.")
        ]
    assert {one["code"]: one["to"] for one in told} == {
        "condition.show": {"role": "officer"},
        "condition.accept": {"firm": owing.case.firm_id},
    }
    assert {one["subject"] for one in told} == {owing.case.id}


@pytest.mark.parametrize(
    "statement", ["UPDATE case_condition SET says = 'x'", "DELETE FROM case_condition", "UPDATE case_condition SET met_by = NULL, state = 'owed'"]
)  # fmt: skip
def test_the_wall_keeps_the_words_and_what_is_met(owing, statement):
    owing.shows(owing.signatory)
    owing.accepts(owing.second)
    with pytest.raises(DBAPIError), writing(owing.database) as session:
        session.execute(text(statement))


# --- the gate of the survey ---------------------------------------------------------------------------------------------
def scored(zone, **survey):
    with writing(zone.database) as session:
        need = a_need(session, a_firm(session), state=NeedState.SCORED, submitted_on=TODAY)
        an_assessment(session, need)
        if survey:
            a_survey(session, need, **survey)
        return need


ONE_OPINION = {"second_id": None, "second_advice": None, "second_at": None, "second_name": "", "state": "visited"}


@pytest.mark.parametrize("survey", [{}, ONE_OPINION, {"changed": ["not_operating"], "at": "later"}])
def test_no_case_without_two_opinions_and_a_score_that_knows_what_they_found(zone, survey):
    given = dict(survey)
    if given.get("at") == "later":
        given["at"] = NOW + timedelta(minutes=5)
    need = scored(zone, **given)
    with pytest.raises(NotEligible) as refused, at(zone.database, zone.officer.actor) as desk:
        service.open_case(desk, desk.get(Need, need.id), opinion="建议同意")
    assert refused.value.facts["gates"] == (Hurdle.SURVEYED,)


def test_that_the_zone_has_not_looked_yet_is_no_reason_to_turn_a_firm_away(zone):
    need = scored(zone)
    with pytest.raises(Eligible), at(zone.database, zone.officer.actor) as desk:
        service.refuse(desk, desk.get(Need, need.id))


def test_a_case_from_before_the_rule_is_tabled_once_both_have_looked(zone):
    case = zone.case()
    with writing(zone.database) as session:
        session.get_one(GuaranteeCase, case.id).survey_id = None
        session.execute(text("UPDATE need SET state = 'committee'"))
    # the survey that the maker laid out is found again
    zone.meeting(case, begun=False)
    assert zone.get(GuaranteeCase, case.id).survey_id is not None


def test_a_case_from_before_the_rule_is_not_tabled_without(zone):
    case = zone.case()
    with writing(zone.database) as session:
        found = session.get_one(GuaranteeCase, case.id)
        found.survey_id = None
        fresh = a_survey(session, session.get_one(Need, found.need_id), at=NOW + timedelta(minutes=1), **ONE_OPINION)
        assert fresh.second_id is None
    with pytest.raises(NotSurveyed):
        zone.meeting(case, begun=False)


def test_both_opinions_are_sealed_with_the_decision(zone):
    case = zone.case()
    zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user)
    record = zone.seals(case).record
    assert (record["survey"]["first"]["name"], record["survey"]["second"]["name"]) == ("周经办", "孙复核")
    assert len(record["survey"]["digest"]) == 64
    assert "affordability" in record
