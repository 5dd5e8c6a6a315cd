"""Who may see the rows of an import: whoever may see the import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false

from financing.access import Actor
from financing.db import Base


def own_imports(which: str) -> dict[str, Callable[[Actor, Any, datetime], ColumnElement[bool]]]:
    """What the actor's own bank brought of one kind, and the rows of it: shelf and repayments are different people's business."""

    def jobs(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
        return false() if actor.bank_id is None else and_(kind.bank_id == actor.bank_id, kind.kind == which)

    def rows(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
        job = Base.metadata.tables["import_job"].alias()
        return and_(exists().where(job.c.id == kind.job_id, jobs(actor, job.c, now)))

    return {"import_job": jobs, "import_row": rows}
