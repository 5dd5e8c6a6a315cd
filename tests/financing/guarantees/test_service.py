from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from financing.access import Actor, Role
from financing.acts import Act
from financing.case_refusals import LimitReached, NoQuorum, NotSeated, Tied
from financing.guarantees import deferrals, service, ties
from financing.guarantees.model import Ballot, GuaranteeCase, Limit, Resolution, Seat, Tie
from financing.guarantees.rules import CaseState, Scope, Vote
from financing.journal import Entry
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.outbox import Outgoing
from financing.parties.model import Firm, Guarantor
from financing.refusals import NotAllowed, NotFound, Refusal, WrongState
from financing.sitting_refusals import CountDecides
from tests.makers import TODAY, a_user, at, writing

F, C, N, A = Vote.FOR, Vote.CONDITIONAL, Vote.AGAINST, Vote.ABSTAIN


def put_off(desk, case):
    return deferrals.defer(desk, case, reason="到会人数不足", until=TODAY)


def sitting(zone, *votes):
    """A case at an open meeting with so many votes, the chair's first."""
    case = zone.case()
    zone.meeting(case)
    for user, vote in zip(zone.everybody, votes, strict=False):
        zone.votes(case, user, vote)
    return case


@pytest.mark.parametrize(
    ("votes", "state", "need_state"),
    [
        ((F, F, F, F), CaseState.APPROVED, NeedState.APPROVED),
        ((F, F, C, C), CaseState.CONDITIONAL, NeedState.CONDITIONAL),
        ((F, F, N, N), CaseState.REJECTED, NeedState.REJECTED),
        ((F, A, A, A, A), CaseState.REJECTED, NeedState.REJECTED),
    ],
)
def test_the_count_is_sealed_and_the_need_follows(zone, votes, state, need_state):
    case = sitting(zone, *votes)
    resolution = zone.seals(case)
    assert resolution.outcome is state is zone.get(GuaranteeCase, case.id).state
    assert zone.get(Need, case.need_id).state is need_state


def test_a_decision_in_favour_takes_up_the_limits_and_any_other_does_not(zone):
    approved, rejected = zone.case(), zone.case()
    zone.meeting(approved, rejected)
    for user in zone.everybody:
        zone.votes(approved, user, F)
        zone.votes(rejected, user, N)
    zone.seals(approved)
    zone.seals(rejected)
    with writing(zone.database) as session:
        reserved = {(limit.scope, limit.owner_id): limit.reserved for limit in session.scalars(select(Limit))}
    assert reserved[Scope.FACILITY, zone.guarantor.id] == Fen.wan(90)  # 75 per cent of a small firm's balance
    assert reserved[Scope.FIRM, approved.firm_id] == Fen.wan(120)
    assert reserved[Scope.FIRM, rejected.firm_id] == Fen(0)


def test_an_approval_beyond_the_room_left_is_refused_whole(zone):
    case = sitting(zone, F, F, F, F)
    with writing(zone.database) as session:
        session.get_one(Guarantor, zone.guarantor.id).net_assets = Fen.wan(1_000)
    with pytest.raises(LimitReached) as refusal:
        zone.seals(case)
    assert refusal.value.facts == {"scope": Scope.FIRM, "asked": Fen.wan(120), "free": Fen.wan(100)}
    assert zone.get(GuaranteeCase, case.id).state is CaseState.ON_AGENDA
    with writing(zone.database) as session:
        assert session.scalar(select(func.count(Resolution.id))) == 0


def test_two_meetings_at_once_never_pass_the_cap_together(zone):
    cases = [sitting(zone, F, F, F, F) for _ in range(4)]
    with writing(zone.database) as session:
        session.get_one(Guarantor, zone.guarantor.id).net_assets = Fen.wan(1_200)
        session.add(Limit(scope=Scope.FACILITY, owner_id=zone.guarantor.id, cap=Fen.wan(12_000), used=Fen.wan(11_800)))

    def seal(case):
        try:
            return zone.seals(case).outcome
        except LimitReached:
            return None

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(seal, cases))
    assert Counter(outcomes) == {CaseState.APPROVED: 2, None: 2}


