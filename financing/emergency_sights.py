"""What is seen of and under a reading in an emergency: one administrator, one firm, until its time is over, and at its own door alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false

from financing.basic_sights import everything, of_own_firm
from financing.db import Base
from financing.paper_sights import Sight
from financing.roles import FIRM, Actor, Role


def in_emergency(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """Rows of the firm of the reading through which this administrator asks (`Actor.emergency_id`), while it is open."""
    if actor.emergency_id is None:
        return false()
    one = Base.metadata.tables["emergency"].alias()
    its = (one.c.id == actor.emergency_id, one.c.proposed_by == actor.id, one.c.firm_id == kind.firm_id)
    return exists().where(*its, one.c.state == "open", one.c.opened_at <= now, one.c.until > now)


def one_asked_for(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    return and_(kind.proposed_by == actor.id)


def one_looked(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    return and_(kind.user_id == actor.id)


def opened_on_own_firm(actor: Actor, kind: Any, now: datetime) -> ColumnElement[bool]:
    """A firm learns of every reading that was opened; of one that was only asked for nobody read anything."""
    return and_(of_own_firm(actor, kind, now), kind.opened_at.is_not(None))


#: Tables of a firm that are read in an emergency.
READ: tuple[str, ...] = ("firm", "need", "guarantee_case", "guarantee", "loan", "paper")
EMERGENCY_SEEN: Mapping[Role, Mapping[str, Sight]] = {
    Role.ADMIN: {
        **dict.fromkeys(READ, in_emergency), "emergency": one_asked_for, "emergency_look": one_looked,
    },
    Role.AUDITOR: dict.fromkeys(("emergency", "emergency_look"), everything),
    **{role: {"emergency": opened_on_own_firm, "emergency_look": of_own_firm} for role in FIRM},
}  # fmt: skip
