"""What a meeting is convened on (会议材料): open matters, what became of former decisions, figures of its period; sealed as they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from financing.cadence.model import Dispatch, DispatchDecision
from financing.cadence.rules import WITH_FIGURES, Item, Matter, ask
from financing.cadence.sources import SOURCES, Row
from financing.desk import Desk
from financing.figures import statistics
from financing.figures.spans import Span
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskSource, TaskState
from financing.parameters import figure

#: Tasks of which nothing more is to be told, once it was told.
OVER = frozenset({TaskState.DONE.value, TaskState.DROPPED.value})


def record(desk: Desk, span: Span, until: date) -> dict[str, Any]:
    """Everything a meeting of the period is convened on, as plain values."""
    former = desk.all(Dispatch, Dispatch.convened_on < desk.today)  # those of one day are told the same
    found = sorted(_items(desk, former), key=lambda one: (-one.late, one.due, one.matter, one.number))
    most = figure("dispatch_most_items", desk.today).value
    return {
        "items": [one.plain for one in found[:most]],
        "further": len(found[most:]),
        "former": list(_former(desk, former)),
        "figures": statistics.record(desk, span, until) if span in WITH_FIGURES else None,
    }


def _items(desk: Desk, former: list[Dispatch]) -> Iterator[Item]:
    days = {(one["matter"], one["key"], was.convened_on) for was in former for one in was.record["items"]}
    before = Counter((matter, key) for matter, key, _ in days)
    for matter, source in SOURCES.items():
        for row in source(desk):
            yield _item(desk, matter, row, before[matter.value, row[0]])


def _item(desk: Desk, matter: Matter, row: Row, times: int) -> Item:
    key, number, about, owner_id, owner, due = row
    late = -desk.calendar.left(desk.today, due)
    return Item(
        matter, key, number or "", str(about), owner_id, owner or "", due, late, times, ask(matter, owner or "", times)
    )


def _former(desk: Desk, former: list[Dispatch]) -> Iterator[dict[str, Any]]:
    """What became of every decision of earlier meetings, until its end has been told once."""
    told = {one["task"] for was in former for one in was.record["former"] if one["state"] in OVER}
    tasks = {task.id: task for task in desk.all(Task, Task.source == TaskSource.DISPATCH)}
    numbers = {was.id: was.number for was in desk.all(Dispatch)}
    for one in desk.all(DispatchDecision, by=DispatchDecision.at):
        task = tasks[one.task_id]
        if task.number not in told:
            yield {
                "dispatch": numbers[one.dispatch_id], "said": one.said, "owner": one.owner, "due": one.due_on.isoformat(),
                "task": task.number, "state": task.state.value, "late": _late(desk, task), "proof": task.proof, "answer": task.answer,
            }  # fmt: skip


def _late(desk: Desk, task: Task) -> int:
    """Working days after its day on which it was shown to be done, or by now; nothing for what was in time."""
    if task.state is TaskState.DROPPED:
        return 0
    return max(0, -desk.calendar.left(task.proved_on or desk.today, task.due_on))
