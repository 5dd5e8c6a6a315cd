"""The two rounds of a vote (两轮表决, F13): a blind first round, discussion over its reasons, a final round that counts."""

from __future__ import annotations

from collections.abc import Collection

from financing.access import require
from financing.acts import Act
from financing.case_refusals import NoQuorum, NotSeated, RoundOver, StillVoting, VotedNotNamed
from financing.desk import Desk
from financing.guarantees import agenda, tally
from financing.guarantees.agenda_model import Jump
from financing.guarantees.model import Ballot, GuaranteeCase, Meeting
from financing.guarantees.rules import CaseState, Round, agreed
from financing.guarantees.sessions import hold, in_session
from financing.guarantees.tally import Sitting
from financing.journal import Private
from financing.parties.identity import passage
from financing.sitting_refusals import InTurn


def close_first(desk: Desk, case: GuaranteeCase, present: Collection[int]) -> None:
    """The chair ends the first round with those present named by account; each of them must have voted, and nobody else."""
    require(desk.actor, Act.CLOSE_ROUND, case)
    hold(desk, case)
    in_session(desk, case, Act.CLOSE_ROUND)
    if case.round is not Round.FIRST:
        raise RoundOver
    sat = tally.sitting(desk, case)
    if desk.actor.id not in sat.eligible:
        raise NotSeated
    agenda.require_turn(desk, case)
    _all_have_voted(sat, frozenset(present))
    counts = tally.counted(desk, sat, Round.FIRST)
    if not counts.quorate:
        raise NoQuorum(seats=counts.seats, cast=counts.cast)
    desk.take(Act.CLOSE_ROUND, case, present=sorted(present))
    _discuss(desk, case, sat)


def close_when_all_have_voted(desk: Desk, case: GuaranteeCase, act: Act) -> None:
    """After a vote or a tie: the first round is over once everybody who may vote has voted and the case has its turn."""
    desk.session.flush()
    sat = tally.sitting(desk, case)
    all_have = bool(sat.eligible) and sat.eligible == sat.voters(Round.FIRST)
    if case.round is Round.FIRST and all_have and agenda.in_turn(desk, case):
        desk.follow(act, case, first_round_over=sorted(sat.eligible))
        _discuss(desk, case, sat)


def jump(desk: Desk, case: GuaranteeCase, reason: str) -> Jump:
    """Take a case ahead of earlier ones; the reason stands on the page of the meeting and in the record. InTurn when it is next."""
    require(desk.actor, Act.JUMP_CASE, case)
    hold(desk, case)
    meeting = in_session(desk, case, Act.JUMP_CASE)
    if agenda.in_turn(desk, case):
        raise InTurn
    reason = passage(reason, "reason")
    over = [one.number for one in agenda.earlier(desk, case)]
    desk.take(Act.JUMP_CASE, case, meeting=meeting.id, over=over, reason=Private(reason))
    taken = agenda.written(desk, meeting, case.id, over, reason)
    close_when_all_have_voted(desk, case, Act.JUMP_CASE)
    return taken


def next_has_its_turn(desk: Desk, meeting: Meeting) -> None:
    """A case has its result: first votes that were all cast ahead on the next one open now, if whoever acts may open them there."""
    desk.session.flush()
    waiting = agenda.tabled(desk, meeting.id, GuaranteeCase.state == CaseState.ON_AGENDA)
    case = desk.find(GuaranteeCase, GuaranteeCase.id == waiting[0].case_id) if waiting else None
    if case is None or not desk.may(Act.CLOSE_ROUND, case):
        return
    hold(desk, case)
    sat = tally.sitting(desk, case)
    if case.round is Round.FIRST and desk.actor.id in sat.eligible and sat.eligible == sat.voters(Round.FIRST):
        desk.take(Act.CLOSE_ROUND, case, present=sorted(sat.eligible))
        _discuss(desk, case, sat)


def _all_have_voted(sat: Sitting, present: frozenset[int]) -> None:
    voted, names = sat.voters(Round.FIRST), sat.names
    if waiting := sorted(names.get(user, "—") for user in present - voted):
        raise StillVoting(names=tuple(waiting))
    if left_out := sorted(names[user] for user in voted - present):
        raise VotedNotNamed(names=tuple(left_out))


def _discuss(desk: Desk, case: GuaranteeCase, sat: Sitting) -> None:
    """First votes open up; where all agree they stand as final ones, which each member may still change."""
    case.round = Round.FINAL
    first = sat.valid(Round.FIRST)
    if not agreed([ballot.vote for ballot in first]):
        return
    for ballot in first:
        desk.add(
            Ballot(
                case_id=case.id,
                meeting_id=ballot.meeting_id,
                user_id=ballot.user_id,
                round=Round.FINAL,
                vote=ballot.vote,
                opinion=ballot.opinion,
                at=desk.now,
            )
        )
