"""What people see of inspections: a month of the zone or of a firm, one matter with who takes part, figures by authority."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from financing.acts import Act
from financing.calendar import DAY
from financing.desk import Desk
from financing.inspections import service
from financing.inspections.model import Inspection, InspectionParty, UnannouncedWord
from financing.inspections.rules import Authority, Found, InspectionState, Kind, Topic, Urgent
from financing.parties import names
from financing.watch.model import Check, Visit


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who comes to a firm on a day: an inspection, a visit, or a check of a guarantee (`check`)."""

    day: date
    firm_id: int
    firm: str
    number: str
    kind: Kind
    authorities: tuple[Authority, ...]
    topics: tuple[Topic, ...]
    state: StrEnum
    urgent: Urgent | None = None
    found: Found | None = None
    id: int = 0
    check: int = 0
    helper: str = ""  # who helps the firm and comes to see it

    @property
    def joint(self) -> bool:
        return len(set(self.authorities)) > 1


@dataclass(frozen=True, slots=True)
class GridDay:
    """One day of the month's picture."""

    day: date
    inside: bool
    works: bool
    quiet: bool
    today: bool
    entries: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its weeks and what is in them; `before` and `after` are the first days of its neighbours."""

    first: date
    before: date
    after: date
    weeks: tuple[tuple[GridDay, ...], ...]
    entries: tuple[Entry, ...]
    quiet: tuple[int, int]


@dataclass(frozen=True, slots=True)
class InspectionView:
    """One matter: who takes part, what may be done, and what the firm said of it."""

    matter: Inspection
    firm: str
    parties: tuple[InspectionParty, ...]
    acts: tuple[Act, ...]
    words: tuple[UnannouncedWord, ...]


@dataclass(frozen=True, slots=True)
class OfAuthority:
    """What an authority did in a year; `firms` it went to, `unannounced` what firms said."""

    authority: Authority
    inspections: int
    visits: int
    joint: int
    urgent: int
    faults: int
    firms: int
    unannounced: int


def month(desk: Desk, first: date, others: Callable[[Desk, date, date], Iterable[Entry]]) -> Month:
    """The calendar of a month, as far as its reader sees it; `others`: who else comes, by rooms that this one does not know."""
    after = (first + timedelta(days=32)).replace(day=1)
    entries = sorted(
        [*_booked(desk, first, after), *_checks(desk, first, after), *others(desk, first, after)],
        key=lambda one: (one.day, one.firm, one.number),
    )
    still, counts = service.quiet(first), Counter(one.day for one in entries)
    monday = first - timedelta(days=first.weekday())
    days = [monday + number * DAY for number in range(-(-((after - monday).days) // 7) * 7)]
    grid = [
        GridDay(day, first <= day < after, desk.calendar.works(day), day in still, day == desk.today, counts[day])
        for day in days
    ]
    weeks = tuple(tuple(grid[start : start + 7]) for start in range(0, len(grid), 7))
    return Month(first, (first - DAY).replace(day=1), after, weeks, tuple(entries), (still.first, still.last))


def waiting(desk: Desk) -> tuple[Entry, ...]:
    """What waits for a leader."""
    return tuple(_entries(desk, Inspection.state == InspectionState.ASKED))


def _booked(desk: Desk, since: date, until: date) -> list[Entry]:
    return _entries(desk, Inspection.day >= since, Inspection.day < until)


def _entries(desk: Desk, *where: Any) -> list[Entry]:
    query = (
        desk.select(Inspection).add_columns(names.of_firm(Inspection.firm_id)).where(*where).order_by(Inspection.day)
    )
    rows = desk.session.execute(query).all()
    parties = _parties(desk, [matter.id for matter, _ in rows])
    return [
        Entry(
            matter.day, matter.firm_id, firm, matter.number, matter.kind, tuple(one.authority for one in parties[matter.id]),
            tuple(dict.fromkeys(one.topic for one in parties[matter.id])), matter.state, matter.urgent, matter.found, matter.id,
        )
        for matter, firm in rows
    ]  # fmt: skip


def _parties(desk: Desk, matters: Iterable[int]) -> Mapping[int, list[InspectionParty]]:
    found: dict[int, list[InspectionParty]] = defaultdict(list)
    for party in desk.all(
        InspectionParty, InspectionParty.inspection_id.in_(list(matters)), by=InspectionParty.lead.desc()
    ):
        found[party.inspection_id].append(party)
    return found


def _checks(desk: Desk, since: date, until: date) -> list[Entry]:
    """Checks of guarantees in force: where they are done or by when, as visits of the guarantor."""
    day = func.coalesce(Check.ended_on, Check.due_on)
    query = desk.select(Check).add_columns(names.of_firm(Check.firm_id)).where(day >= since, day < until)
    return [
        Entry(
            check.ended_on or check.due_on,
            check.firm_id,
            firm,
            "",
            Kind.VISIT,
            (Authority.GUARANTOR,),
            (Topic.CARE,),
            check.state,
            check=check.id,
        )
        for check, firm in desk.session.execute(query)
    ]


def one(desk: Desk, matter: Inspection) -> InspectionView:
    """One matter with everything around it."""
    name = desk.session.scalar(select(names.of_firm(Inspection.firm_id)).where(Inspection.id == matter.id)) or ""
    acts = tuple(act for act in desk.acts(matter) if act is not Act.RECORD_INSPECTION or matter.day <= desk.today)
    words = desk.all(UnannouncedWord, UnannouncedWord.inspection_id == matter.id, by=UnannouncedWord.said_at)
    return InspectionView(matter, name, tuple(_parties(desk, [matter.id])[matter.id]), acts, tuple(words))


def unannounced(desk: Desk) -> tuple[tuple[UnannouncedWord, str, tuple[Act, ...]], ...]:
    """What firms said, the newest first, with the name beside it and what may be done."""
    query = desk.select(UnannouncedWord).add_columns(names.of_firm(UnannouncedWord.firm_id))
    rows = desk.session.execute(query.order_by(UnannouncedWord.said_at.desc())).all()
    return tuple((word, firm, desk.acts(word)) for word, firm in rows)


def figures(desk: Desk, year: int) -> tuple[OfAuthority, ...]:
    """What each authority did in a year; what was done of checks of guarantees counts as visits of the guarantor."""
    since, until = date(year, 1, 1), date(year + 1, 1, 1)
    done = [one for one in _booked(desk, since, until) if one.state is InspectionState.DONE]
    went = select(Visit.firm_id).where(Visit.visited_on >= since, Visit.visited_on < until)
    visits = list(desk.session.scalars(went))
    said = Counter(
        word.authority for word in desk.all(UnannouncedWord, UnannouncedWord.day >= since, UnannouncedWord.day < until)
    )
    rows = (
        _of_authority(one, [each for each in done if one in each.authorities], visits, said[one]) for one in Authority
    )
    return tuple(row for row in rows if row.inspections or row.visits or row.unannounced)


def _of_authority(authority: Authority, done: list[Entry], visits: list[int], said: int) -> OfAuthority:
    own = visits if authority is Authority.GUARANTOR else []
    went = {one.firm_id for one in done} | set(own)
    return OfAuthority(
        authority, sum(one.kind is Kind.INSPECTION for one in done), sum(one.kind is Kind.VISIT for one in done) + len(own),
        sum(one.joint for one in done), sum(one.urgent is not None for one in done),
        sum(one.found in {Found.FAULT, Found.OFFENCE} for one in done), len(went), said,
    )  # fmt: skip
