"""The door to who reported: on PostgreSQL a transaction says who reads before any row of theirs is there (`row_walls`)."""

from __future__ import annotations

from sqlalchemy import func, select

from financing.access import SYSTEM
from financing.desk import Desk
from financing.row_walls import READER


def enter(desk: Desk) -> None:
    """Say for this transaction alone who reads: the platform, or the person at the desk."""
    if desk.session.get_bind().dialect.name == "postgresql":
        who = "platform" if desk.actor == SYSTEM else str(desk.actor.id)
        desk.session.execute(select(func.set_config(READER, who, True)))
