"""What people see of needs nobody hears of: open questions, and old needs without a next action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_

from financing import parameters
from financing.db import Instant
from financing.desk import Desk
from financing.hygiene.model import LifeAsk, PlannedStep
from financing.listed import Listed, listed
from financing.matching.model import Match
from financing.needs.model import Need
from financing.needs.rules import OPEN, NeedState
from financing.offers.model import Opening
from financing.parties.model import Firm


@dataclass(frozen=True, slots=True)
class Asked:
    """A question whether a need still stands, and how long it has been silent."""

    need_id: int
    number: str
    firm: str
    state: NeedState
    officer: str
    last_sign: date
    asked_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Idle:
    """An open need older than the limit for which nothing is planned."""

    need_id: int
    number: str
    firm: str
    state: NeedState
    officer: str
    submitted_on: date


def asked(desk: Desk, page: int = 1) -> Listed[Asked]:
    """The questions nobody has answered, the first to end at the head."""
    columns = (Need.id, Need.number, Firm.name, Need.state, Need.officer_name)
    query = desk.select(Need, *columns).add_columns(LifeAsk.last_sign, LifeAsk.asked_on, LifeAsk.closes_on)
    query = query.join(Firm, Firm.id == Need.firm_id).join(LifeAsk, LifeAsk.need_id == Need.id)
    return listed(
        desk, query.where(LifeAsk.answer.is_(None)).order_by(LifeAsk.closes_on, Need.number), page, Asked, size=20
    )


def idle(desk: Desk, page: int = 1) -> Listed[Idle]:
    """Open needs that are old and have no next action, the oldest first: none in a healthy zone."""
    columns = (Need.id, Need.number, Firm.name, Need.state, Need.officer_name, Need.submitted_on)
    query = desk.select(Need, *columns).join(Firm, Firm.id == Need.firm_id)
    return listed(desk, query.where(idling(desk)).order_by(Need.submitted_on, Need.number), page, Idle, size=20)


def idle_count(desk: Desk) -> int:
    """The alarm: how many open needs are old and have no next action."""
    return desk.session.scalar(desk.select(Need, Need.id).where(idling(desk)).with_only_columns(func.count())) or 0


def idling(desk: Desk) -> ColumnElement[bool]:
    """Open, older than the limit, and nothing dated lies ahead for it."""
    since = desk.today - timedelta(days=parameters.figure("idle_days", desk.today).value)
    return and_(
        Need.state.in_(OPEN - {NeedState.DRAFT, NeedState.COMMITTEE}),
        Need.submitted_on < since,
        Need.due_on.is_(None),
        ~or_(*_ahead(desk)),
    )


def _ahead(desk: Desk) -> list[ColumnElement[bool]]:
    """A planned step, a question to the firm, a bank's last day, or the opening of offers, on this day or later.

    The moment is a parameter of its own, `now`, so that the statement serves the whole day.
    """
    now = bindparam("now", desk.now, Instant())
    return [
        exists().where(PlannedStep.need_id == Need.id, PlannedStep.due_on >= desk.today),
        exists().where(LifeAsk.need_id == Need.id, LifeAsk.answer.is_(None)),
        exists().where(Match.need_id == Need.id, Match.due_on >= desk.today),
        exists().where(Opening.need_id == Need.id, Opening.opened_at.is_(None), Opening.until > now),
    ]


def step(desk: Desk, need: int) -> PlannedStep | None:
    """The step planned last for a need."""
    query: Select[Any] = desk.select(PlannedStep).where(PlannedStep.need_id == need).order_by(PlannedStep.set_at.desc())
    found: PlannedStep | None = desk.session.scalar(query.limit(1))
    return found
