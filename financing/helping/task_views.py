"""What people see of tasks: the list with its filters, and one task with what has been said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement

from financing.acts import Act
from financing.desk import Desk
from financing.helping import ladder
from financing.helping.ladder_model import HelpEscalation
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskState
from financing.listed import Listed, listed
from financing.parties import names


class Which(StrEnum):
    """Which tasks a list shows."""

    MINE = "mine"
    OPEN = "open"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class TaskRow:
    task: Task
    firm: str | None
    left: int  # working days


@dataclass(frozen=True, slots=True)
class TaskShown:
    """One task: who was told that it is late, and what may be done."""

    task: Task
    firm: str | None
    left: int  # working days
    told: tuple[HelpEscalation, ...]
    acts: tuple[Act, ...]


def tasks(desk: Desk, which: Which, page: int = 1) -> Listed[TaskRow]:
    """One page of tasks in sight, the next due first; what is over, the newest first."""
    query = desk.select(Task).add_columns(names.of_firm(Task.firm_id)).where(*_which(desk, which))
    order = (Task.due_on.desc(), Task.id) if which is Which.OVER else (Task.due_on, Task.id)
    return listed(desk, query.order_by(*order), page, lambda *row: _row(desk, *row))


def task(desk: Desk, one: Task) -> TaskShown:
    """One task as the person at the desk may see it."""
    (firm,) = desk.session.execute(desk.select(Task, names.of_firm(Task.firm_id)).where(Task.id == one.id)).one()
    left = desk.calendar.left(desk.today, one.due_on)
    return TaskShown(one, firm, left, tuple(ladder.told(desk, one.id)), desk.acts(one))


def of_source(desk: Desk, *where: Any) -> list[TaskRow]:
    """Tasks of one meeting or one firm, the next due first."""
    query = desk.select(Task).add_columns(names.of_firm(Task.firm_id)).where(*where).order_by(Task.due_on, Task.id)
    return [_row(desk, *row) for row in desk.session.execute(query)]


def _row(desk: Desk, one: Task, firm: str | None) -> TaskRow:
    return TaskRow(one, firm, desk.calendar.left(desk.today, one.due_on))


def _which(desk: Desk, which: Which) -> tuple[ColumnElement[bool], ...]:
    standing = Task.state.in_((TaskState.OPEN, TaskState.PROVED))
    match which:
        case Which.MINE:
            return (standing, Task.owner_id == desk.actor.id)
        case Which.LATE:
            return (Task.state == TaskState.OPEN, Task.due_on < desk.today)
        case Which.OVER:
            return (~standing,)
    return (standing,)
