"""Reserves on stage: the year before set aside by two people on its confirmed return, and this year's put forward until the last month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from financing.money import Fen
from financing.register import service as register
from financing.register.model import ReturnFigures
from financing.reserves import service
from financing.reserves.model import ReservePosting
from web.stage.road import Stage

#: What the company typed for December of the year before, in 万元.
FIGURES = {"income": 312, "fee_income": 286, "net_profit": 94}


def scenes(stage: Stage, day: Callable[..., datetime]) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
    """The return first, for reserves of a December follow it."""
    yield day(166, 9), partial(report, stage)
    yield day(165, 10), partial(set_aside, stage)
    yield day(2, 9), partial(put_forward, stage)


def report(stage: Stage, now: datetime) -> None:
    """One officer types the figures of last December, the other confirms them."""
    said = {key: Fen.wan(amount).fen for key, amount in FIGURES.items()}
    with stage.desk(stage.cast.officer, now) as here:
        made = register.type_figures(here, _december(now), said, nothing_outside=True)
    with stage.desk(stage.cast.second, now + timedelta(hours=1)) as here:
        register.confirm(here, here.get(ReturnFigures, made.id))


def set_aside(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.officer, now) as here:
        made = service.propose(here, _december(now))
    with stage.desk(stage.cast.chair, now + timedelta(hours=1)) as here:
        service.confirm(here, here.get(ReservePosting, made.id))


def put_forward(stage: Stage, now: datetime) -> None:
    """Until the end of the last month that is over; it waits for its second person. A December waits for its return."""
    last = now.date().replace(day=1) - date.resolution
    with stage.desk(stage.cast.officer, now) as here:
        service.propose(here, last if last.month < 12 else date(last.year, 11, 30))


def _december(now: datetime) -> date:
    return date(now.year - 1, 12, 1)
