"""Accounts that nobody uses (休眠): put to sleep by the daily run, woken by an administrator; nothing of them is lost.

A bank's own system that comes with its officer's key uses the account too.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select

from financing.access import FIRM
from financing.acts import Act
from financing.desk import Desk
from financing.parameters import figure
from financing.people import sessions
from financing.people.key_model import ApiKey
from financing.people.model import User


def due(desk: Desk) -> list[int]:
    """Accounts unused for the days of their kind; 0 days put none to sleep."""
    kinds = (("dormant_days", User.role.not_in(FIRM)), ("dormant_firm_days", User.role.in_(FIRM)))
    unused = [
        and_(whose, _last < desk.now - timedelta(days=days), ~_used_by_key(desk.now - timedelta(days=days)))
        for key, whose in kinds
        if (days := figure(key, desk.today).value)
    ]
    return list(
        desk.session.scalars(select(User.id).where(User.active, User.slept_at.is_(None), or_(false(), *unused)))
    )


def put_to_sleep(desk: Desk, key: int) -> int:
    """Put one account to sleep; its sessions end. Doing it twice is doing it once."""
    user = desk.get(User, key, lock=True)
    if user.slept_at is not None or not user.active:
        return 0
    user.slept_at = desk.now
    sessions.end(desk, user.id)
    desk.note(Act.SLEEP_USER, user)
    return 1


def wake(desk: Desk, user: User) -> None:
    """Wake an account: its days count anew."""
    if user.slept_at is not None:
        user.slept_at, user.used_at = None, desk.now
        desk.note(Act.WAKE_USER, user)


_last = func.coalesce(User.used_at, User.joined_at)


def _used_by_key(since: datetime) -> ColumnElement[bool]:
    return exists().where(ApiKey.user_id == User.id, ApiKey.used_at >= since)
