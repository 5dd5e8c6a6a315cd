"""Who may see what the office keeps of its own day: views, hand-overs, ratings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, exists, literal, or_, true

from financing.access import Actor
from financing.db import Base
from financing.paper_sights import Sight


def own(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    return and_(kind.user_id == actor.id)


def own_or_shared(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """One's own views, and those that somebody shares with the office."""
    return or_(kind.user_id == actor.id, kind.shared)


def open_to_the_office(_actor: Actor, _kind: Any, _now: datetime) -> ColumnElement[bool]:
    return true()


def bad_of_others(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Bad ratings, for whoever has to look into them and never handled the matter: who did never sees who said what (F98)."""
    return and_(kind.grade.in_(("2", "1")), kind.officer_id.is_distinct_from(actor.id), ~_handed_over(actor, kind))


def called_by_others(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Calls about matters that somebody else handled, from their beginning to their end."""
    return and_(kind.officer_id.is_distinct_from(actor.id), ~_handed_over(actor, kind))


def _handed_over(actor: Actor, kind: Any) -> ColumnElement[bool]:
    """Whether this person had the matter before it changed hands; a hand-over keeps the numbers of the needs that moved."""
    hand, need = Base.metadata.tables["hand_over"].alias(), Base.metadata.tables["need"].alias()
    moved = cast(hand.c.moved, Text).contains(literal('"') + need.c.number + literal('"'))
    return exists().where(hand.c.from_id == actor.id, hand.c.state == "taken", need.c.id == kind.need_id, moved)


#: What leaders see of the office's day: who has which cases, and how firms were served; no firm's data.
LEADERS_SEE: dict[str, Sight] = {
    **dict.fromkeys(("hand_over", "deputy", "call_draw", "escalation"), open_to_the_office),
    "call_back": called_by_others,
    "rating": bad_of_others,
    "kept_view": own,
}
#: What auditors see beside it, and officers.
OFFICE_SEES = LEADERS_SEE | dict.fromkeys(("planned_step", "life_ask", "quality_finding"), open_to_the_office)
OFFICERS_SEE = OFFICE_SEES | {"kept_view": own_or_shared, "bulk_run": own}
