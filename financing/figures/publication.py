"""What is published (公开数字): whole months that are over, each number of five firms at least, never changed once it is out.

Months of too few firms are published together with those that follow, so that the published periods of one volume lie
side by side. Whatever anybody adds and subtracts of them, totals of any two days alike, is a sum of whole periods: a month that was
held back cannot be worked out. A pay-out counts on the day it was reported, for that never lies in a period already published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from financing.acts import Act
from financing.desk import Desk
from financing.figures.model import PublicFigure
from financing.figures.rules import LEAST_FIRMS, Volume
from financing.figures.tracks import in_beijing
from financing.figures.volumes import Amount, volumes
from financing.money import Fen
from financing.parties.model import Firm

DAY = timedelta(days=1)
MOST_MONTHS = 600


@dataclass(frozen=True, slots=True)
class Total:
    """All that was published of one volume: until which day, how many, over how much money."""

    volume: Volume
    until: date
    count: int
    amount: Fen


def publish(desk: Desk) -> int:
    """Publish every month that is over and may be shown; how many periods were added. Running it again adds none."""
    begins = _begins(desk)
    return sum(_publish(desk, volume, begins[volume]) for volume in Volume if volume in begins)


def published(desk: Desk) -> list[PublicFigure]:
    """Every published period, the earliest first."""
    return desk.all(PublicFigure, by=PublicFigure.until)


def totals(desk: Desk) -> tuple[Total, ...]:
    """The sums of what was published, in the order of the road; volumes of which nothing may be shown yet are left out."""
    rows: dict[Volume, list[PublicFigure]] = {}
    for one in published(desk):
        rows.setdefault(one.volume, []).append(one)
    return tuple(
        Total(volume, of[-1].until, sum(one.count for one in of), Fen(sum(one.amount.fen for one in of)))
        for volume in Volume
        if (of := rows.get(volume))
    )


def _publish(desk: Desk, volume: Volume, start: date) -> int:
    ends, added = list(month_ends(start, desk.today)), 0
    if not _enough(desk, volume, start, ends):
        return 0
    for end in ends:
        amount = volumes(desk.session, volume, [start, end + DAY], reported=True)[0]
        if amount.firms >= LEAST_FIRMS:
            _put(desk, volume, start, end, amount)
            start, added = end + DAY, added + 1
    return added


def _enough(desk: Desk, volume: Volume, start: date, ends: list[date]) -> bool:
    """Whether all months together have firms enough: otherwise none of them has, and none has to be looked at."""
    return bool(ends) and volumes(desk.session, volume, [start, ends[-1] + DAY], reported=True)[0].firms >= LEAST_FIRMS


def _begins(desk: Desk) -> dict[Volume, date]:
    """The day after all that was published of each volume, else the first of the month in which the first firm registered."""
    first = desk.session.scalar(select(func.min(Firm.registered_at)))
    begun = dict.fromkeys(Volume, in_beijing(first).replace(day=1)) if first else {}
    last = select(PublicFigure.volume, func.max(PublicFigure.until)).group_by(PublicFigure.volume)
    return begun | {volume: until + DAY for volume, until in desk.session.execute(last)}


def month_ends(start: date, today: date) -> Iterator[date]:
    """The last days of the months from a day on that are over."""
    for number in range(start.year * 12 + start.month, start.year * 12 + start.month + MOST_MONTHS):
        end = date(number // 12, number % 12 + 1, 1) - DAY
        if end >= today:
            return
        yield end


def _put(desk: Desk, volume: Volume, since: date, until: date, amount: Amount) -> None:
    row = desk.add(
        PublicFigure(
            volume=volume,
            since=since,
            until=until,
            count=amount.count,
            firms=amount.firms,
            amount=Fen(amount.fen),
            at=desk.now,
        )
    )
    desk.session.flush()
    desk.note(Act.PUBLISH_FIGURES, row, volume=volume, since=since, until=until, count=amount.count)
