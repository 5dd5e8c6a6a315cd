"""How states of helping firms look (状态徽章)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from financing.helping.appointment_rules import AppointmentState, SlotState
from financing.helping.rules import GoalState, PlanState, RequestState
from financing.helping.task_rules import TaskState
from web.looks import GOOD, MOVING, NO, OVER, OWED, PLANNED, WAITING, Look

HELPING_LOOKS: Mapping[type[StrEnum], Mapping[StrEnum, Look]] = {
    TaskState: {TaskState.OPEN: MOVING, TaskState.PROVED: WAITING, TaskState.DONE: GOOD, TaskState.DROPPED: OVER},
    GoalState: {GoalState.OPEN: MOVING, GoalState.REACHED: GOOD, GoalState.DROPPED: OVER},
    PlanState: {PlanState.PLANNED: PLANNED, PlanState.KEPT: GOOD, PlanState.DROPPED: OVER},
    RequestState: dict(zip(RequestState, (WAITING, MOVING, OWED, MOVING, OWED, GOOD, OVER), strict=True)),
    SlotState: {SlotState.OPEN: GOOD, SlotState.TAKEN: PLANNED, SlotState.WITHDRAWN: OVER},
    AppointmentState: dict(zip(AppointmentState, (WAITING, PLANNED, OVER, GOOD, NO, NO, OVER), strict=True)),
}