def test_without_a_quorum_nothing_is_sealed_and_only_then_a_case_may_be_put_off(zone):
    case = sitting(zone, F, F, F)  # three of five
    with pytest.raises(NoQuorum) as refusal:
        zone.seals(case)
    assert refusal.value.facts == {"seats": 5, "cast": 3}
    zone.defers(case)
    assert zone.get(GuaranteeCase, case.id).state is CaseState.DEFERRED
    assert zone.get(Need, case.need_id).state is NeedState.COMMITTEE


def test_a_chair_does_not_put_off_what_the_count_has_decided(zone):
    case = sitting(zone, F, N, N, N)
    with pytest.raises(CountDecides):
        zone.defers(case)


def test_a_case_put_off_is_voted_on_anew(zone):
    case = sitting(zone, N, N, N)
    zone.defers(case)
    zone.meeting(case)
    with at(zone.database, zone.chair.actor) as desk:
        assert service.count(desk, desk.get(GuaranteeCase, case.id)).cast == 0
    for user in zone.everybody[:4]:
        zone.votes(case, user, F)
    record = zone.seals(case).record
    assert [ballot["vote"] for ballot in record["ballots"]] == ["for"] * 8  # both rounds of this sitting alone
    with writing(zone.database) as session:
        assert session.scalar(select(func.count(Ballot.id)).where(Ballot.case_id == case.id)) == 11


def test_a_second_vote_replaces_the_first_until_sealing(zone):
    case = sitting(zone, N, F, F, F)
    zone.votes(case, zone.chair, F, "补充说明后同意")
    assert zone.seals(case).outcome is CaseState.APPROVED
    with pytest.raises(WrongState):
        zone.votes(case, zone.chair, N)
    with pytest.raises(WrongState):
        zone.seals(case)


def test_a_tied_member_loses_ballot_and_sight_and_the_quorum_shrinks(zone):
    case = sitting(zone, F, F, F, N)
    tied = zone.members[2]
    zone.steps_aside(case, tied)
    for again in (lambda: zone.votes(case, tied, F), lambda: zone.steps_aside(case, tied)):
        with pytest.raises(NotFound):
            again()
    for kind, key in ((GuaranteeCase, case.id), (Need, case.need_id)):
        with pytest.raises(NotFound), at(zone.database, tied.actor) as desk:
            desk.get(kind, key)
    record = zone.seals(case).record  # three of the four that are left
    assert record["outcome"] == "approved"
    assert record["count"]["seats"] == 4
    assert [(tie["name"], tie["reason"]) for tie in record["ties"]] == [(tied.name, "亲属任职")]
    assert [ballot["user"] for ballot in record["ballots"] if ballot["void"]] == [tied.id]


def test_a_tie_hides_the_one_case_and_no_other(zone):
    tied_to, other = zone.case(), zone.case()
    zone.meeting(tied_to, other)
    member = zone.members[0]
    zone.steps_aside(tied_to, member)
    with at(zone.database, member.actor, write=False) as desk:
        for kind, key in ((GuaranteeCase, other.id), (Need, other.need_id), (Firm, other.firm_id)):
            assert [thing.id for thing in desk.all(kind)] == [key]
    zone.votes(other, member)


def test_a_tie_stays_when_the_case_comes_back(zone):
    case = sitting(zone, F)
    zone.steps_aside(case, zone.members[0])
    zone.defers(case)
    zone.meeting(case)
    with pytest.raises(NotFound):
        zone.votes(case, zone.members[0], F)


def test_the_tie_is_refused_inside_the_service_too(zone):
    case = sitting(zone, F)
    zone.steps_aside(case, zone.members[0])
    for act in (lambda desk, case: service.cast(desk, case, F, "同意"), lambda d, c: ties.declare(d, c, "再次")):
        with pytest.raises(Tied), at(zone.database, zone.members[0].actor) as desk:
            act(desk, desk.session.get_one(GuaranteeCase, case.id))


