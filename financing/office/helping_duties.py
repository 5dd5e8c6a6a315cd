"""The parts of the work list that come from who helps firms (五个一帮扶)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from sqlalchemy import exists, literal

from financing.desk import BEIJING, Desk
from financing.helping.appointment_model import Appointment
from financing.helping.appointment_rules import AppointmentState
from financing.helping.model import Goal, HelperProfile, Pairing, VisitPlan
from financing.helping.request_model import HelpRequest
from financing.helping.rules import GoalState, PlanState, RequestState
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskState
from financing.office.part import AHEAD, PLANNED, Part
from financing.office.rules import Duty
from financing.parameters import figure
from financing.parties import names
from financing.parties.model import Firm
from financing.parties.rules import FirmState


def of_helping(desk: Desk) -> Iterator[Part]:
    """Requests, firms without a helper, goals, appointments and tasks."""
    yield from _of_requests(desk)
    yield from _of_plans(desk)
    yield from _of_appointments(desk)
    yield from _of_tasks(desk)


def _of_requests(desk: Desk) -> Iterator[Part]:
    """What is not signed for is due today; what is signed for by its day."""
    about: dict[str, Any] = {"number": HelpRequest.number, "firm": names.of_firm(HelpRequest.firm_id), "officer": HelpRequest.helper_id,
             "who": HelpRequest.helper}  # fmt: skip
    query = desk.select(HelpRequest, HelpRequest.id)
    raised = query.where(HelpRequest.state == RequestState.RAISED).with_only_columns()
    yield Part(Duty.SIGN_REQUEST, raised, HelpRequest.id, due=literal(desk.today), whole=1, **about)
    working = query.where(HelpRequest.state.in_((RequestState.SIGNED, RequestState.REOPENED))).with_only_columns()
    whole = figure("help_usual_days", desk.today).value
    yield Part(Duty.ANSWER_REQUEST, working, HelpRequest.id, due=HelpRequest.due_on, whole=whole, **about)


def _of_plans(desk: Desk) -> Iterator[Part]:
    """Confirmed firms that nobody helps, once there is somebody who takes firms; and goals and visits whose day is near."""
    helped = exists().where(Pairing.firm_id == Firm.id, Pairing.until.is_(None))
    takers = exists().where(HelperProfile.takes)
    alone = desk.select(Firm, Firm.id).where(Firm.state == FirmState.CONFIRMED, takers, ~helped).with_only_columns()
    yield Part(Duty.PAIR_FIRM, alone, Firm.id, number=literal(""), firm=Firm.name, who=literal(""))
    soon = desk.calendar.after(desk.today, AHEAD).day
    aims = desk.select(Goal, Goal.id).where(Goal.state == GoalState.OPEN, Goal.due_on <= soon).with_only_columns()
    yield Part(
        Duty.REACH_GOAL, aims, Goal.id, number=literal(""), firm=names.of_firm(Goal.firm_id), due=Goal.due_on, whole=AHEAD,
        officer=Goal.owner_id, who=Goal.owner,
    )  # fmt: skip
    going = desk.select(VisitPlan, VisitPlan.id).where(VisitPlan.state == PlanState.PLANNED, VisitPlan.day <= soon)
    yield Part(
        Duty.HELP_VISIT, going.with_only_columns(), VisitPlan.firm_id, number=literal(""), firm=names.of_firm(VisitPlan.firm_id),
        due=VisitPlan.day, whole=AHEAD, officer=VisitPlan.by, who=VisitPlan.by_name,
    )  # fmt: skip


def _of_appointments(desk: Desk) -> Iterator[Part]:
    """Appointments that nobody has answered, and those of earlier days without minutes."""
    about: dict[str, Any] = {"number": Appointment.number, "firm": names.of_firm(Appointment.firm_id), "officer": Appointment.leader_id,
             "who": Appointment.leader}  # fmt: skip
    query = desk.select(Appointment, Appointment.id)
    asked = query.where(Appointment.state == AppointmentState.ASKED).with_only_columns()
    whole = figure("appointment_answer_days", desk.today).value
    yield Part(Duty.ANSWER_APPOINTMENT, asked, Appointment.id, due=Appointment.answer_by, whole=whole, **about)
    midnight = datetime.combine(desk.today, time(0), BEIJING)
    met = query.where(Appointment.state == AppointmentState.ACCEPTED, Appointment.starts_at < midnight)
    yield Part(Duty.WRITE_APPOINTMENT, met.with_only_columns(), Appointment.id, **about)


def _of_tasks(desk: Desk) -> Iterator[Part]:
    """Tasks by their day, and proofs that wait for somebody else than their owner."""
    given = desk.select(Task, Task.id).where(Task.state == TaskState.OPEN).with_only_columns()
    whose = names.of_firm(Task.firm_id)
    yield Part(
        Duty.TASK, given, Task.id, number=Task.number, firm=whose, due=Task.due_on, whole=PLANNED, officer=Task.owner_id, who=Task.owner
    )  # fmt: skip
    shown = desk.select(Task, Task.id).where(Task.state == TaskState.PROVED, Task.owner_id != desk.actor.id)
    yield Part(Duty.CONFIRM_TASK, shown.with_only_columns(), Task.id, number=Task.number, firm=whose, who=literal(""))
