"""The work list (待办): everything whose turn it is, from one union of small queries of one row shape, the most urgent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, Integer, Select, Text, case, cast, func, literal, null, select
from sqlalchemy import union_all as union

from financing import listed as whole
from financing.clocks.rules import borders
from financing.desk import Desk
from financing.listed import SIZE, Listed, given
from financing.office import duties
from financing.office.duties import Part
from financing.office.handover import stands_in_for
from financing.office.rules import Duty, Heat, Whose

#: The order of the colours in the list.
RANKS = (Heat.RED, Heat.AMBER, Heat.GREEN, Heat.GREY)


@dataclass(frozen=True, slots=True)
class Task:
    """One row: what is to be done with which matter, by when, how urgent that is, and who has it; `need_id` where it is about a need."""

    duty: Duty
    key: int
    number: str
    firm: str
    due: date | None
    whole: int
    who: str
    need_id: int | None
    heat: Heat
    left: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are shown: the filters of the page."""

    whose: Whose = Whose.ALL
    duty: Duty | None = None
    heat: Heat | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are: by whose they are, and within that by colour and by what is to be done."""

    whose: Counter[Whose]
    heat: Counter[Heat]
    duty: Counter[Duty]
    total: int


def tasks(desk: Desk, asked: Asked, page: int = 1) -> tuple[Listed[Task], Counts]:
    """One page of the work list and the counts above it, in two statements and one for whom the person stands in."""
    rows = _rows(desk)
    mine = {desk.actor.id, *stands_in_for(desk)}
    counts = _counts(desk, rows, asked, mine)
    if desk.whole:
        given(counts.total)
    size = max(1, counts.total) if desk.whole else SIZE
    of = max(1, -(-counts.total // size))
    page = min(max(1, page), of)
    query = select(rows).where(*_filters(rows, asked, mine))
    query = query.order_by(rows.c.rank, rows.c.due.is_(None), rows.c.due, rows.c.number, rows.c.key)
    if desk.whole:
        whole.given(counts.total)
        return Listed(tuple(_task(desk, row) for row in desk.session.execute(query)), 1, 1, counts.total), counts
    found = desk.session.execute(query.limit(size).offset((page - 1) * size))
    return Listed(tuple(_task(desk, row) for row in found), page, of, counts.total), counts


def _rows(desk: Desk) -> Any:
    """Every part in one shape; a part whose table the person does not see is empty by itself."""
    return union(*(_shaped(desk, part) for part in duties.parts(desk))).subquery()


def _shaped(desk: Desk, part: Part) -> Select[Any]:
    red, amber = borders(desk.calendar, desk.today, part.whole)
    due = cast(null(), Date) if part.due is None else part.due
    rank = (
        literal(3, Integer)
        if part.due is None
        else case((due.is_(None), 3), (due <= red, 0), (due <= amber, 1), else_=2)
    )
    return part.query.add_columns(
        literal(part.duty.value, Text).label("duty"),
        part.key.label("key"),
        cast(part.number, Text).label("number"),
        cast(part.firm, Text).label("firm"),
        due.label("due"),
        literal(part.whole, Integer).label("whole"),
        _or_null(part.officer).label("officer"),
        cast(part.who, Text).label("who"),
        _or_null(part.need).label("need"),
        rank.label("rank"),
    )


def _or_null(column: Any) -> ColumnElement[Any]:
    return cast(null(), BigInteger) if column is None else column


def _filters(rows: Any, asked: Asked, mine: set[int]) -> Iterator[ColumnElement[bool]]:
    if asked.whose is Whose.SECTION:
        yield rows.c.officer.is_not(None)
    elif asked.whose is not Whose.ALL:
        yield _bucket(rows, mine) == asked.whose.value
    if asked.duty is not None:
        yield rows.c.duty == asked.duty.value
    if asked.heat is not None:
        yield rows.c.rank == RANKS.index(asked.heat)


def _bucket(rows: Any, mine: set[int]) -> ColumnElement[str]:
    own = (rows.c.officer.in_(sorted(mine)), Whose.MINE.value)
    return case((rows.c.officer.is_(None), Whose.NOBODYS.value), own, else_=Whose.OTHERS.value)


def _counts(desk: Desk, rows: Any, asked: Asked, mine: set[int]) -> Counts:
    bucket = _bucket(rows, mine).label("bucket")
    query = select(rows.c.duty, rows.c.rank, bucket, func.count()).group_by(rows.c.duty, rows.c.rank, bucket)
    whose, heat, duty, total = Counter[Whose](), Counter[Heat](), Counter[Duty](), 0
    for word, rank, place, count in desk.session.execute(query):
        one, colour, owner = Duty(word), RANKS[rank], Whose(place)
        whose[owner] += count
        whose[Whose.ALL] += count
        whose[Whose.SECTION] += count if owner is not Whose.NOBODYS else 0
        if asked.whose not in _seen_by(owner):
            continue
        fits_duty, fits_heat = asked.duty in (None, one), asked.heat in (None, colour)
        heat[colour] += count if fits_duty else 0
        duty[one] += count if fits_heat else 0
        total += count if fits_duty and fits_heat else 0
    return Counts(whose, heat, duty, total)


def _seen_by(owner: Whose) -> tuple[Whose, ...]:
    """The choices under which a row of this owner is shown; the section's are those that an officer has."""
    return (Whose.ALL, owner) if owner is Whose.NOBODYS else (Whose.ALL, Whose.SECTION, owner)


def _task(desk: Desk, row: Any) -> Task:
    left = None if row.due is None else desk.calendar.left(desk.today, row.due)
    return Task(
        Duty(row.duty), row.key, row.number, row.firm, row.due, row.whole, row.who, row.need, RANKS[row.rank], left
    )