def test_when_the_chair_is_tied_another_member_declares_the_count(zone):
    case = sitting(zone, F, F, F, F)
    with pytest.raises(NotAllowed):
        zone.seals(case, zone.members[0])
    zone.steps_aside(case, zone.chair)
    with pytest.raises(NotFound):
        zone.seals(case, zone.chair)
    record = zone.seals(case, zone.members[0]).record
    assert record["sealed_by"]["user"] == zone.members[0].id
    assert record["count"]["seats"] == 4


def test_a_chair_of_another_meeting_does_not_seal_here(zone):
    case = sitting(zone, F, F, F, F)
    with writing(zone.database) as session:
        other = a_user(session, Role.CHAIR)
        session.add(Seat(meeting_id=case_meeting(session, case), user_id=other.id, name="旁听", chair=False))
    zone.steps_aside(case, other)
    with pytest.raises(NotFound):
        zone.seals(case, other)
    with pytest.raises(NotSeated), at(zone.database, other.actor) as desk:
        service.seal(desk, desk.session.get_one(GuaranteeCase, case.id))


def case_meeting(session, case):
    return session.get_one(GuaranteeCase, case.id).meeting_id


def test_a_member_sees_their_own_tie_and_no_other(zone):
    case = sitting(zone)
    zone.steps_aside(case, zone.members[0])
    for user, count in ((zone.members[0], 1), (zone.members[1], 0)):
        with at(zone.database, user.actor, write=False) as desk:
            assert len(desk.all(Tie)) == count


def test_when_everybody_is_tied_nothing_is_decided(zone):
    case = sitting(zone)
    for user in zone.everybody:
        zone.steps_aside(case, user)
    with writing(zone.database) as session:
        assert session.scalar(select(func.count(Tie.id))) == 5
    for user in zone.everybody:
        with pytest.raises(NotFound):
            zone.seals(case, user)


def test_a_vote_and_a_tie_at_once_never_both_count(zone):
    for _ in range(12):
        case = sitting(zone)
        member, start = zone.members[0], threading.Barrier(2)

        def act(what, case=case, member=member, start=start):
            start.wait()
            try:
                what(case, member)
            except Refusal as refusal:
                return refusal.code
            return None

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(act, (zone.votes, zone.steps_aside)))
        assert answers[1] is None, answers
        with writing(zone.database) as session:
            assert session.scalar(select(func.count(Tie.id)).where(Tie.case_id == case.id)) == 1
            valid = select(Ballot).where(Ballot.case_id == case.id, Ballot.void.is_(False))
            assert session.scalars(valid).all() == []


def test_only_seated_members_vote_and_only_while_the_meeting_is_open(zone):
    case = zone.case()
    meeting = zone.meeting(case, begun=False)
    with pytest.raises(WrongState):
        zone.votes(case, zone.chair, F)
    assert meeting.state == "called"
    with writing(zone.database) as session:
        stranger = a_user(session, Role.MEMBER)
    with pytest.raises(NotFound):
        zone.votes(case, stranger, F)
    with pytest.raises(NotSeated), at(zone.database, stranger.actor) as desk:
        ties.declare(desk, desk.session.get_one(GuaranteeCase, case.id), "亲属")


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.MEMBER, Role.CHAIR}])
def test_nobody_outside_the_committee_votes_or_seals(zone, role):
    case = sitting(zone, F, F, F, F)
    actor = Actor(zone.members[0].id, role, firm_id=case.firm_id)
    for act in (lambda d, c: service.cast(d, c, F, "同意"), service.seal, put_off):
        with pytest.raises((NotAllowed, NotFound, NotSeated, CountDecides)), at(zone.database, actor) as desk:
            act(desk, desk.session.get_one(GuaranteeCase, case.id))
    assert zone.get(GuaranteeCase, case.id).state is CaseState.ON_AGENDA


