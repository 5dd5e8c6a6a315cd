"""Who may see what belongs to meetings: members where they sit, and nobody what they are tied to (I-06)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists

from financing.access import COMMITTEE, Actor, Role
from financing.db import Base


def on_the_committee(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """The accounts that can be called to a meeting."""
    return and_(kind.role.in_([role.value for role in COMMITTEE]))


def called_or_at_a_table(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """The accounts that can be called to a meeting or sit at a bank's table in a session."""
    return and_(kind.role.in_([role.value for role in (*COMMITTEE, Role.BANKER)]))


def decided_by_two(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Small cases that two officers have decided, for every member who is not tied to the case (I-06)."""
    tie = _table("tie")
    return and_(kind.number.is_not(None), ~exists().where(tie.c.case_id == kind.case_id, tie.c.user_id == actor.id))


def sat_on(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """Meetings in which this member has a seat."""
    seat = _table("seat")
    return exists().where(seat.c.meeting_id == kind.meeting_id, seat.c.user_id == actor.id)


def untied(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """What is about one case this person is not tied to: whoever signs need not have sat on it."""
    tie = _table("tie")
    tied = exists().where(tie.c.case_id == kind.case_id, tie.c.user_id == actor.id)
    return and_(kind.case_id.is_not(None), ~tied)


def _table(name: str) -> Any:
    """As an alias, so that no query around a sight mixes with it."""
    return Base.metadata.tables[name].alias()
