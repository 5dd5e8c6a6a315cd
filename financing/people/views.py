"""What people see of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from financing.access import Role
from financing.desk import Desk
from financing.people import service, sessions
from financing.people.model import User


@dataclass(frozen=True, slots=True)
class SessionLine:
    mark: str
    device: str
    place: str
    started_at: datetime
    seen_at: datetime
    this_one: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    """One's own account, with the browsers in which it is open."""

    name: str
    login: str
    role: Role
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the administrator's list."""

    id: int
    login: str
    name: str
    role: Role
    bank_id: int | None
    active: bool
    joined_at: datetime
    used_at: datetime | None
    asleep: bool


def account(desk: Desk, token_hash: str) -> AccountView:
    lines = [
        SessionLine(
            sessions.mark_of(one), one.device, one.place, one.started_at, one.seen_at, one.token_hash == token_hash
        )
        for one in sessions.open_ones(desk, desk.actor.id)
    ]
    me = service.me(desk)
    return AccountView(me.name, me.login, me.role, tuple(lines))


def people(desk: Desk) -> list[Person]:
    """Every account that may be seen, the active first, by name."""
    return [
        Person(
            user.id,
            user.login,
            user.name,
            user.role,
            user.bank_id,
            user.active,
            user.joined_at,
            user.used_at,
            asleep=user.slept_at is not None,
        )
        for user in sorted(desk.all(User), key=lambda user: (not user.active, user.login))
    ]
