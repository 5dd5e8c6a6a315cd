"""Helping firms in the populated zone: what is there for our firm and for a stranger's."""

from __future__ import annotations

from typing import Any

from financing.helping.task_model import Task
from financing.helping.task_rules import TaskSource
from tests.makers import NOW, TODAY, writing


def helped(zone: Any) -> dict[tuple[str, str], int]:
    """The ids by kind and side."""
    made: dict[tuple[str, str], int] = {}
    me = zone.officer
    with writing(zone.database) as session:
        for whose, firm in (("ours", zone.firm), ("others", zone.stranger)):
            task = Task(number=f"RW2026-000{len(made) + 1}", title="协调供电增容", source=TaskSource.DISPATCH, source_id=1, firm_id=firm.id,
                        owner_id=me.id, owner=me.name, due_on=TODAY, set_at=NOW, set_by=1, setter="林主任")  # fmt: skip
            session.add(task)
            session.flush()
            made["task", whose] = task.id
    return made
