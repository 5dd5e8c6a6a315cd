"""The agenda in its order (F114): what comes next, what may be taken ahead with a reason, and who was passed over."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_, select

from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import agenda_rules
from financing.guarantees.agenda_model import Jump
from financing.guarantees.agenda_rules import Place, Queued
from financing.guarantees.model import GuaranteeCase, Meeting
from financing.guarantees.rules import CaseState
from financing.journal import Entry
from financing.needs.model import Need
from financing.parties.identity import passage
from financing.sitting_refusals import OutOfTurn, PassedOver


def order() -> tuple[Any, ...]:
    """The columns of a case's place, for a query that joins Need; the least comes first."""
    again = or_(GuaranteeCase.return_by.is_not(None), GuaranteeCase.set_back_for.is_not(None))
    lines = select(func.coalesce(func.max(Entry.seq), 0)).where(
        Entry.subject_id == Need.id, Entry.act == Act.SUBMIT_NEED
    )
    submitted = func.coalesce(Need.submitted_on, Need.drafted_on)
    return ~again, submitted, lines.correlate(Need).scalar_subquery(), Need.number


def tabled(desk: Desk, meeting_id: int | None, *where: Any) -> tuple[Queued, ...]:
    """The agenda of a meeting in its order; asked of the database itself, for a tie hides a case and not its turn."""
    return _queue(desk, GuaranteeCase.meeting_id == meeting_id, *where)


def ready(desk: Desk, meeting: Meeting) -> tuple[Queued, ...]:
    """Cases that could be on this agenda: opened and not decided, put off no further than its day, not waiting for a score."""
    back = (GuaranteeCase.state == CaseState.DEFERRED) & (GuaranteeCase.return_by <= meeting.day)
    waits = or_(GuaranteeCase.state == CaseState.IN_REVIEW, back)
    return _queue(desk, waits, GuaranteeCase.set_back_at.is_(None))


def earlier(desk: Desk, case: GuaranteeCase) -> tuple[Queued, ...]:
    """The cases of the same agenda that come before this one and have no result yet."""
    waiting = tabled(desk, case.meeting_id, GuaranteeCase.state == CaseState.ON_AGENDA)
    own = next(one for one in waiting if one.case_id == case.id)
    return agenda_rules.ahead(own.place, waiting)


def require_turn(desk: Desk, case: GuaranteeCase) -> None:
    """OutOfTurn while an earlier case of the agenda has no result, unless this one was taken ahead with a reason."""
    if not in_turn(desk, case):
        raise OutOfTurn(first=earlier(desk, case)[0].number)


def in_turn(desk: Desk, case: GuaranteeCase) -> bool:
    """Nothing earlier waits for its result, or the case was taken ahead."""
    desk.session.flush()
    return not earlier(desk, case) or taken_ahead(desk, case) is not None


def close(desk: Desk, meeting: Meeting, reason: str) -> None:
    """The agenda stands: whoever came earlier and is not on it has been passed over, and PassedOver asks why."""
    over = left_out(desk, meeting)
    if not over:
        return
    if not reason.strip():
        raise PassedOver(cases=tuple(one.number for one in over))
    written(desk, meeting, None, [one.number for one in over], passage(reason, "reason"))


def left_out(desk: Desk, meeting: Meeting) -> tuple[Queued, ...]:
    """Who would be passed over if the agenda were closed now."""
    return agenda_rules.passed_over(tabled(desk, meeting.id), ready(desk, meeting))


def taken_ahead(desk: Desk, case: GuaranteeCase) -> Jump | None:
    """The jump of a case at its present sitting."""
    return desk.session.scalar(select(Jump).where(Jump.meeting_id == case.meeting_id, Jump.case_id == case.id))


def jumps(desk: Desk, meeting_id: int) -> tuple[Jump, ...]:
    """All that was taken out of order at a meeting, for its page and for the record."""
    query = select(Jump).where(Jump.meeting_id == meeting_id).order_by(Jump.at, Jump.id)
    return tuple(desk.session.scalars(query))


def _queue(desk: Desk, *where: Any) -> tuple[Queued, ...]:
    query = select(GuaranteeCase.id, GuaranteeCase.number, *order()).join(Need, Need.id == GuaranteeCase.need_id)
    rows = desk.session.execute(query.where(*where)).all()
    placed = (Queued(Place(bool(first), on, line, need), key, number) for key, number, first, on, line, need in rows)
    return tuple(sorted(placed, key=lambda one: one.place))


def written(desk: Desk, meeting: Meeting, case_id: int | None, over: list[str], reason: str) -> Jump:
    """What was taken out of order, as the page of the meeting and the record tell it."""
    return desk.add(
        Jump(
            meeting_id=meeting.id,
            case_id=case_id,
            over=over,
            reason=reason,
            by=desk.actor.id,
            by_name=desk.actor.name,
            at=desk.now,
        )
    )
