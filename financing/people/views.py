"""What people see of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from financing.access import Role
from financing.acts import Act
from financing.desk import Desk
from financing.people import service, sessions
from financing.people.model import Invitation, User
from financing.roles import Remit


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
    identity: str | None
    identity_at: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the administrator's list."""

    id: int
    login: str
    name: str
    role: Role
    remit: Remit | None
    bank_id: int | None
    active: bool
    joined_at: datetime
    used_at: datetime | None
    asleep: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that nobody has used yet, with what may be done with it."""

    id: int
    name: str
    role: Role
    remit: Remit | None
    inviter: str
    until: datetime
    waits: bool
    acts: tuple[Act, ...]


def invited(desk: Desk) -> list[Invited]:
    """Open invitations made on the site, those that wait for a second person first."""
    rows = desk.all(Invitation, Invitation.used_at.is_(None), Invitation.until > desk.now, by=Invitation.until)
    names = {user.id: user.name for user in desk.all(User, User.id.in_({row.invited_by for row in rows}))}
    found = [
        Invited(
            row.id,
            row.name,
            row.role,
            row.remit,
            names.get(row.invited_by, ""),
            row.until,
            _waits(row),
            _acts(desk, row),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.waits)


def _waits(row: Invitation) -> bool:
    return row.by_two and row.confirmed_by is None


def _acts(desk: Desk, row: Invitation) -> tuple[Act, ...]:
    wanted = (Act.CONFIRM_INVITE, Act.WITHDRAW_INVITE) if _waits(row) else (Act.WITHDRAW_INVITE,)
    return tuple(act for act in wanted if desk.may(act, row))


def account(desk: Desk, token_hash: str) -> AccountView:
    lines = [
        SessionLine(
            sessions.mark_of(one), one.device, one.place, one.started_at, one.seen_at, one.token_hash == token_hash
        )
        for one in sessions.open_ones(desk, desk.actor.id)
    ]
    me = service.me(desk)
    return AccountView(me.name, me.login, me.role, tuple(lines), me.identity, me.identity_at)


def people(desk: Desk) -> list[Person]:
    """Every account that may be seen, the active first, by name."""
    return [
        Person(
            user.id,
            user.login,
            user.name,
            user.role,
            user.remit,
            user.bank_id,
            user.active,
            user.joined_at,
            user.used_at,
            asleep=user.slept_at is not None,
        )
        for user in sorted(desk.all(User), key=lambda user: (not user.active, user.login))
    ]
