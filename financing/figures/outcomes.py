"""What the platform has brought about (公开成效), for anybody to see: published totals, sessions, rules and limits in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, ColumnElement, distinct, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from financing import parameters
from financing.access import SYSTEM
from financing.credit.card_views import Shelf, shelves
from financing.db import Database
from financing.desk import Desk, opened
from financing.figures import publication
from financing.figures.model import PublicFigure
from financing.figures.publication import Total
from financing.figures.rules import LEAST_FIRMS, Volume
from financing.forums.day_model import Intent
from financing.forums.day_rules import Said
from financing.forums.model import BankTable, ForumSession
from financing.forums.rules import SessionState
from financing.money import Fen
from financing.parameters import Figure

OF_NEEDS = (Volume.SUPPORTED, Volume.SENT, Volume.OFFERED, Volume.CHOSEN)


@dataclass(frozen=True, slots=True)
class Held:
    """A session that is over: banks at it, and what came of it; none where fewer than five firms would stand behind the numbers."""

    number: str
    title: str
    day: date
    banks: int
    intents: int | None
    amount: Fen | None


@dataclass(frozen=True, slots=True)
class Public:
    """Everything on the public page."""

    totals: tuple[Total, ...]
    periods: tuple[PublicFigure, ...]
    sessions: tuple[Held, ...]
    shelves: tuple[Shelf, ...]
    limits: tuple[Figure, ...]


def outcomes(database: Database, now: datetime) -> tuple[Total, ...]:
    """The totals alone, for the front page."""
    with opened(database, SYSTEM, now, write=False) as desk:
        return publication.totals(desk)


def public(database: Database, now: datetime) -> Public:
    """The whole page: from small tables of what was published, so it is quick in a zone of any size."""
    with opened(database, SYSTEM, now, write=False) as desk:
        return Public(
            totals=publication.totals(desk),
            periods=tuple(reversed(publication.published(desk))),
            sessions=tuple(held(desk, one) for one in _closed(desk)),
            shelves=shelves(desk),
            limits=in_force(desk.today),
        )


def in_force(day: date) -> tuple[Figure, ...]:
    """Every figure of law and business that counts on a day, by its key: of several the latest."""
    keys = sorted({one.key for one in parameters.figures() if one.since <= day})
    return tuple(parameters.figure(key, day) for key in keys)


def shares_of(totals: tuple[Total, ...]) -> dict[Volume, tuple[int, int]]:
    """Each volume of needs over needs handed in: the denominator of everything, until the same day alone."""
    known = {one.volume: one for one in totals}
    needs = known.get(Volume.NEEDS)
    if needs is None:
        return {}
    return {
        one.volume: (one.count, needs.count) for one in totals if one.volume in OF_NEEDS and one.until == needs.until
    }


def _closed(desk: Desk) -> list[ForumSession]:
    return desk.all(ForumSession, ForumSession.state == SessionState.CLOSED, by=ForumSession.day.desc())[:50]


def held(desk: Desk, one: ForumSession) -> Held:
    """Its intents only when enough firms stand behind them; no total over sessions is published that would give the others away."""
    banks = _counted(desk, BankTable.id, BankTable.session_id == one.id)
    here = (Intent.session_id == one.id, Intent.said == Said.INTENDS)
    shown = _counted(desk, Intent.firm_id, *here) >= LEAST_FIRMS
    fen = desk.session.scalar(select(func.sum(type_coerce(Intent.amount, BigInteger))).where(*here))
    amount = Fen(int(fen or 0)) if shown else None
    intents = _counted(desk, Intent.id, *here) if shown else None
    return Held(one.number, one.title, one.day, banks, intents, amount)


def _counted(desk: Desk, column: InstrumentedAttribute[int], *where: ColumnElement[bool]) -> int:
    return desk.session.scalar(select(func.count(distinct(column))).where(*where)) or 0
