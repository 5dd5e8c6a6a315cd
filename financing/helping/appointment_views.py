"""What people see of appointments: times that are offered, one's appointments, who did not come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func

from financing.acts import Act
from financing.desk import Desk
from financing.helping import ladder, task_views
from financing.helping.appointment_model import Appointment, Slot
from financing.helping.appointment_rules import STANDING, AppointmentState, SlotState
from financing.helping.ladder_model import HelpEscalation
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskSource
from financing.helping.task_views import TaskRow
from financing.listed import Listed, listed
from financing.parties import names


class Which(StrEnum):
    """Which appointments a list shows."""

    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    made: Appointment
    firm: str
    left: int  # working days to the answer


@dataclass(frozen=True, slots=True)
class AppointmentShown:
    row: AppointmentRow
    tasks: tuple[TaskRow, ...]
    others: tuple[Slot, ...]  # times to which it may be moved
    told: tuple[HelpEscalation, ...]
    missed: dict[AppointmentState, int]  # how often this firm, and this leader, did not come
    acts: tuple[Act, ...]


def appointments(desk: Desk, which: Which, page: int = 1) -> Listed[AppointmentRow]:
    """One page of appointments in sight, the next first; what is over, the newest first."""
    standing = Appointment.state.in_(STANDING)
    query = _appointments(desk).where(standing if which is Which.OPEN else ~standing)
    order = Appointment.starts_at if which is Which.OPEN else Appointment.starts_at.desc()
    return listed(desk, query.order_by(order, Appointment.id), page, lambda *row: _row(desk, *row))


def of_firm(desk: Desk, firm_id: int) -> list[AppointmentRow]:
    """A firm's appointments, the newest first."""
    query = _appointments(desk).where(Appointment.firm_id == firm_id).order_by(Appointment.starts_at.desc())
    return [_row(desk, *row) for row in desk.session.execute(query)]


def offered(desk: Desk) -> list[Slot]:
    """Times ahead that are open, the next first."""
    return desk.all(Slot, Slot.state == SlotState.OPEN, Slot.starts_at > desk.now, by=Slot.starts_at)


def appointment(desk: Desk, made: Appointment) -> AppointmentShown:
    """One appointment as the person at the desk may see it."""
    row = desk.session.execute(_appointments(desk).where(Appointment.id == made.id)).one()
    mine = (Task.source == TaskSource.MINUTES, Task.source_id == made.id)
    others = [one for one in offered(desk) if one.leader_id == made.leader_id]
    missed = {
        AppointmentState.FIRM_MISSED: _missed(desk, AppointmentState.FIRM_MISSED, Appointment.firm_id == made.firm_id),
        AppointmentState.LEADER_MISSED: _missed(
            desk, AppointmentState.LEADER_MISSED, Appointment.leader_id == made.leader_id
        ),
    }
    return AppointmentShown(
        _row(desk, *row), tuple(task_views.of_source(desk, *mine)), tuple(others), tuple(ladder.told(desk, made.id)), missed,
        desk.acts(made),
    )  # fmt: skip


def _missed(desk: Desk, state: AppointmentState, whose: Any) -> int:
    query = desk.select(Appointment, func.count()).where(Appointment.state == state, whose)
    return desk.session.scalar(query) or 0


def _appointments(desk: Desk) -> Any:
    return desk.select(Appointment).add_columns(names.of_firm(Appointment.firm_id))


def _row(desk: Desk, made: Appointment, firm: str) -> AppointmentRow:
    return AppointmentRow(made, firm, desk.calendar.left(desk.today, made.answer_by))
