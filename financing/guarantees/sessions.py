"""What has to hold while somebody acts on a case at a sitting: the case held, the meeting open, the member entitled."""

from __future__ import annotations

from financing.acts import Act
from financing.case_refusals import NotSeated, Tied
from financing.desk import Desk
from financing.guarantees import tally
from financing.guarantees.model import GuaranteeCase, Meeting
from financing.guarantees.rules import CaseState, MeetingState
from financing.refusals import WrongState


def hold(desk: Desk, case: GuaranteeCase) -> None:
    """Hold the case until the commit, and see it as it is now: a vote and a tie at once never both count."""
    desk.session.flush()
    desk.session.refresh(case, with_for_update=True)


def in_session(desk: Desk, case: GuaranteeCase, act: Act) -> Meeting:
    """The open meeting on whose agenda the case stands; WrongState when either is not so."""
    if case.state is not CaseState.ON_AGENDA:
        raise WrongState(state=case.state, act=act)
    meeting = desk.get(Meeting, case.meeting_id or 0)
    in_state(meeting, MeetingState.OPEN, act)
    return meeting


def in_state(meeting: Meeting, state: MeetingState, act: Act) -> None:
    if meeting.state is not state:
        raise WrongState(state=meeting.state, act=act)


def entitled(desk: Desk, case: GuaranteeCase) -> None:
    """Seated at the meeting of this case, and not tied to it."""
    sat = tally.sitting(desk, case)
    if desk.actor.id in {tie.user_id for tie in sat.ties}:
        raise Tied
    if desk.actor.id not in sat.eligible:
        raise NotSeated
