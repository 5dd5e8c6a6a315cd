"""Ties of members to a case (回避): declared by themselves, or imposed by the chair before anybody's vote is known."""

from __future__ import annotations

from financing.access import require
from financing.acts import Act
from financing.case_refusals import NotEntitled, OwnTie, RoundOver
from financing.desk import Desk
from financing.guarantees import rounds, tally
from financing.guarantees.model import GuaranteeCase, Tie
from financing.guarantees.rules import Round
from financing.guarantees.sessions import entitled, hold
from financing.journal import Private
from financing.parties.identity import passage


def declare(desk: Desk, case: GuaranteeCase, reason: str) -> None:
    """Step aside from a case: its papers close to the member and any ballot of theirs is void; it cannot be undone."""
    hold(desk, case)
    entitled(desk, case)
    reason = passage(reason, "reason")
    desk.take(Act.DECLARE_TIE, case, reason=Private(reason))
    bind(desk, case, Tie(case_id=case.id, user_id=desk.actor.id, reason=reason, at=desk.now))
    rounds.close_when_all_have_voted(desk, case, Act.DECLARE_TIE)


def impose(desk: Desk, case: GuaranteeCase, member: int, reason: str) -> None:
    """The chair sets a member aside, with a reason that the minutes keep beside the chair's name.

    RoundOver once first votes are open: nobody is set aside for how they voted.
    """
    require(desk.actor, Act.IMPOSE_TIE, case)
    hold(desk, case)
    entitled(desk, case)
    if case.round is not Round.FIRST:
        raise RoundOver
    if member == desk.actor.id:
        raise OwnTie
    if member not in tally.sitting(desk, case).eligible:
        raise NotEntitled
    reason = passage(reason, "reason")
    desk.take(Act.IMPOSE_TIE, case, member=member, reason=Private(reason))
    bind(desk, case, Tie(case_id=case.id, user_id=member, reason=reason, at=desk.now, imposed_by=desk.actor.id))
    rounds.close_when_all_have_voted(desk, case, Act.IMPOSE_TIE)


def bind(desk: Desk, case: GuaranteeCase, tie: Tie) -> None:
    """From here on the member has neither papers nor vote: ballots are void, the count is without them."""
    for ballot in tally.ballots_of(desk, case, tie.user_id):
        ballot.void = True
    desk.session.flush()  # the wall lets no tie in while a ballot of that member still counts
    desk.add(tie)
    case.chair_aside = tally.sitting(desk, case).chair_tied
