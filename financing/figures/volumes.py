"""What happened in a period (本期发生), whenever the needs were handed in: added up by the database for many periods at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, case, distinct, func, select, type_coerce
from sqlalchemy.orm import Session

from financing.figures import first
from financing.figures.funnel import day_of, end_of
from financing.figures.model import Track
from financing.figures.rules import Step, Volume
from financing.offers.drawdown_model import Drawdown
from financing.offers.drawdowns import gone
from financing.parties.model import Firm

#: The volumes that are steps of needs.
OF_STEPS = {
    Volume.NEEDS: Step.SUBMITTED,
    Volume.SUPPORTED: Step.SUPPORTED,
    Volume.SENT: Step.SENT,
    Volume.OFFERED: Step.OFFERED,
    Volume.CHOSEN: Step.CHOSEN,
}
#: Those that count firms and no money.
FIRMS_ONLY = frozenset({Volume.REGISTERED, Volume.FIRST_LOANS})
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Amount:
    """How many, of how many firms, over how much money in fen."""

    count: int = 0
    firms: int = 0
    fen: int = 0


def volumes(session: Session, volume: Volume, starts: Sequence[date], *, reported: bool = False) -> list[Amount]:
    """One amount for each period from one start up to the day before the next; the last start is the day after the last period.

    Money counts on the day it went out, or, `reported`, on the day the bank said so.
    """
    if volume in OF_STEPS:
        column = day_of(OF_STEPS[volume])
        return _added(session, starts, column, Track.firm_id, Track.amount, lambda day: day.toordinal())
    if volume is Volume.PAID:
        kept = Drawdown.id.not_in(gone())
        money = (Drawdown.firm_id, Drawdown.amount)
        if reported:
            return _added(session, starts, Drawdown.at, *money, lambda day: end_of(day - DAY), kept)
        return _added(session, starts, Drawdown.paid_on, *money, lambda day: day, kept)
    if volume is Volume.FIRST_LOANS:
        counts = [first.counting(session, start, end - DAY).count for start, end in pairwise(starts)]
        return [Amount(count, count) for count in counts]
    return _added(session, starts, Firm.registered_at, Firm.id, None, lambda day: end_of(day - DAY))


def _added(
    session: Session,
    starts: Sequence[date],
    column: Any,
    firm: Any,
    amount: Any,
    stored: Callable[[date], object],
    *where: ColumnElement[bool],
) -> list[Amount]:
    """One statement for all periods: each row falls into the first period that ends after it."""
    place = case(*[(column < stored(end), n) for n, end in enumerate(starts[1:])])
    total = func.sum(type_coerce(amount, BigInteger) if amount is not None else 0)
    inside = (column >= stored(starts[0]), column < stored(starts[-1]), *where)
    rows = session.execute(
        select(place.label("place"), func.count(), func.count(distinct(firm)), total).where(*inside).group_by("place")
    )
    found = {at: Amount(count, firms, int(fen or 0)) for at, count, firms, fen in rows}
    return [found.get(n, Amount()) for n in range(len(starts) - 1)]
