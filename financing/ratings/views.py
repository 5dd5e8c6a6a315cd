"""What people see of ratings and calls: results with their denominators, small groups hidden; calls by what is to be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select

from financing import masks, parameters
from financing.calendar import DAY
from financing.desk import BEIJING, Desk
from financing.journal import Entry
from financing.listed import Listed, listed
from financing.needs.model import Need
from financing.parties.model import Firm
from financing.ratings.model import CallBack, CallDraw, Rating
from financing.ratings.periods import Period, Said, Spread, spread
from financing.ratings.rules import ASPECTS, ENDING, HANDLED, CallReason, CallState, Grade


@dataclass(frozen=True, slots=True)
class Results:
    """What a period says: handled needs, how many were rated and how, and how many of the calls were made."""

    period: Period
    handled: int
    rated: Spread
    aspects: dict[str, Spread]
    drawn: int
    closed: int
    reached: int
    heard: Spread
    bad: int
    verified: int
    rectified: int
    in_time: int
    called: int
    least: int


@dataclass(frozen=True, slots=True)
class Call:
    """One call in the list."""

    id: int
    number: str
    firm: str
    state: CallState
    reason: CallReason
    opened_on: date
    due_on: date
    missed: int
    grade: Grade | None
    left: int


@dataclass(frozen=True, slots=True)
class About:
    """What a caller needs to know: whom to ring, and what was said where the firm was not content."""

    firm: str
    contact: str
    phone: str
    rating: Rating | None


def about(desk: Desk, call: CallBack) -> About:
    """The firm behind a call in sight."""
    firm = desk.session.get_one(Firm, call.firm_id)
    rating = desk.find(Rating, Rating.id == call.rating_id) if call.rating_id else None
    return About(firm.name, firm.contact, masks.phone_for(desk.actor, firm.phone), rating)


def results(desk: Desk, period: Period) -> Results:
    """The results of a period that is over; what would tell of a handful of firms is not told."""
    least = parameters.figure("rating_least_firms", desk.today).value
    since, until = period.since, period.until
    rows = desk.session.execute(
        select(Rating.firm_id, Rating.given_on, Rating.grade, *(getattr(Rating, one) for one in ASPECTS))
        .where(Rating.given_on.between(since, until))
    ).all()  # fmt: skip
    calls = list(desk.session.scalars(select(CallBack).where(CallBack.month.between(since, until))))
    bad = [one for one in calls if one.reason is CallReason.BAD]
    drawn = [one for one in calls if one.reason is CallReason.DRAWN]
    return Results(
        period, _handled(desk, since, until), _spread(rows, 2, period, least),
        {name: _spread(rows, place, period, least) for place, name in enumerate(ASPECTS, 3)},
        len(drawn), _closed(desk, since, until), sum(one.state is CallState.CALLED for one in drawn),
        spread(_heard(desk, since, until), period, least), len(bad), sum(one.verified_at is not None for one in bad),
        sum(one.rectified_on is not None for one in bad),
        sum(one.rectified_on is not None and one.rectified_on <= one.due_on for one in bad),
        sum(one.state is CallState.CALLED for one in bad), least,
    )  # fmt: skip


def _spread(rows: Sequence[Any], place: int, period: Period, least: int) -> Spread:
    """One column of the ratings; who did not fill it in gave no grade."""
    return spread([(row[0], row[place], row[1]) for row in rows if row[place] is not None], period, least)


def _heard(desk: Desk, since: date, until: date) -> list[Said]:
    """What firms that were drawn said when they were reached, by the day of the call: that day's result does not change later."""
    reached = select(CallBack.firm_id, CallBack.grade, CallBack.called_at).where(
        CallBack.reason == CallReason.DRAWN, CallBack.called_at >= _moment(since), CallBack.called_at < _moment(until + DAY)
    )  # fmt: skip
    rows = desk.session.execute(reached).all()
    return [
        (firm, grade, at.astimezone(BEIJING).date()) for firm, grade, at in rows if grade is not None and at is not None
    ]


def calls(desk: Desk, page: int = 1, *, over: bool = False) -> Listed[Call]:
    """Calls that are to be made or were made, of matters that somebody else handled; the most urgent first."""
    here = CallBack.state == CallState.CALLED if over else CallBack.state != CallState.CALLED
    columns: tuple[Any, ...] = (CallBack.id, CallBack.number, Firm.name, CallBack.state, CallBack.reason, CallBack.opened_on, CallBack.due_on,
               CallBack.missed, CallBack.grade)  # fmt: skip
    query = desk.select(CallBack, CallBack.id)
    asked = query.join(Firm, Firm.id == CallBack.firm_id).where(here).with_only_columns(*columns)
    order = (CallBack.called_at.desc(),) if over else (CallBack.due_on, CallBack.number)
    return listed(desk, asked.order_by(*order), page, lambda *row: _call(desk, row))


def _call(desk: Desk, row: Sequence[Any]) -> Call:
    key, number, firm, state, reason, opened, due, missed, grade = row
    return Call(key, number, firm, state, reason, opened, due, missed, grade, desk.calendar.left(desk.today, due))


def draws(desk: Desk, most: int = 12) -> list[CallDraw]:
    """The draws, the newest first."""
    return desk.all(CallDraw, by=CallDraw.month.desc())[:most]


def _handled(desk: Desk, since: date, until: date) -> int:
    ended = select(Entry.subject_id).where(
        Entry.act.in_(ENDING), Entry.at >= _moment(since), Entry.at < _moment(until + DAY)
    )
    where = (Need.id.in_(ended), Need.state.in_(HANDLED), Need.submitted_on.is_not(None))
    return desk.session.scalar(select(func.count()).select_from(Need).where(*where)) or 0


def _closed(desk: Desk, since: date, until: date) -> int:
    """The denominators of the months drawn in the period."""
    months = desk.session.scalars(select(CallDraw.pool).where(CallDraw.month.between(since, until)))
    return sum(len(pool) for pool in months)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=BEIJING)
