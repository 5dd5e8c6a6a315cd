"""What people see of meetings: the list, the agenda, the people who can be called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from financing.access import COMMITTEE, Role
from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import agenda as queue
from financing.guarantees import experts
from financing.guarantees.agenda_model import Jump
from financing.guarantees.interest_rules import Evidence
from financing.guarantees.model import GuaranteeCase, Meeting, Seat
from financing.guarantees.recusal_views import own as stepped_aside
from financing.guarantees.rules import CaseState, MeetingState
from financing.guarantees.views import CaseRow, on_agenda, ready
from financing.listed import Listed, listed
from financing.parties.model import Firm
from financing.people.model import User


@dataclass(frozen=True, slots=True)
class MeetingRow:
    id: int
    number: str
    day: date
    place: str
    state: MeetingState
    cases: int
    open: int  # without a result yet


@dataclass(frozen=True, slots=True)
class Put:
    """A case that was put off: the day by which it is on an agenda again, and the working days left."""

    id: int
    number: str
    firm: str
    until: date
    left: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One jump as it is listed: whose case was taken ahead (empty: left off the agenda), of which, by whom and why."""

    case: str
    over: tuple[str, ...]
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """One meeting: who sits, what is on it, what may be done now."""

    id: int
    number: str
    day: date
    place: str
    state: MeetingState
    seats: tuple[Seat, ...]
    cases: tuple[CaseRow, ...]
    ready: tuple[CaseRow, ...]
    left_out: tuple[str, ...]  # numbers of cases that came earlier than one of the agenda and are not on it
    jumps: tuple[Shown, ...]
    acts: tuple[Act, ...]
    aside: tuple[tuple[Evidence, ...], ...]  # why the reader steps aside from cases, closed to them, of this meeting

    @property
    def waiting(self) -> int:
        """Cases in sight that have no result yet."""
        return sum(case.state is CaseState.ON_AGENDA for case in self.cases)

    @property
    def unvoted(self) -> int:
        return sum(case.state is CaseState.ON_AGENDA and not case.voted for case in self.cases)


def meetings(desk: Desk, page: int = 1) -> Listed[MeetingRow]:
    """One page of meetings in sight, the newest first, each with how much is on it."""
    here = select(func.count()).select_from(GuaranteeCase).where(GuaranteeCase.meeting_id == Meeting.id)
    waiting = here.where(GuaranteeCase.state == CaseState.ON_AGENDA)
    columns = (Meeting.id, Meeting.number, Meeting.day, Meeting.place, Meeting.state)
    query = desk.select(Meeting, *columns).add_columns(here.scalar_subquery(), waiting.scalar_subquery())
    return listed(desk, query.order_by(Meeting.day.desc(), Meeting.number.desc()), page, MeetingRow)


def agenda(desk: Desk, meeting: Meeting) -> Agenda:
    """One meeting as the person at the desk may see it."""
    tabling = meeting.state is MeetingState.CALLED and desk.actor.role is Role.OFFICER
    return Agenda(
        id=meeting.id,
        number=meeting.number,
        day=meeting.day,
        place=meeting.place,
        state=meeting.state,
        seats=tuple(desk.all(Seat, Seat.meeting_id == meeting.id, by=Seat.chair.desc())),
        cases=tuple(on_agenda(desk, meeting)),
        ready=tuple(ready(desk)) if tabling else (),
        left_out=_left_out(desk, meeting),
        jumps=_jumps(desk, meeting),
        acts=desk.acts(meeting),
        aside=stepped_aside(desk, meeting),
    )


def deferred(desk: Desk) -> list[Put]:
    """Cases that were put off and are on no agenda yet, the day that comes first at the head."""
    query = desk.select(GuaranteeCase, GuaranteeCase.id, GuaranteeCase.number, Firm.name, GuaranteeCase.return_by)
    query = query.join(Firm, Firm.id == GuaranteeCase.firm_id).where(GuaranteeCase.state == CaseState.DEFERRED)
    rows = desk.session.execute(query.where(GuaranteeCase.return_by.is_not(None)).order_by(GuaranteeCase.return_by))
    return [Put(key, number, firm, until, desk.calendar.left(desk.today, until)) for key, number, firm, until in rows]


def _left_out(desk: Desk, meeting: Meeting) -> tuple[str, ...]:
    """Who would be passed over, for those who still can do something about it."""
    if meeting.state is not MeetingState.CALLED or desk.actor.role not in (Role.OFFICER, Role.CHAIR):
        return ()
    return tuple(one.number for one in queue.left_out(desk, meeting))


def _jumps(desk: Desk, meeting: Meeting) -> tuple[Shown, ...]:
    numbers = {one.case_id: one.number for one in queue.tabled(desk, meeting.id)}
    found = desk.all(Jump, Jump.meeting_id == meeting.id, by=Jump.at)
    return tuple(Shown(numbers.get(one.case_id or 0, ""), tuple(one.over), one.by_name, one.reason) for one in found)


def callable_members(desk: Desk) -> list[tuple[int, str, Role]]:
    """Who can be called to a meeting: account, name and part, the chair first; experts come by lot."""
    query = desk.select(User, User.id, User.name, User.role).where(User.active, User.role.in_(COMMITTEE))
    query = query.where(User.id.not_in(experts.on_register(desk)))
    found = [(key, name, part) for key, name, part in desk.session.execute(query.order_by(User.name))]
    return sorted(found, key=lambda one: one[2] is not Role.CHAIR)


def callable_now(desk: Desk, back_to: Meeting | None = None) -> list[tuple[int, str, date]]:
    """Meetings that have been called and have not begun, and the open one a case set back came from: where it can be put."""
    open_still = back_to is not None and back_to.state is MeetingState.OPEN
    here = or_(Meeting.state == MeetingState.CALLED, Meeting.id == (back_to.id if back_to and open_still else 0))
    query = desk.select(Meeting, Meeting.id, Meeting.number, Meeting.day).where(here)
    return [(key, number, day) for key, number, day in desk.session.execute(query.order_by(Meeting.day))]
