"""Delivering notices from the outbox to the people they concern, packing them for the ways out, and marking them seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_

from financing.access import Role
from financing.acts import Act
from financing.desk import Desk
from financing.notices import parcels
from financing.notices.model import Notice
from financing.people.model import User


def deliver(desk: Desk, once: str, payload: dict[str, Any]) -> int:
    """Write one notice for each person concerned; delivering twice is delivering once. How many were new."""
    return deliver_all(desk, [(once, payload)])


def deliver_all(desk: Desk, some: Sequence[tuple[str, Mapping[str, Any]]]) -> int:
    """The same of several, each with what makes it one and the same: who is concerned is asked once for all of one address."""
    asked = desk.select(Notice, Notice.once, Notice.user_id).where(Notice.once.in_([once for once, _ in some]))
    known = {(once, user) for once, user in desk.session.execute(asked)}
    people = {_address(payload): payload["to"] for _, payload in some}
    concerned = {address: _concerned(desk, to) for address, to in people.items()}
    new = [
        desk.add(_notice(desk, user, once, payload))
        for once, payload in dict(some).items()
        for user in concerned[_address(payload)]
        if (once, user) not in known
    ]
    parcels.pack(desk, new)
    return len(new)


def _notice(desk: Desk, user: int, once: str, payload: Mapping[str, Any]) -> Notice:
    number, subject = payload.get("number", ""), payload["subject"]
    return Notice(user_id=user, once=once, act=Act(payload["code"]), number=number, subject_id=subject, at=desk.now)


def _address(payload: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(payload["to"].items()))


def _concerned(desk: Desk, to: dict[str, Any]) -> list[int]:
    return list(desk.session.scalars(desk.select(User, User.id).where(User.active.is_(True), _concerns(to))))


def _concerns(to: dict[str, Any]) -> ColumnElement[bool]:
    """The people of a firm, of a bank or of a role, one person, or those to whom all of it applies."""
    column = {"firm": User.firm_id, "bank": User.bank_id, "user": User.id, "role": User.role}
    return and_(*(column[whom] == (Role(who) if whom == "role" else who) for whom, who in to.items()))


def mine(desk: Desk, most: int = 20) -> list[Notice]:
    """The newest notices of the person at the desk."""
    return desk.all(Notice, by=Notice.at.desc())[:most]


def mark_seen(desk: Desk) -> int:
    """Mark all of one's own notices as seen; how many were new."""
    unseen = desk.all(Notice, Notice.seen_at.is_(None))
    for notice in unseen:
        notice.seen_at = desk.now
    return len(unseen)
