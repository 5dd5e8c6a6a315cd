"""What leaders see: the funnel from registration to money paid out, and the list behind each number. Aggregates only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from financing.access import Role
from financing.db import Database
from financing.desk import Desk
from financing.figures import funnel, ratios, stands
from financing.figures.funnel import come_to, day_of, within
from financing.figures.model import Track
from financing.figures.ratio_rules import Key, Ratio, guarded_key
from financing.figures.rules import LEAST_FIRMS, Asked, Figure, Step, Volume, guarded
from financing.figures.volumes import Amount, volumes
from financing.guarantees.limits import Room
from financing.guarantees.model import Limit
from financing.guarantees.rules import Scope
from financing.listed import Listed, listed
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties.model import Firm, Guarantor
from financing.refusals import NotFound

READERS = frozenset({Role.LEADER, Role.OFFICER, Role.AUDITOR})
NAMED = READERS - {Role.LEADER}  # who may know which firm a number stands for
MONTHS = 13  # a year and the same month of last year


@dataclass(frozen=True, slots=True)
class Line:
    """One need behind a number; the firm only for those who may know it."""

    need_id: int | None
    number: str
    state: NeedState
    amount: Fen
    day: date
    firm: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was worked out for one question, nothing hidden."""

    steps: tuple[Figure, ...]
    keys: tuple[Key, ...]
    months: Mapping[Volume, tuple[Amount, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """One page of figures: the question, the moment as of which it is answered, the steps, the parks there are."""

    asked: Asked
    at: datetime
    steps: tuple[Figure, ...]
    keys: tuple[Key, ...]
    months: Mapping[Volume, tuple[Amount | None, ...]]  # of each of the last months, the present one last; none: hidden
    parks: tuple[str, ...]


def report(database: Database, desk: Desk, asked: Asked) -> Report:
    """The page as it stands, small groups hidden from leaders; NotFound for a role that has no figures. `desk` only reads."""
    admit(desk)
    stand = stands.kept(database, desk.now, f"funnel|{asked.key}", lambda own: worked_out(own, asked))
    found, named = plain(stand.body), desk.actor.role in NAMED
    steps = found.steps if named else tuple(map(guarded, found.steps))
    keys = found.keys if named else tuple(map(guarded_key, found.keys))
    return Report(asked, stand.at, steps, keys, _months(found.months, named=named), tuple(stand.body["parks"]))


def behind(desk: Desk, step: Step, asked: Asked, page: int = 1) -> Listed[Line] | None:
    """The needs behind one number, the newest first; None when so few firms stand behind it that it stays hidden."""
    admit(desk)
    here = (come_to(step, asked.seen), *within(asked))
    named = desk.actor.role in NAMED
    if not named and 0 < _firms(desk, *here) < LEAST_FIRMS:
        return None
    columns: tuple[Any, ...] = (Need.id, Need.number, Need.state, Track.amount, day_of(step), Firm.name)
    query = (
        select(*columns).select_from(Track).join(Need, Need.id == Track.need_id).join(Firm, Firm.id == Track.firm_id)
    )
    rows = query.where(*here).order_by(day_of(step).desc(), Need.number.desc())

    def line(key: int, number: str, state: NeedState, amount: Fen, day: int, firm: str) -> Line:
        return Line(key if named else None, number, state, amount, date.fromordinal(day), firm if named else "")

    return listed(desk, rows, page, line)


def facility(desk: Desk) -> tuple[Room | None, Fen | None]:
    """The whole guarantee limit with what is taken of it, and the guarantor's net assets."""
    admit(desk)
    guarantor = desk.find(Guarantor)
    limit = desk.find(Limit, Limit.scope == Scope.FACILITY)
    if guarantor is None or limit is None:
        return None, guarantor.net_assets if guarantor else None
    return Room(limit.scope, limit.cap, limit.used, limit.reserved, Fen(0)), guarantor.net_assets


def admit(desk: Desk) -> None:
    if desk.actor.role not in READERS:
        raise NotFound(kind="figures")


def worked_out(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Everything a page of figures says, as plain values to be kept."""
    steps = funnel.funnel(desk.session, asked)
    starts = month_starts(asked.seen, MONTHS)
    return {
        "steps": [
            [one.step.value, one.count, one.firms, one.sum.fen, None if one.days is None else str(one.days)]
            for one in steps
        ],
        "keys": [
            [key.ratio.value, key.value, key.part, key.whole, key.firms]
            for key in ratios.keys(desk, asked, {one.step: one for one in steps})
        ],
        "months": {volume.value: [astuple(one) for one in volumes(desk.session, volume, starts)] for volume in Volume},
        "parks": sorted(desk.session.scalars(select(Firm.park).distinct())),
    }


def plain(body: dict[str, Any]) -> Found:
    """What was kept, as it is read."""
    return Found(
        tuple(_figure(row) for row in body["steps"]),
        tuple(Key(Ratio(code), *rest) for code, *rest in body["keys"]),
        {Volume(code): tuple(Amount(*row) for row in rows) for code, rows in body["months"].items()},
    )


def month_starts(day: date, count: int) -> list[date]:
    """The first days of so many months up to that of a day, and of the month after it."""
    first = day.year * 12 + day.month - count
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, first + count + 1)]


def _figure(row: list[Any]) -> Figure:
    step, count, firms, fen, days = row
    return Figure(Step(step), count, firms, Fen(fen), None if days is None else Decimal(days))


def _months(found: Mapping[Volume, tuple[Amount, ...]], *, named: bool) -> Mapping[Volume, tuple[Amount | None, ...]]:
    """With none in the place of a month of so few firms that a leader could recognise one."""
    return {
        volume: tuple(one if named or not 0 < one.firms < LEAST_FIRMS else None for one in rows)
        for volume, rows in found.items()
    }


def _firms(desk: Desk, *where: Any) -> int:
    """How many firms, counted no further than it takes to know that there are enough."""
    few = select(Track.firm_id).where(*where).distinct().limit(LEAST_FIRMS).subquery()
    return desk.session.scalar(select(func.count()).select_from(few)) or 0
