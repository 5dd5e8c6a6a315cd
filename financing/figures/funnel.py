"""The funnel (漏斗) added up by the database: two statements whatever the size of the zone."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sqlalchemy import CTE, BigInteger, ColumnElement, Select, case, func, literal, select, type_coerce, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from financing.desk import BEIJING
from financing.figures.model import Track
from financing.figures.rules import SIZES, STEPS, Asked, Band, Figure, Step, middle_of
from financing.money import Fen
from financing.offers.drawdown_model import Drawdown
from financing.offers.drawdowns import gone
from financing.parties.model import Firm
from scoring.industries import industries


def day_of(step: Step) -> InstrumentedAttribute[int | None]:
    """The column with the day of a step."""
    column: InstrumentedAttribute[int | None] = getattr(Track, step.value)
    return column


def come_to(step: Step, seen: date) -> ColumnElement[bool]:
    """Whether a need had come to a step by the end of a day."""
    return day_of(step) <= seen.toordinal()


def within(asked: Asked) -> list[ColumnElement[bool]]:
    """The needs a question is about."""
    days = Track.submitted.between(asked.since.toordinal(), asked.until.toordinal())
    where = [days, *narrowed(asked, Track.park, Track.division, Track.size)]
    if asked.band:
        least, most = SIZES[Band(asked.band)]
        where += [Track.amount > least, *([Track.amount <= most] if most else [])]
    return where


def narrowed(asked: Asked, park: Any, division: Any, size: Any) -> list[ColumnElement[bool]]:
    """The firms a question is about, in any table that says these three of them."""
    where: list[ColumnElement[bool]] = []
    if asked.park:
        where.append(park == asked.park)
    if asked.section:
        where.append(division.in_(divisions(asked.section)))
    if asked.size:
        where.append(size == asked.size)
    return where


def divisions(section: str) -> list[str]:
    """The divisions of a section of GB/T 4754."""
    return [entry.code for entry in industries().values() if entry.level == "division" and entry.section == section]


def funnel(session: Session, asked: Asked) -> tuple[Figure, ...]:
    """The steps in order: needs (firms at the first), firms, sums, median days; nothing hidden."""
    days = _medians(session, asked)
    return (registered(session, asked), *(_figure(step, sums, days) for step, sums in _sums(session, asked).items()))


def registered(session: Session, asked: Asked) -> Figure:
    """The firms that had registered by the end of the period: the denominator of everything."""
    where = narrowed(asked, Firm.park, func.substr(Firm.industry, 1, 2), Firm.size)
    known = select(func.count()).select_from(Firm).where(Firm.registered_at < end_of(asked.until), *where)
    firms = session.scalar(known) or 0
    return Figure(Step.REGISTERED, firms, firms, Fen(0), None)


def end_of(day: date) -> datetime:
    """The first moment after a day in Beijing."""
    return datetime.combine(day + timedelta(days=1), time(), BEIJING)


def _figure(step: Step, sums: tuple[int, int, int], days: dict[Step, Decimal | None]) -> Figure:
    count, firms, fen = sums
    return Figure(step, count, firms, Fen(fen), days.get(step))


def _sums(session: Session, asked: Asked) -> dict[Step, tuple[int, int, int]]:
    """Needs, firms and fen of each step: added up by firm first, so that counting firms needs no second pass.

    Of needs the sum is what they ask for; of the last step it is the money that went out.
    """
    inner = select(*[column for step in STEPS for column in _of_firm(step, asked.seen)])
    rows = inner.where(*within(asked)).group_by(Track.firm_id).subquery()
    row = session.execute(select(*[total for step in STEPS for total in _of_all(step, rows)])).one()
    numbers = [int(value or 0) for value in row]
    sums = {step: (numbers[3 * n], numbers[3 * n + 1], numbers[3 * n + 2]) for n, step in enumerate(STEPS)}
    money = session.scalar(paid_out(asked, func.sum(type_coerce(Drawdown.amount, BigInteger)))) or 0
    return sums | {Step.PAID: (*sums[Step.PAID][:2], int(money))}


def paid_out(asked: Asked, *columns: Any) -> Select[Any]:
    """Columns of the pay-outs that count, of the needs a question is about, until the day as of which it is seen."""
    query = select(*columns).select_from(Drawdown).join(Track, Track.need_id == Drawdown.need_id)
    return query.where(Drawdown.paid_on <= asked.seen, Drawdown.id.not_in(gone()), *within(asked))


def _of_firm(step: Step, seen: date) -> tuple[ColumnElement[int], ColumnElement[int]]:
    here = come_to(step, seen)
    return (
        func.sum(case((here, 1), else_=0)).label(f"needs_{step}"),
        func.sum(case((here, type_coerce(Track.amount, BigInteger)), else_=0)).label(f"fen_{step}"),
    )


def _of_all(step: Step, rows: Any) -> tuple[ColumnElement[Any], ...]:
    needs = rows.c[f"needs_{step}"]
    return func.sum(needs), func.sum(case((needs > 0, 1), else_=0)), func.sum(rows.c[f"fen_{step}"])


def _medians(session: Session, asked: Asked) -> dict[Step, Decimal | None]:
    """The middle of the days since the step before, for every step but the first; the needs are looked up once for all of them."""
    mine = select(*map(day_of, Step)).where(*within(asked)).cte("mine").prefix_with("MATERIALIZED")
    counts: dict[Step, dict[int, int]] = defaultdict(dict)
    query = union_all(*[_waits(mine, before, step, asked.seen) for before, step in pairwise(Step)])
    for step, waited, count in session.execute(query):
        counts[Step(step)][waited] = count
    return {step: middle_of(found) for step, found in counts.items()}


def _waits(mine: CTE, before: Step, step: Step, seen: date) -> Select[Any]:
    came, former = mine.c[step.value], mine.c[before.value]
    waited = (came - former).label("waited")
    here = (came <= seen.toordinal(), former.is_not(None))
    return select(literal(step.value), waited, func.count()).where(*here).group_by(waited)
