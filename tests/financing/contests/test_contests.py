"""Second looks: within the firm's days, by somebody who had no part in it, and what follows leaves every record as it was (F56)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from financing import parameters
from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.answer_refusals import NotContestable
from financing.calendar import published
from financing.contests import grounds, service, views
from financing.contests.model import Contest
from financing.contests.rules import AGAIN, Contested, NextStep, Outcome
from financing.credit.model import Assessment
from financing.guarantees.model import GuaranteeCase, Resolution
from financing.guarantees.rules import Vote
from financing.matching.model import Match
from financing.matching.rules import MatchState
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.notices.model import Notice
from financing.offers.model import Decline
from financing.refusals import NotAllowed, NotFound
from tests.financing.offers.test_service import declined, sent
from tests.makers import NOW, TODAY, a_firm, a_scored_need, a_user, at, writing
from web.jobs import run_daily

DAY = timedelta(days=1)


def signatory(database, need):
    with writing(database) as session:
        return a_user(session, Role.SIGNATORY, firm_id=need.firm_id).actor


def person(database, role=Role.OFFICER, **owner):
    with writing(database) as session:
        return a_user(session, role, **owner).actor


def contested(database, need, kind, *, item=None, now=NOW, actor=None) -> Contest:
    with at(database, actor or signatory(database, need), now) as desk:
        thing = desk.get(Need, need.id)
        decision = next(one for one in grounds.open_to(desk, thing) if one.kind is kind)
        return service.contest(desk, thing, code=decision.code, item=item or decision.items[0], why="与报表不符")


def reviewed(database, asked, actor, outcome=Outcome.OVERTURNED, now=NOW) -> Contest:
    with at(database, actor, now) as desk:
        one = desk.get(Contest, asked.id)
        service.review(desk, one, outcome=outcome, found="复核报表第 3 行，原取数有误")
        return one


def rejected(zone) -> GuaranteeCase:
    case = zone.case()
    zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user, Vote.AGAINST, "现金流不足")
    zone.seals(case)
    return case


def working_days_after(day, count):
    """The rule in the plainest words: step by step, the first day not counted."""
    while count:
        day += DAY
        count -= published().works(day)
    return day


@pytest.mark.parametrize("extra", [0, 1])
def test_a_decline_is_contested_within_ten_working_days_and_no_longer(database, extra):
    stage = sent(database, banks=1)
    declined(stage, 0)
    last = working_days_after(TODAY, 10)
    now = NOW + (last - TODAY) + extra * DAY
    if extra:
        with pytest.raises(StopIteration):
            contested(database, stage.need, Contested.DECLINE, now=now, actor=stage.signatory)
        with stage.at(SYSTEM) as desk:
            code = f"decline.{desk.all(Decline)[0].id}"
        with pytest.raises(NotContestable), stage.at(stage.signatory, now) as desk:
            service.contest(desk, desk.get(Need, stage.need.id), code=code, item="ratio", why="x")
        return
    asked = contested(database, stage.need, Contested.DECLINE, now=now, actor=stage.signatory)
    assert asked.due_on == working_days_after(last, 5)


@given(st.sampled_from(["contest_days", "contest_answer_days"]))
def test_the_days_are_dated_figures_with_a_source(key):
    figure = parameters.figure(key, TODAY)
    assert figure.source
    assert figure.value == {"contest_days": 10, "contest_answer_days": 5}[key]


def test_a_decline_is_looked_at_by_another_officer_of_the_bank_and_reopened_for_a_new_answer(database):
    stage = sent(database, banks=2)
    declined(stage, 0)
    asked = contested(database, stage.need, Contested.DECLINE, actor=stage.signatory)
    colleague = person(database, Role.BANKER, bank_id=stage.banks[0].id)
    for nobody in (stage.bankers[0], stage.officer):
        with pytest.raises(NotAllowed):
            reviewed(database, asked, nobody)
    with pytest.raises(NotFound):
        reviewed(database, asked, stage.bankers[1])
    one = reviewed(database, asked, colleague, now=NOW + DAY)
    assert one.next_step is NextStep.BANK_AGAIN
    with stage.at(SYSTEM) as desk:
        match = stage.match(desk, 0)
        assert (match.state, match.sent_on) == (MatchState.SENT, TODAY + DAY)
        assert len(desk.all(Decline)) == 1, "the first answer stays on record"
    declined(stage, 0, NOW + 2 * DAY)
    with stage.at(SYSTEM) as desk:
        assert len(desk.all(Decline)) == 2
        assert stage.match(desk, 0).state is MatchState.DECLINED


def test_a_bank_that_may_no_longer_read_is_not_given_the_need_behind_the_firm_s_back(database):
    stage = sent(database, banks=1)
    declined(stage, 0)
    asked = contested(database, stage.need, Contested.DECLINE, actor=stage.signatory)
    stage.withdraw(0)
    colleague = person(database, Role.BANKER, bank_id=stage.banks[0].id)
    with pytest.raises(NotFound):
        reviewed(database, asked, colleague)
    with stage.at(SYSTEM) as desk:
        assert (
            service._bank_again(desk, desk.get(Contest, asked.id), desk.get(Need, stage.need.id)) is NextStep.FIRM_FIRST
        )
        assert stage.match(desk, 0).state is MatchState.DECLINED


@pytest.mark.parametrize("outcome", Outcome)
def test_a_sealed_no_stays_sealed_and_the_need_is_filed_anew_in_its_old_turn(zone, outcome):
    case = rejected(zone)
    with at(zone.database, SYSTEM) as desk:
        before = desk.all(Resolution)[0]
        kept = (before.digest, before.record, before.outcome)
    need = zone.get(Need, case.need_id)
    asked = contested(zone.database, need, Contested.COMMITTEE)
    assert set(asked.deciders) == {zone.officer.id, *zone.ids()}
    with pytest.raises(NotAllowed):
        reviewed(zone.database, asked, zone.officer.actor)
    one = reviewed(zone.database, asked, person(zone.database), outcome)
    with at(zone.database, SYSTEM) as desk:
        sealed = desk.all(Resolution)
        assert [(each.digest, each.record, each.outcome) for each in sealed] == [kept]
        needs = desk.all(Need, Need.firm_id == need.firm_id, by=Need.number)
        assert desk.get(Need, need.id).state is NeedState.REJECTED
        assert len(needs) == (2 if outcome in AGAIN else 1)
        new = next((each for each in needs if each.id != need.id), None)
    assert one.next_step is (NextStep.VOTE_AGAIN if outcome in AGAIN else NextStep.NONE)
    if new:
        assert (new.state, new.amount, new.use, new.submitted_on) == (
            NeedState.ACCEPTED,
            need.amount,
            need.use,
            need.submitted_on,
        )


def test_what_is_filed_anew_goes_to_a_new_vote(zone):
    case = rejected(zone)
    need = zone.get(Need, case.need_id)
    reviewed(zone.database, contested(zone.database, need, Contested.COMMITTEE), person(zone.database))
    with at(zone.database, SYSTEM) as desk:
        new = desk.all(Need, Need.id != need.id)[0]
        assert new.flow.after(new.state, Act.ASSESS_NEED) is NeedState.SCORED


def test_a_score_is_looked_at_by_who_did_not_make_it_and_made_again(database):
    officer = person(database)
    with writing(database) as session:
        need = a_scored_need(session, a_firm(session))
        score = session.query(Assessment).filter_by(need_id=need.id).one()
        scorer = score.assessed_by
    asked = contested(database, need, Contested.SCORE)
    assert asked.deciders == ([scorer] if scorer else [])
    reviewed(database, asked, officer)
    with at(database, SYSTEM) as desk:
        assert desk.get(Need, need.id).state is NeedState.ACCEPTED
        assert len(desk.all(Assessment)) == 1, "the former score stays"
    with pytest.raises(StopIteration):
        contested(database, need, Contested.SCORE)


def test_a_refusal_at_the_gates_is_contested_at_the_gate_it_rests_on(database):
    first, second = person(database), person(database)
    with writing(database) as session:
        need = a_scored_need(session, a_firm(session), state=NeedState.SCORED)
    with at(database, first) as desk:
        thing = desk.get(Need, need.id)
        desk.take(Act.REFUSE_NEED, thing)
        thing.missed = ["score"]
    with pytest.raises(NotContestable), at(database, signatory(database, need)) as desk:
        service.contest(desk, desk.get(Need, need.id), code=f"gates.{need.id}", item="size", why="x")
    asked = contested(database, need, Contested.GATES)
    assert first.id in asked.deciders
    with pytest.raises(NotAllowed):
        reviewed(database, asked, first)
    assert reviewed(database, asked, second).next_step is NextStep.SCORE_AGAIN
    with at(database, SYSTEM) as desk:
        found = desk.get(Need, need.id)
        assert (found.state, found.missed) == (NeedState.ACCEPTED, [])


def test_each_decision_is_contested_once_and_a_second_look_is_given_once(database):
    stage = sent(database, banks=1)
    declined(stage, 0)
    asked = contested(database, stage.need, Contested.DECLINE, actor=stage.signatory)
    with pytest.raises(StopIteration):
        contested(database, stage.need, Contested.DECLINE, actor=stage.signatory)
    colleague = person(database, Role.BANKER, bank_id=stage.banks[0].id)
    reviewed(database, asked, colleague, Outcome.UPHELD)
    for column, value in (("outcome", Outcome.PARTLY), ("found", "另写"), ("why", "另写"), ("deciders", [])):
        with pytest.raises(DBAPIError), writing(database) as session:
            setattr(session.get(Contest, asked.id), column, value)


def test_it_is_reminded_on_the_last_day_and_told_once_after_it(database):
    stage = sent(database, banks=1)
    declined(stage, 0)
    person(database, Role.BANK_ADMIN, bank_id=stage.banks[0].id)
    contested(database, stage.need, Contested.DECLINE, actor=stage.signatory)
    told = []
    for day in range(10):
        run_daily(database, NOW + day * DAY)
        with stage.at(SYSTEM) as desk:
            told.append(len(desk.all(Notice, Notice.act == Act.REMIND_REVIEW)))
    last = (working_days_after(TODAY, 5) - TODAY).days
    assert told[last - 1] == 0 < told[last] < told[last + 1] == told[-1]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.BANKER, Role.LEADER])
def test_the_rate_counts_reviewed_ones_and_a_leader_gets_it_only_of_many_firms(database, role):
    stage = sent(database, banks=2)
    outcomes = [Outcome.UPHELD, Outcome.OVERTURNED, Outcome.PARTLY, None]
    with writing(database) as session:
        for number, outcome in enumerate(outcomes):
            bank = stage.banks[number % 2].id
            session.add(
                Contest(
                    kind=Contested.DECLINE, subject_id=number, need_id=stage.need.id, firm_id=stage.firm.id, bank_id=bank,
                    rests_on="own", why="x", deciders=[], decided_on=TODAY, made_at=NOW, made_by=1, due_on=TODAY, outcome=outcome,
                    reviewer_id=9 if outcome else None, state="decided" if outcome else "open",
                )
            )  # fmt: skip
    reader = {Role.BANKER: stage.bankers[0]}.get(role) or person(database, role)
    with at(database, reader) as desk:
        found = views.tallies(desk)
    if role is Role.LEADER:
        assert found == []
        return
    whole = found[-1]
    assert whole.kind is None
    expected = (4, 3, 666_667) if role is Role.OFFICER else (2, 2, 500_000)
    assert (whole.asked, whole.reviewed, whole.share) == expected


def test_sealed_offers_of_other_banks_do_not_open_early_through_a_second_look(database):
    """A bank that is asked again is waited for, as any other (I-21)."""
    stage = sent(database, banks=1)
    declined(stage, 0)
    asked = contested(database, stage.need, Contested.DECLINE, actor=stage.signatory)
    reviewed(database, asked, person(database, Role.BANKER, bank_id=stage.banks[0].id))
    with stage.at(SYSTEM) as desk:
        match = desk.all(Match)[0]
        assert match.due_on is not None
        assert match.due_on > TODAY
