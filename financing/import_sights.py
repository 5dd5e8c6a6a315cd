"""Who may see the rows of an import: whoever may see the import."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false

from financing.access import Actor
from financing.db import Base


def of_own_import(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Rows of what the actor's own bank brought."""
    if actor.bank_id is None:
        return false()
    job = Base.metadata.tables["import_job"].alias()
    return and_(exists().where(job.c.id == kind.job_id, job.c.bank_id == actor.bank_id))
