"""What must go out or be done later (发件箱): written with the change itself, taken by exactly one worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from financing.db import Thing, new_id
from financing.upsert import put_if_absent

#: Waits between tries; after the last one the row stays, visible as failed, until somebody looks at it.
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 720))


class Outgoing(Thing):
    """One thing to do once. `once` makes a second request for the same thing impossible."""

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("once"), Index("ix_outbox_due", "done_at", "due_at"))

    kind: Mapped[str]
    once: Mapped[str]
    payload: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    failed: Mapped[str | None] = mapped_column(default=None)


def put(session: Session, kind: str, once: str, due_at: datetime, payload: Mapping[str, Any]) -> None:
    """Ask for something to be done after the transaction; asking twice with the same `once` is asking once."""
    session.flush()
    new = {
        "id": new_id(),
        "version": 1,
        "kind": kind,
        "once": once,
        "payload": dict(payload),
        "due_at": due_at,
        "tries": 0,
    }
    put_if_absent(session, Outgoing, **new)


def take(session: Session, now: datetime, most: int = 1) -> list[Outgoing]:
    """The next due rows, locked; another worker skips them."""
    due = select(Outgoing).where(Outgoing.done_at.is_(None), Outgoing.due_at <= now, Outgoing.tries <= len(WAITS))
    next_ones = due.order_by(Outgoing.due_at, Outgoing.id).limit(most).with_for_update(skip_locked=True)
    return list(session.scalars(next_ones))


def done(row: Outgoing, now: datetime) -> None:
    row.done_at, row.failed = now, None


def failed(row: Outgoing, now: datetime, why: str) -> None:
    """Try again later; the reason stays visible."""
    row.due_at = now + WAITS[min(row.tries, len(WAITS) - 1)]
    row.tries, row.failed = row.tries + 1, why[:500]
