"""Attempts that were refused (被拒绝的操作) leave a line in the journal, so that probing is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from financing import journal
from financing.acts import Act
from financing.desk import opened
from financing.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody tried to reach; nothing is said of whether it exists."""

    id: int
    firm_id: int | None = None
    bank_id: int | None = None


def told(request: Any, refusal: Refusal) -> None:
    """The request's line of the log says what was refused; where somebody did not get in, at which account, 0 for one there is none of."""
    account = getattr(refusal, "account", None)
    request.scope["state"]["refused"] = {"refused": refusal.code} | ({} if account is None else {"account": account})


def note(request: Any, refusal: Refusal, key: object = None) -> None:
    """One line for a signed-in person's refused attempt, at most a hundred an hour."""
    if refusal.status not in {403, 404} or not request.actor.id:
        return
    database, actor, now = request.app.state.database, request.actor, request.now
    with opened(database, actor, now, write=False) as desk:
        counted = journal.denied(desk.session, actor, now)
    if counted:
        with opened(database, actor, now, request.clue) as desk:
            subject = Attempt(key if isinstance(key, int) and abs(key) < 2**63 else 0)
            desk.note(Act.DENIED, subject, route=str(request.route_handler.name)[:64], code=refusal.code)