def test_who_brought_the_case_never_votes_on_it(zone):
    case = sitting(zone)
    actor = Actor(zone.officer.id, Role.MEMBER)
    with pytest.raises(NotFound), at(zone.database, actor) as desk:
        service.cast(desk, desk.session.get_one(GuaranteeCase, case.id), F, "同意")
    with at(zone.database, actor, write=False) as desk:
        assert not desk.may(Act.CAST_VOTE, case)


def test_before_sealing_a_member_sees_no_ballot_but_their_own(zone):
    case = sitting(zone, F, N, N)
    for user, seen in ((zone.chair, 1), (zone.members[0], 1), (zone.members[3], 0)):
        with at(zone.database, user.actor, write=False) as desk:
            assert len(desk.all(Ballot)) == seen
    for role in Role:
        if role not in {Role.MEMBER, Role.CHAIR, Role.SYSTEM}:
            with at(zone.database, Actor(1, role, case.firm_id), write=False) as desk:
                assert desk.all(Ballot) == []
    zone.votes(case, zone.members[2], N)
    zone.seals(case)
    for actor in (zone.chair.actor, zone.members[3].actor, Actor(1, Role.AUDITOR)):
        with at(zone.database, actor, write=False) as desk:
            assert len(desk.all(Ballot)) == 8  # both rounds


def test_the_journal_holds_commitments_and_never_a_vote_a_reason_or_an_opinion(zone):
    case = sitting(zone, N, N)
    zone.steps_aside(case, zone.members[2])
    with writing(zone.database) as session:
        entries = list(session.scalars(select(Entry).where(Entry.subject_id == case.id).order_by(Entry.seq)))
    assert [entry.act for entry in entries] == [
        Act.OPEN_CASE, Act.TABLE_CASE, Act.CAST_VOTE, Act.CAST_VOTE, Act.DECLARE_TIE,
    ]  # fmt: skip
    said = str([entry.body["facts"] for entry in entries])
    for secret in ("against", "同意", "亲属"):
        assert secret not in said
    first, second = (entry.body["facts"]["ballot"]["committed"] for entry in entries[2:4])
    assert len(first) == 64
    assert first != second  # equal votes look unlike


def test_the_firm_and_the_officer_are_told_of_the_outcome_once(zone):
    case = sitting(zone, F, F, F, F)
    zone.seals(case)
    with writing(zone.database) as session:
        told = [
            row.payload for row in session.scalars(select(Outgoing)) if row.payload.get("code") == Act.SEAL_CASE.value
        ]
    assert [note["to"] for note in sorted(told, key=str)] == [{"firm": case.firm_id}, {"user": zone.officer.id}]
    assert {note["subject"] for note in told} == {case.need_id}


def test_a_withdrawn_need_frees_what_was_reserved_for_it(zone):
    case = sitting(zone, F, F, F, F)
    zone.seals(case)
    with at(zone.database, Actor(5, Role.SIGNATORY, firm_id=case.firm_id)) as desk:
        need = desk.get(Need, case.need_id)
        desk.take(Act.WITHDRAW_NEED, need)
        service.drop(desk, need)
    assert zone.get(GuaranteeCase, case.id).state is CaseState.DROPPED
    with writing(zone.database) as session:
        assert {limit.reserved for limit in session.scalars(select(Limit))} == {Fen(0)}


@pytest.mark.parametrize("tabled", [False, True])
def test_a_need_withdrawn_before_the_decision_ends_its_case(zone, tabled):
    case = zone.case()
    if tabled:
        zone.meeting(case)
    with at(zone.database, Actor(5, Role.SIGNATORY, firm_id=case.firm_id)) as desk:
        need = desk.get(Need, case.need_id)
        desk.take(Act.WITHDRAW_NEED, need)
        service.drop(desk, need)
        service.drop(desk, need)  # once is enough
    assert zone.get(GuaranteeCase, case.id).state is CaseState.DROPPED


def test_dropping_a_need_without_a_case_does_nothing(zone):
    need = zone.need()
    with at(zone.database, zone.officer.actor) as desk:
        service.drop(desk, desk.get(Need, need.id))
        assert desk.lines == []
