"""Delivering notices from the outbox to the people they concern, packing them for the ways out, and marking them seen."""

from __future__ import annotations

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
    known = desk.select(Notice, Notice.user_id).where(Notice.once == once)
    concerned = (User.active.is_(True), _concerns(payload["to"]), User.id.not_in(known))
    said = {"once": once, "act": Act(payload["code"]), "number": payload.get("number", ""), "at": desk.now}
    new = [
        desk.add(Notice(user_id=user, subject_id=payload["subject"], **said))
        for user in desk.session.scalars(desk.select(User, User.id).where(*concerned))
    ]
    parcels.pack(desk, new)
    return len(new)


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
