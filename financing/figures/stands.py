"""Figures as they stood (截至): worked out once for everybody who asks, and not again while nothing has happened.

A stand answers one question. It is fresh while the journal has not moved, and for so many minutes after it was made
(`figures_minutes`); then whoever asks next works it out anew, while all others are still given the old one with its moment.
Never ask for one while holding a writing desk: keeping it is a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, cast

from sqlalchemy import CursorResult, delete

from financing import journal
from financing.access import SYSTEM
from financing.db import Database
from financing.desk import BEIJING, Desk, opened
from financing.figures.model import FigureStand
from financing.parameters import figure
from financing.upsert import put_if_absent

KEPT = timedelta(days=2)
#: One turn for all questions of one remainder: the same question is never worked out twice at once in one process.
TURNS = tuple(Lock() for _ in range(64))


@dataclass(frozen=True, slots=True)
class Stand:
    """An answer and the moment as of which it holds."""

    at: datetime
    body: dict[str, Any]


def kept(database: Database, now: datetime, question: str, make: Callable[[Desk], dict[str, Any]]) -> Stand:
    """The answer to a question: as it stands, or worked out by `make` at the platform's own desk and kept."""
    found, seq = _look(database, now, question)
    if found is not None and _fresh(found, seq, now):
        return Stand(found.at, found.body)
    turn = TURNS[hash(question) % len(TURNS)]
    if not turn.acquire(blocking=found is None):
        assert found is not None  # noqa: S101  only then we do not wait
        return Stand(found.at, found.body)
    try:
        found, seq = _look(database, now, question)
        if found is None or not _fresh(found, seq, now):
            return _made(database, now, question, make)
        return Stand(found.at, found.body)
    finally:
        turn.release()


def sweep(desk: Desk) -> int:
    """Drop what nobody has asked for lately; how many."""
    old = delete(FigureStand).where(FigureStand.at < desk.now - KEPT)
    return cast("CursorResult[Any]", desk.session.execute(old)).rowcount


def _look(database: Database, now: datetime, question: str) -> tuple[FigureStand | None, int]:
    with opened(database, SYSTEM, now, write=False) as desk:
        return desk.session.get(FigureStand, question), journal.reached(desk.session)


def _fresh(found: FigureStand, seq: int, now: datetime) -> bool:
    minutes = figure("figures_minutes", now.astimezone(BEIJING).date()).value
    return found.seq == seq or now - found.at < timedelta(minutes=minutes)


def _made(database: Database, now: datetime, question: str, make: Callable[[Desk], dict[str, Any]]) -> Stand:
    with opened(database, SYSTEM, now, write=False) as desk:
        seq, body = journal.reached(desk.session), make(desk)
    with opened(database, SYSTEM, now) as desk:
        if not put_if_absent(desk.session, FigureStand, question=question, seq=seq, at=now, body=body):
            old = desk.session.get_one(FigureStand, question, with_for_update=True)
            if old.seq <= seq:
                old.seq, old.at, old.body = seq, now, body
    return Stand(now, body)
