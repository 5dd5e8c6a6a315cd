"""Who may see which lines of the journal: those about needs, about extensions of their clocks and about papers promised for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_

from financing.access import Actor
from financing.db import Base

#: What belongs to a need and has lines of its own.
BESIDE = ("clock_extension", "owed_paper")


def about_own_need(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """The lines of the journal about the firm's own needs: the status line it is shown is the journal itself (F26)."""
    if actor.firm_id is None:
        return false()
    own = map(_table, ("need", *BESIDE))
    return or_(*(exists().where(t.c.id == kind.subject_id, and_(t.c.firm_id == actor.firm_id)) for t in own))


def about_a_need(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """The lines of the journal about needs that have been handed in."""
    need = _table("need")
    beside = (exists().where(table.c.id == kind.subject_id) for table in map(_table, BESIDE))
    return or_(exists().where(need.c.id == kind.subject_id, need.c.state != "draft"), *beside)


def _table(name: str) -> Any:
    """As an alias, so that no query around a sight mixes with it."""
    return Base.metadata.tables[name].alias()
