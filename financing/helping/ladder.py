"""Who is told of what is late in helping firms (逐级提醒, F67, I-14): every rung of the one ladder once, also after days of downtime."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from financing.acts import Act
from financing.clocks import limits, posts
from financing.clocks.rules import Rung, late
from financing.desk import BEIJING, Desk
from financing.helping.appointment_model import Appointment
from financing.helping.appointment_rules import AppointmentState
from financing.helping.ladder_model import HelpEscalation
from financing.helping.request_model import HelpRequest
from financing.helping.rules import RequestState
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskState
from financing.policies import guides


@dataclass(frozen=True, slots=True)
class Late:
    """A matter past its time: the act that tells of it, its number, the day, and who is told first."""

    act: Act
    thing: Any
    due_on: date
    helper_id: int | None


def _tasks(desk: Desk) -> Iterator[Late]:
    for one in desk.all(Task, Task.state == TaskState.OPEN, Task.due_on < desk.today):
        yield Late(Act.ESCALATE_TASK, one, one.due_on, one.owner_id)


def _requests(desk: Desk) -> Iterator[Late]:
    """Not signed for within the working hours, or not answered by the day."""
    unsigned = (HelpRequest.state == RequestState.RAISED, HelpRequest.sign_by < desk.now)
    for one in desk.all(HelpRequest, *unsigned):
        yield Late(Act.ESCALATE_REQUEST, one, one.sign_by.astimezone(BEIJING).date(), one.helper_id)
    working = HelpRequest.state.in_((RequestState.SIGNED, RequestState.REOPENED))
    for one in desk.all(HelpRequest, working, HelpRequest.due_on < desk.today):
        yield Late(Act.ESCALATE_REQUEST, one, one.due_on or desk.today, one.helper_id)


def _appointments(desk: Desk) -> Iterator[Late]:
    """Neither accepted nor referred by the day, or over without minutes."""
    asked = (Appointment.state == AppointmentState.ASKED, Appointment.answer_by < desk.today)
    for one in desk.all(Appointment, *asked):
        yield Late(Act.ESCALATE_APPOINTMENT, one, one.answer_by, one.leader_id)
    for one in desk.all(Appointment, Appointment.state == AppointmentState.ACCEPTED, Appointment.starts_at < desk.now):
        if (on := one.starts_at.astimezone(BEIJING).date()) < desk.today:
            yield Late(Act.ESCALATE_APPOINTMENT, one, on, one.leader_id)


def _policies(desk: Desk) -> Iterator[Late]:
    """New policies that are not out with their clauses by the day."""
    for one in guides.late(desk):
        yield Late(Act.ESCALATE_POLICY, one, one.guide_by or desk.today, one.entered_by)


#: Everything that climbs, by the act that tells of it.
KINDS: Mapping[Act, Callable[[Desk], Iterator[Late]]] = {
    Act.ESCALATE_REQUEST: _requests,
    Act.ESCALATE_APPOINTMENT: _appointments,
    Act.ESCALATE_TASK: _tasks,
    Act.ESCALATE_POLICY: _policies,
}


def waiting(desk: Desk) -> list[int]:
    """Matters past their time of which somebody has still to be told."""
    return [one.thing.id for kind in KINDS.values() for one in kind(desk) if _untold(desk, one)]


def unsigned(desk: Desk) -> list[int]:
    """Requests whose working hours are over: whoever should have signed hears of it at once, not with the next day."""
    return [one.thing.id for one in _requests(desk) if _untold(desk, one)]


def look_at(desk: Desk, key: int) -> int:
    """Tell every rung that is due and does not know yet; how many were told."""
    found = (one for kind in KINDS.values() for one in kind(desk) if one.thing.id == key)
    matter = next(found, None)
    if matter is None:
        return 0
    desk.session.refresh(matter.thing, with_for_update=True)
    new = _untold(desk, matter)
    for rung in new:
        tell(desk, matter, rung)
    return len(new)


def told(desk: Desk, matter_id: int) -> list[HelpEscalation]:
    """Who has been told of a matter, in order; for whoever may see it."""
    return desk.all(HelpEscalation, HelpEscalation.matter_id == matter_id, by=HelpEscalation.at)


def _untold(desk: Desk, one: Late) -> list[Rung]:
    of = (HelpEscalation.matter_id == one.thing.id, HelpEscalation.due_on == one.due_on)
    known = set(desk.session.scalars(select(HelpEscalation.rung).where(*of)))
    ladder, gone = limits.ladder(desk.today), late(desk.calendar, one.due_on, desk.today)
    return [rung for rung in Rung if gone >= ladder[rung] and rung not in known]


def tell(desk: Desk, one: Late, rung: Rung) -> None:
    """The helper is whoever has the matter, of a policy who entered it; the other rungs are posts, and a post nobody holds is its role's."""
    helper = one.helper_id if rung is Rung.HELPER else None
    user = helper or posts.holder(desk, rung, desk.today)
    desk.add(
        HelpEscalation(
            matter_id=one.thing.id, firm_id=getattr(one.thing, "firm_id", None), due_on=one.due_on, rung=rung, told_on=desk.today, at=desk.now,
            user_id=user,
        )
    )  # fmt: skip
    desk.note(one.act, one.thing, rung=rung, due=one.due_on, user=user)
    to = {"user": user} if user else {"role": posts.FALLBACK[rung].value}
    desk.later("notice", f"{one.act}:{one.thing.id}:{one.due_on}:{rung}", to=to, code=one.act.value, subject=one.thing.id,
               number=one.thing.number)  # fmt: skip
