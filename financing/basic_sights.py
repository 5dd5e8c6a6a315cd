"""The simplest answers to what may be seen, from which every table of sights is made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, true

from financing.roles import Actor


def everything(_actor: Actor, _kind: Any, _now: datetime) -> ColumnElement[bool]:
    return true()


def nothing(_actor: Actor, _kind: Any, _now: datetime) -> ColumnElement[bool]:
    return false()


def of_own_firm(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    return _is(kind.firm_id, actor.firm_id)


def of_own_bank(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    return _is(kind.bank_id, actor.bank_id)


def oneself(actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    return _is(kind.user_id, actor.id or None)


def _is(column: Any, value: int | None) -> ColumnElement[bool]:
    """Equal to a known owner; an actor without one owns nothing, never the rows without an owner."""
    return false() if value is None else and_(column == value)


def not_draft(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """A draft belongs to the firm alone."""
    return and_(kind.state != "draft")


def still_open(_actor: Actor, kind: Any, _now: datetime) -> ColumnElement[bool]:
    """What firms say is wrong, while it has no answer (征信业管理条例 第二十五条)."""
    return and_(kind.state == "open")
