"""The work list (待办): everything whose turn it is, from one union of small queries of one row shape, the most urgent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
)
from sqlalchemy import union_all as union

from financing import entries, unmoved
from financing.clocks.rules import borders
from financing.conduct import views as conduct
from financing.desk import Desk
from financing.entries import Snapshot
from financing.listed import SIZE, Listed, given
from financing.office import duties
from financing.office.handover import stands_in_for
from financing.office.part import Part
from financing.office.rules import Duty, Heat, Whose

#: The order of the colours in the list.
RANKS = (Heat.RED, Heat.AMBER, Heat.GREEN, Heat.GREY)
#: What only those on the seats have to do: who stays out of a case is known once its seal is open, which no query can do.
OF_CONDUCT = frozenset({Duty.LOOK_INTO, Duty.ANSWER_REPORT})


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


@dataclass(frozen=True, slots=True)
class Statements:
    """What is asked of the database for one person on one day: building two dozen selects takes longer than answering them."""

    zone: Snapshot  # the zone's settings they were built with
    parts: tuple[Part, ...]
    tally: CompoundSelect[Any]
    rows: dict[tuple[Asked, frozenset[Duty]], Select[Any]]


_kept: dict[tuple[object, ...], Statements] = {}
#: People of whom statements are kept, and filters of each: a person has a few habits, a robot tries every filter there is.
MOST_KEPT, MOST_FILTERS = 64, 8


def tasks(desk: Desk, asked: Asked, page: int = 1) -> tuple[Listed[Task], Counts]:
    """One page of the work list and the counts above it, in two statements and one for whom the person stands in.

    Counted is every part, without names; the page asks only parts of which there is something to show. Within one minute
    nothing is asked again until somebody has acted.
    """
    minute = desk.now.replace(second=0, microsecond=0)
    question = "worklist", desk.actor, asked, page, minute
    return _read(desk, asked, page) if desk.whole else unmoved.kept(desk, question, lambda: _read(desk, asked, page))


def _read(desk: Desk, asked: Asked, page: int) -> tuple[Listed[Task], Counts]:
    mine = frozenset({desk.actor.id, *stands_in_for(desk)})
    made = _statements(desk, mine)
    counts, there = _counts(desk, made.tally, asked)
    if there & OF_CONDUCT and (aside := conduct.set_aside(desk)):
        made = _statements(desk, mine, aside)
        counts, there = _counts(desk, made.tally, asked)
    if desk.whole:
        given(counts.total)
    if not counts.total:
        return Listed((), 1, 1, 0), counts
    size = counts.total if desk.whole else SIZE
    of = -(-counts.total // size)
    page = min(max(1, page), of)
    leafed = {"now": desk.now, "size": size, "skip": (page - 1) * size}
    found = desk.session.execute(_rows(desk, made, asked, mine, there), leafed)
    return Listed(tuple(_task(desk, row) for row in found), page, of, counts.total), counts


def _statements(desk: Desk, mine: frozenset[int], aside: frozenset[int] = frozenset()) -> Statements:
    """Those of this day, built anew when the zone has set something else meanwhile; `aside`: cases of conduct that are left out."""
    zone, key = entries.of(desk.session), (desk.actor, mine, desk.today, aside)
    made = _kept.get(key)
    if made is None or made.zone is not zone:
        parts = tuple(_without(part, aside) if part.duty in OF_CONDUCT else part for part in duties.parts(desk))
        made = Statements(zone, parts, union(*(_tallied(desk, part, mine) for part in parts)), {})
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = made
    return made


def _without(part: Part, aside: frozenset[int]) -> Part:
    return replace(part, query=part.query.where(part.key.not_in(sorted(aside))))


def _rows(desk: Desk, made: Statements, asked: Asked, mine: frozenset[int], there: frozenset[Duty]) -> Select[Any]:
    """The rows asked for, the most urgent first, of the parts that have any."""
    query = made.rows.get((asked, there))
    if query is None:
        rows = union(*(_shaped(desk, part) for part in made.parts if part.duty in there)).subquery()
        order = (rows.c.rank, rows.c.due.is_(None), rows.c.due, rows.c.number, rows.c.key)
        query = select(rows).where(*_filters(rows, asked, mine)).order_by(*order)
        query = query.limit(bindparam("size", type_=Integer)).offset(bindparam("skip", type_=Integer))
        if len(made.rows) >= MOST_FILTERS:
            made.rows.clear()
        made.rows[asked, there] = query
    return query


def _shaped(desk: Desk, part: Part) -> Select[Any]:
    """A part in the shape of all; one whose table the person does not see is empty by itself."""
    due, rank = _urgency(desk, part)
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


def _tallied(desk: Desk, part: Part, mine: frozenset[int]) -> Select[Any]:
    """How many rows of a part there are, by colour and by whose they are."""
    rank, bucket = _urgency(desk, part)[1], _bucket(_or_null(part.officer), mine)
    columns = literal(part.duty.value, Text).label("duty"), rank.label("rank"), bucket.label("bucket"), func.count()
    return part.query.add_columns(*columns).group_by("rank", "bucket")


def _urgency(desk: Desk, part: Part) -> tuple[Any, ColumnElement[int]]:
    """The last day of a row, and which colour of `RANKS` it has."""
    if part.due is None:
        return cast(null(), Date), literal(RANKS.index(Heat.GREY), Integer)
    red, amber = borders(desk.calendar, desk.today, part.whole)
    return part.due, case((part.due.is_(None), 3), (part.due <= red, 0), (part.due <= amber, 1), else_=2)


def _or_null(column: Any) -> ColumnElement[Any]:
    return cast(null(), BigInteger) if column is None else column


def _filters(rows: Any, asked: Asked, mine: frozenset[int]) -> Iterator[ColumnElement[bool]]:
    if asked.whose is Whose.SECTION:
        yield rows.c.officer.is_not(None)
    elif asked.whose is not Whose.ALL:
        yield _bucket(rows.c.officer, mine) == asked.whose.value
    if asked.duty is not None:
        yield rows.c.duty == asked.duty.value
    if asked.heat is not None:
        yield rows.c.rank == RANKS.index(asked.heat)


def _bucket(officer: ColumnElement[Any], mine: frozenset[int]) -> ColumnElement[str]:
    own = (officer.in_(sorted(mine)), Whose.MINE.value)
    return case((officer.is_(None), Whose.NOBODYS.value), own, else_=Whose.OTHERS.value)


def _counts(desk: Desk, query: CompoundSelect[Any], asked: Asked) -> tuple[Counts, frozenset[Duty]]:
    """The counts, and what there is anything of to be done."""
    rows = desk.session.execute(query, {"now": desk.now})
    found = [(Duty(word), RANKS[rank], Whose(place), count) for word, rank, place, count in rows]
    whose, heat, duty, total = Counter[Whose](), Counter[Heat](), Counter[Duty](), 0
    for one, colour, owner, count in found:
        whose[owner] += count
        whose[Whose.ALL] += count
        whose[Whose.SECTION] += count if owner is not Whose.NOBODYS else 0
        if asked.whose not in _seen_by(owner):
            continue
        fits_duty, fits_heat = asked.duty in (None, one), asked.heat in (None, colour)
        heat[colour] += count if fits_duty else 0
        duty[one] += count if fits_heat else 0
        total += count if fits_duty and fits_heat else 0
    return Counts(whose, heat, duty, total), frozenset(one for one, *_ in found)


def _seen_by(owner: Whose) -> tuple[Whose, ...]:
    """The choices under which a row of this owner is shown; the section's are those that an officer has."""
    return (Whose.ALL, owner) if owner is Whose.NOBODYS else (Whose.ALL, Whose.SECTION, owner)


def _task(desk: Desk, row: Any) -> Task:
    left = None if row.due is None else desk.calendar.left(desk.today, row.due)
    return Task(
        Duty(row.duty), row.key, row.number, row.firm, row.due, row.whole, row.who, row.need, RANKS[row.rank], left
    )
