"""Who may see what the office keeps of its own day: views, hand-overs, ratings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from financing.access import Actor
from financing.paper_sights import Sight


def own(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    return and_(kind.user_id == actor.id)


def own_or_shared(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """One's own views, and those that somebody shares with the office."""
    return or_(kind.user_id == actor.id, kind.shared)


def open_to_the_office(_actor: Actor, _kind: Any, _now: datetime) -> ColumnElement[bool]:
    return true()


def bad_of_others(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Bad ratings, for whoever has to look into them and did not handle the matter: who handled it never sees who said what (F98)."""
    return and_(kind.grade.in_(("2", "1")), kind.officer_id.is_distinct_from(actor.id))


def called_by_others(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Calls about matters that somebody else handled."""
    return and_(kind.officer_id.is_distinct_from(actor.id))


#: What leaders see of the office's day: who has which cases, and how firms were served; no firm's data.
LEADERS_SEE: dict[str, Sight] = {
    **dict.fromkeys(("hand_over", "deputy", "call_draw"), open_to_the_office),
    "call_back": called_by_others,
    "rating": bad_of_others,
    "kept_view": own,
}
#: What auditors see beside it, and officers.
OFFICE_SEES = LEADERS_SEE | dict.fromkeys(("planned_step", "life_ask", "quality_finding"), open_to_the_office)
OFFICERS_SEE = OFFICE_SEES | {"kept_view": own_or_shared, "bulk_run": own}
