"""Who may see what of reports about banks: the two on the seats that day, the bank its letters, a firm the question it was asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_

from financing.db import Base
from financing.roles import Actor


def on_a_seat(actor: Actor, _kind: Any, now: datetime) -> ColumnElement[bool]:
    """Whoever sits on one of the two seats today: the latest confirmed line of a seat counts."""
    post, later = _table("handler_post"), _table("handler_post")
    today = now.astimezone(ZoneInfo("Asia/Shanghai")).date()
    newer = or_(
        later.c.since > post.c.since, and_(later.c.since == post.c.since, later.c.decided_at > post.c.decided_at)
    )
    replaced = exists().where(later.c.seat == post.c.seat, later.c.state == "adopted", later.c.since <= today, newer)
    mine = (post.c.user_id == actor.id, post.c.state == "adopted", post.c.since <= today)
    return exists().where(*mine, ~replaced.correlate(post))


def _table(name: str) -> Any:
    """As an alias, so that no query around a sight mixes with it."""
    return Base.metadata.tables[name].alias()


#: What the two see, and nobody else: cases, who reported, what was written and handed in.
HANDLED = ("conduct_case", "reporter", "conduct_evidence", "conduct_note", "conduct_letter")
