"""Two rounds of a vote: the first is blind, only the final one counts, and no order of ballots changes the outcome (F13, I-07)."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy.exc import IntegrityError

from financing.access import Actor, Role
from financing.acts import Act
from financing.case_refusals import NoQuorum, RoundOpen, RoundOver, StillVoting, VotedNotNamed
from financing.guarantees import rounds, service, views
from financing.guarantees.model import Ballot, GuaranteeCase
from financing.guarantees.rules import CaseState, Round, Vote, agreed
from financing.refusals import NotAllowed
from tests.makers import NOW, at, writing

F, C, N, A = Vote.FOR, Vote.CONDITIONAL, Vote.AGAINST, Vote.ABSTAIN


def sitting(zone, *votes):
    case = zone.case()
    zone.meeting(case)
    for user, vote in zip(zone.everybody, votes, strict=False):
        zone.votes(case, user, vote, f"{user.name}的理由")
    return case


def close(zone, case, present, user=None):
    with at(zone.database, (user or zone.chair).actor) as desk:
        rounds.close_first(desk, desk.get(GuaranteeCase, case.id), [each.id for each in present])


def seen(zone, case, actor):
    with at(zone.database, actor, write=False) as desk:
        return views.pack(desk, desk.get(GuaranteeCase, case.id))


def round_of(zone, case):
    return zone.get(GuaranteeCase, case.id).round


@pytest.mark.parametrize(
    ("votes", "alike"), [([], False), ([F], True), ([F, F, F], True), ([C, C], True), ([F, C], False), ([A, N], False)]
)
def test_votes_agree_when_there_is_one_kind_of_them(votes, alike):
    assert agreed(votes) is alike


def test_the_first_round_ends_by_itself_when_everybody_has_voted(zone):
    case = sitting(zone, F, F, N, C)
    assert round_of(zone, case) is Round.FIRST
    zone.votes(case, zone.members[3], F)
    assert round_of(zone, case) is Round.FINAL
    assert zone.ballots(case, Round.FINAL) == {}


def test_where_all_agree_the_first_votes_stand_as_final_ones_and_may_still_be_changed(zone):
    case = sitting(zone, F, F, F, F, F)
    assert {ballot.vote for ballot in zone.ballots(case, Round.FINAL).values()} == {F}
    zone.votes(case, zone.members[0], N, "讨论后改为反对")
    with at(zone.database, zone.chair.actor) as desk:
        record = service.seal(desk, desk.get(GuaranteeCase, case.id)).record
    assert record["count"]["votes"] == {"for": 4, "conditional": 0, "against": 1, "abstain": 0}
    assert [b["vote"] for b in record["ballots"] if b["user"] == zone.members[0].id] == ["for", "against"]


def test_first_votes_are_hidden_until_the_round_is_over_and_then_open_to_the_sitting_alone(zone):
    case = sitting(zone, F, N, C, F)
    assert seen(zone, case, zone.chair.actor).first == ()
    close(zone, case, zone.everybody[:4])
    said = seen(zone, case, zone.members[3].actor).first  # who was absent hears them too
    assert {(one.name, one.vote, one.opinion) for one in said} == {
        (user.name, vote, f"{user.name}的理由") for user, vote in zip(zone.everybody, (F, N, C, F), strict=False)
    }
    for actor in (zone.officer.actor, Actor(1, Role.AUDITOR)):
        assert seen(zone, case, actor).first == ()
        with at(zone.database, actor, write=False) as desk:
            assert desk.all(Ballot) == []
    zone.votes(case, zone.chair, N)
    with at(zone.database, zone.members[0].actor, write=False) as desk:
        assert {ballot.round for ballot in desk.all(Ballot)} == {Round.FIRST}  # a final vote stays hidden


def test_only_the_final_round_counts_and_both_are_kept(zone):
    case = sitting(zone, F, F, F, N)
    close(zone, case, zone.everybody[:4])
    with pytest.raises(NoQuorum), at(zone.database, zone.chair.actor) as desk:
        service.seal(desk, desk.get(GuaranteeCase, case.id))
    for user in zone.everybody[:4]:
        zone.votes(case, user, N, "讨论后反对")
    record = zone.seals(case).record
    assert record["outcome"] == "rejected"
    assert [(b["round"], b["vote"]) for b in record["ballots"] if b["user"] == zone.chair.id] == [
        ("first", "for"),
        ("final", "against"),
    ]


@pytest.mark.parametrize(
    ("present", "refusal"),
    [
        (range(5), StillVoting),  # the fifth has not voted
        (range(3), VotedNotNamed),  # the fourth has
        ((), VotedNotNamed),
    ],
)
def test_the_chair_names_exactly_those_who_were_there(zone, present, refusal):
    case = sitting(zone, F, N, C, F)
    with pytest.raises(refusal):
        close(zone, case, [zone.everybody[place] for place in present])
    assert round_of(zone, case) is Round.FIRST


def test_the_first_round_is_not_closed_without_a_quorum_nor_twice_nor_by_others_nor_with_strangers(zone):
    case = sitting(zone, F, N, C)
    with pytest.raises(NoQuorum):
        close(zone, case, zone.everybody[:3])
    with pytest.raises(RoundOpen), at(zone.database, zone.chair.actor) as desk:
        service.seal(desk, desk.get(GuaranteeCase, case.id))
    zone.votes(case, zone.members[2], F)
    with pytest.raises(NotAllowed):
        close(zone, case, zone.everybody[:4], zone.members[0])
    with pytest.raises(StillVoting):
        close(zone, case, [*zone.everybody[:4], zone.officer])
    close(zone, case, zone.everybody[:4])
    with pytest.raises(RoundOver):
        close(zone, case, zone.everybody[:4])


def test_a_tie_of_the_last_one_awaited_ends_the_first_round(zone):
    case = sitting(zone, F, F, F, F)
    zone.steps_aside(case, zone.members[3])
    assert round_of(zone, case) is Round.FINAL
    assert len(zone.ballots(case, Round.FINAL)) == 4


def test_a_tie_after_discussion_voids_the_votes_of_both_rounds(zone):
    case = sitting(zone, F, F, F, F, F)
    zone.steps_aside(case, zone.members[0])
    for which in Round:
        assert zone.members[0].id not in zone.ballots(case, which)
    assert zone.seals(case).record["count"]["seats"] == 4


def test_I07_of_one_member_one_ballot_counts_in_a_round_whatever_is_written(zone):
    case = sitting(zone, F)
    place = {"case_id": case.id, "meeting_id": zone.get(GuaranteeCase, case.id).meeting_id, "at": NOW, "opinion": ""}
    with pytest.raises(IntegrityError), writing(zone.database) as session:
        session.add(Ballot(**place, user_id=zone.chair.id, vote=N))


def test_I07_the_outcome_is_independent_of_the_order_of_ballots(zone):
    votes = (F, F, C, N)
    outcomes = set()
    for order in list(itertools.permutations(range(4)))[::6]:
        case = zone.case()
        zone.meeting(case)
        for place in order:
            zone.votes(case, zone.everybody[place], votes[place])
        close(zone, case, zone.everybody[:4])
        for place in reversed(order):
            zone.votes(case, zone.everybody[place], votes[place])
        with at(zone.database, zone.chair.actor) as desk:
            sealed = service.seal(desk, desk.get(GuaranteeCase, case.id))
        outcomes.add((sealed.outcome, str(sealed.record["count"])))
    assert len(outcomes) == 1
    assert outcomes.pop()[0] is CaseState.CONDITIONAL


def test_the_page_offers_the_end_of_the_first_round_to_the_chair_only_with_a_quorum(zone):
    case = sitting(zone, F, N, C)
    assert Act.CLOSE_ROUND not in seen(zone, case, zone.chair.actor).acts
    zone.votes(case, zone.members[2], F)
    assert Act.CLOSE_ROUND in seen(zone, case, zone.chair.actor).acts
    assert Act.CLOSE_ROUND not in seen(zone, case, zone.members[0].actor).acts
    waiting = [name for _, name, voted in seen(zone, case, zone.chair.actor).turnout.voters if not voted]
    assert waiting == [zone.members[3].name]
