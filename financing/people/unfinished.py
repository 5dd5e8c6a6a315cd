"""Answers kept as they are typed (随填随存): closing the phone loses nothing, and another device goes on where one stopped.

They belong to the account alone: no office, no administrator reads them, and they leave no trace in the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete

from financing.desk import Desk
from financing.people import tries
from financing.people.unfinished_model import Questions, Unfinished
from financing.upsert import put_if_absent

LONGEST = 1_000  # characters of one answer
A_MINUTE = 60  # answers kept, of one account


@dataclass(frozen=True, slots=True)
class Typed:
    """What has been typed into a form so far, and where the person stands; nothing at first."""

    answers: Mapping[str, str] = field(default_factory=dict)
    stand: str = ""
    saved_at: datetime | None = None


def typed(desk: Desk, of: Questions) -> Typed:
    """One's own answers of a form."""
    row = desk.find(Unfinished, Unfinished.user_id == desk.actor.id, Unfinished.form == of.value)
    return Typed(dict(row.answers), row.stand, row.saved_at) if row else Typed()


def keep(desk: Desk, of: Questions, answers: Mapping[str, str], stand: str = "", *, owner: int | None = None) -> None:
    """Keep answers beside those kept before; an empty one says that its field was emptied. TooManyTries beyond one a second.

    `owner` is the account where it was opened at this very desk.
    """
    key = {"user_id": owner or desk.actor.id, "form": of.value}
    tries.per_minute(desk, f"unfinished\n{key['user_id']}", A_MINUTE)
    put_if_absent(desk.session, Unfinished, **key, answers={}, stand="", saved_at=desk.now)
    row = desk.session.get_one(Unfinished, key, with_for_update=True)
    row.answers = row.answers | {name: text for name, text in answers.items() if len(text) <= LONGEST}
    row.stand, row.saved_at = stand or row.stand, desk.now


def drop(desk: Desk, of: Questions) -> None:
    """The form has been handed in: what was typed is no longer needed."""
    mine = (Unfinished.user_id == desk.actor.id, Unfinished.form == of.value)
    desk.session.execute(delete(Unfinished).where(*mine))
