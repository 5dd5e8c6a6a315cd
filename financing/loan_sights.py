"""Who of the committee may see what concerns loans: nothing of a firm that one is tied to, and in place of a tied chair what waits for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists

from financing.db import Base
from financing.roles import Actor


def of_untied_firms(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """What concerns firms of whose cases none is recused for this person (I-06)."""
    return ~_tied(actor, kind)


def in_place_of_the_chair(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """What waits for the committee while the chair is tied to the case, for members who are not."""
    return and_(kind.chair_aside, ~_tied(actor, kind))


def _tied(actor: Actor, kind: Any) -> ColumnElement[bool]:
    tie, case = (Base.metadata.tables[name].alias() for name in ("tie", "guarantee_case"))
    return exists().where(tie.c.user_id == actor.id, tie.c.case_id == case.c.id, case.c.firm_id == kind.firm_id)
