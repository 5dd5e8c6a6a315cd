"""The parts of the work list that come from helping firms (帮扶)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import literal

from financing.desk import Desk
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskState
from financing.office.part import PLANNED, Part
from financing.office.rules import Duty
from financing.parties import names


def of_helping(desk: Desk) -> Iterator[Part]:
    """Tasks by their day, and proofs that wait for somebody else than their owner."""
    mine = desk.select(Task, Task.id).where(Task.state == TaskState.OPEN).with_only_columns()
    whose = names.of_firm(Task.firm_id)
    yield Part(
        Duty.TASK, mine, Task.id, number=Task.number, firm=whose, due=Task.due_on, whole=PLANNED, officer=Task.owner_id, who=Task.owner
    )  # fmt: skip
    shown = desk.select(Task, Task.id).where(Task.state == TaskState.PROVED, Task.owner_id != desk.actor.id)
    yield Part(Duty.CONFIRM_TASK, shown.with_only_columns(), Task.id, number=Task.number, firm=whose, who=literal(""))
