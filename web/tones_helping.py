"""How states of helping firms look (状态徽章)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from financing.helping.appointment_rules import AppointmentState, SlotState
from financing.helping.rules import GoalState, PlanState, RequestState
from financing.helping.task_rules import TaskState
from financing.incidents.rules import IncidentState
from financing.parties.permit_rules import PermitState
from financing.personal.rules import ErasureState, ObjectionState, Sensitivity
from web.looks import CARE, DRAFT, GOOD, LATER, MOVING, NO, OTHERWISE, OVER, OWED, PLANNED, WAITING, Look

HELPING_LOOKS: Mapping[type[StrEnum], Mapping[StrEnum, Look]] = {
    TaskState: {TaskState.OPEN: MOVING, TaskState.PROVED: WAITING, TaskState.DONE: GOOD, TaskState.DROPPED: OVER},
    GoalState: {GoalState.OPEN: MOVING, GoalState.REACHED: GOOD, GoalState.DROPPED: OVER},
    PlanState: {PlanState.PLANNED: PLANNED, PlanState.KEPT: GOOD, PlanState.DROPPED: OVER},
    RequestState: dict(zip(RequestState, (WAITING, MOVING, OWED, MOVING, OWED, GOOD, OVER), strict=True)),
    SlotState: {SlotState.OPEN: GOOD, SlotState.TAKEN: PLANNED, SlotState.WITHDRAWN: OVER},
    ObjectionState: dict(zip(ObjectionState, (CARE, GOOD, OVER, OVER), strict=True)),
    ErasureState: dict(zip(ErasureState, (WAITING, LATER, GOOD, OVER), strict=True)),
    PermitState: dict(zip(PermitState, (DRAFT, GOOD, OWED, OVER, OVER), strict=True)),
    IncidentState: dict(zip(IncidentState, (CARE, MOVING, OVER), strict=True)),
    Sensitivity: dict(zip(Sensitivity, (OTHERWISE, CARE, MOVING), strict=True)),
    AppointmentState: dict(zip(AppointmentState, (WAITING, PLANNED, OVER, GOOD, NO, NO, OVER), strict=True)),
}
