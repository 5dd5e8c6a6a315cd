"""Putting a case off (延期再议, F11): with a reason and a day by which it is on an agenda again; the firm sees the day as a clock."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from financing.access import require
from financing.acts import Act
from financing.case_refusals import PastDay
from financing.clocks import service as clocks
from financing.clocks.rules import Step
from financing.desk import Desk
from financing.guarantees import agenda, rounds, tally
from financing.guarantees.agenda_model import Deferral
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.rules import CaseState
from financing.guarantees.sessions import hold, in_session
from financing.journal import Private
from financing.needs.model import Need
from financing.parameters import figure
from financing.parties.identity import passage
from financing.sitting_refusals import CountDecides, TooLate


def last_day(desk: Desk) -> date:
    """The last day that may be named."""
    return desk.today + timedelta(days=figure("deferral_days", desk.today).value)


def defer(desk: Desk, case: GuaranteeCase, *, reason: str, until: date) -> Deferral:
    """Put a case off, only while the count has no quorum; ballots cast so far stay on record.

    PastDay or TooLate for a day that does not do, CountDecides once enough have voted, OutOfTurn before earlier cases.
    """
    require(desk.actor, Act.DEFER_CASE, case)
    hold(desk, case)
    meeting = in_session(desk, case, Act.DEFER_CASE)
    counts = tally.counted(desk, tally.sitting(desk, case), case.round)
    if counts.quorate:
        raise CountDecides
    agenda.require_turn(desk, case)
    _fits(desk, until)
    reason = passage(reason, "reason")
    desk.take(Act.DEFER_CASE, case, seats=counts.seats, cast=counts.cast, until=until, reason=Private(reason))
    case.return_by = until
    clocks.start(desk, desk.get(Need, case.need_id), Step.DEFERRAL, until=until)
    rounds.next_has_its_turn(desk, meeting)
    return desk.add(
        Deferral(
            case_id=case.id,
            meeting_id=meeting.id,
            need_id=case.need_id,
            firm_id=case.firm_id,
            reason=reason,
            until=until,
            by=desk.actor.id,
            by_name=desk.actor.name,
            at=desk.now,
        )
    )


def of_case(desk: Desk, case: GuaranteeCase) -> tuple[Deferral, ...]:
    """Every time a case was put off, for its page and the record."""
    query = select(Deferral).where(Deferral.case_id == case.id).order_by(Deferral.at, Deferral.id)
    return tuple(desk.session.scalars(query))


def remind(desk: Desk) -> int:
    """Tell the officers of every case whose day has passed and that is on no agenda, once for each day named; how many."""
    late = select(GuaranteeCase, Need.number).join(Need, Need.id == GuaranteeCase.need_id)
    late = late.where(GuaranteeCase.state == CaseState.DEFERRED, GuaranteeCase.return_by < desk.today)
    found = desk.session.execute(late.order_by(GuaranteeCase.id)).all()
    for case, number in found:
        told = {"to": {"role": "officer"}, "code": Act.CASE_OVERDUE.value, "subject": case.need_id, "number": number}
        desk.later("notice", f"overdue:{case.id}:{case.return_by}", **told)
    return len(found)


def _fits(desk: Desk, until: date) -> None:
    if until < desk.today:
        raise PastDay(given=until)
    if until > (last := last_day(desk)):
        raise TooLate(given=until, last=last)
