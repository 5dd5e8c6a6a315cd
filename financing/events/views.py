"""What people see of events: what is coming, one event with its list, and figures by kind in which no firm is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select

from financing import parameters
from financing.access import FIRM
from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.events import rules
from financing.events.model import Event, EventPlace, EventRating
from financing.events.rules import SEATED, EventKind, EventState, PlaceState
from financing.listed import Listed, listed
from financing.parties import names
from financing.parties.model import Firm
from financing.ratings.rules import BAD, Grade
from financing.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Row:
    """An event in a list, and the own firm's sign-up where there is one."""

    event: Event
    own: EventPlace | None


@dataclass(frozen=True, slots=True)
class Heard:
    """How those who came rated an event; `hidden` when so few did that a firm could be told from it."""

    count: int
    hidden: bool
    grades: dict[Grade, int]
    says: tuple[str, ...]

    @property
    def content(self) -> int:
        """How many of the upper three grades."""
        return sum(count for grade, count in self.grades.items() if grade not in BAD)


@dataclass(frozen=True, slots=True)
class Signed:
    """One firm on the list, for the office."""

    place: EventPlace
    firm: str
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """One event with everything the reader may do about it; `signed` is the office's list, in turn."""

    event: Event
    own: EventPlace | None
    acts: tuple[Act, ...]
    signed: tuple[Signed, ...]
    waiting: int
    heard: Heard
    rated: bool
    turn: int  # of the own firm on the waiting list, 1 is next; nought where it does not wait

    @property
    def id(self) -> int:
        return self.event.id


@dataclass(frozen=True, slots=True)
class KindFigures:
    """Events of one kind that were held in a year: places offered and taken, firms and people, and what was said."""

    kind: EventKind
    events: int
    places: int
    taken: int
    firms: int
    came: int
    missed: int
    rated: int
    content: int | None  # None where so few spoke that a firm could be told from it


def every(desk: Desk, page: int = 1, *, over: bool = False) -> Listed[Row]:
    """What is to come, the soonest first; or what is over, the newest first."""
    coming = (Event.state == EventState.OPEN) & (Event.ends >= desk.now)
    query = desk.select(Event).where(~coming if over else coming)
    found = listed(desk, query.order_by(Event.starts.desc() if over else Event.starts, Event.id), page, lambda one: one)
    own = {one.event_id: one for one in _own(desk, [event.id for event in found.rows])}
    rows = tuple(Row(event, own.get(event.id)) for event in found.rows)
    return Listed(rows, found.page, found.of, found.total, found.more)


def _own(desk: Desk, events: Sequence[int]) -> list[EventPlace]:
    """Sign-ups of the own firm; of several the last one counts."""
    if desk.actor.role not in FIRM:
        return []
    return desk.all(
        EventPlace, EventPlace.event_id.in_(events), EventPlace.firm_id == desk.actor.firm_id, by=EventPlace.turn
    )


def own_place(desk: Desk, event: int) -> EventPlace:
    """The own firm's last sign-up to an event; NotFound where there is none."""
    found = _own(desk, [event])
    if not found:
        raise NotFound(kind="EventPlace")
    return found[-1]


def one(desk: Desk, event: Event) -> EventView:
    """An event as its reader may see it."""
    own = next(iter(reversed(_own(desk, [event.id]))), None)
    rated = own is not None and desk.find(EventRating, EventRating.place_id == own.id) is not None
    return EventView(
        event, own, _acts(desk, event, own, rated=rated), _signed(desk, event), _waiting(desk, event.id), heard(desk, event), rated,
        _turn(desk, own),
    )  # fmt: skip


def _acts(desk: Desk, event: Event, own: EventPlace | None, *, rated: bool) -> tuple[Act, ...]:
    if desk.actor.role not in FIRM:
        begun = desk.now >= event.starts
        return tuple(act for act in desk.acts(event) if (act is Act.HOLD_EVENT) is begun)
    standing = own is not None and own.state in rules.STANDING
    open_now = event.state is EventState.OPEN and desk.today <= event.until and desk.now < event.starts
    offered = {
        Act.SIGN_UP: open_now and not standing and _welcome(desk, event),
        Act.LEAVE_EVENT: own is not None
        and own.state in {PlaceState.PLACED, PlaceState.WAITING}
        and desk.now < event.starts,
        Act.RATE_EVENT: own is not None and own.state is PlaceState.CAME and not rated,
    }
    return tuple(act for act, now in offered.items() if now)


def _welcome(desk: Desk, event: Event) -> bool:
    firm = desk.find(Firm, Firm.id == desk.actor.firm_id)
    return firm is not None and rules.invited(event.audience, event.branch, firm.size, firm.industry)


def _signed(desk: Desk, event: Event) -> tuple[Signed, ...]:
    if desk.actor.role in FIRM:
        return ()
    query = (
        desk.select(EventPlace).add_columns(names.of_firm(EventPlace.firm_id)).where(EventPlace.event_id == event.id)
    )
    rows = desk.session.execute(query.order_by(EventPlace.turn)).all()
    ready = event.state is EventState.OPEN and desk.today >= event.starts.astimezone(BEIJING).date()
    ticks = {Act.TICK_CAME, Act.TICK_MISSED} if ready else set()
    return tuple(Signed(place, firm, tuple(act for act in desk.acts(place) if act in ticks)) for place, firm in rows)


def _waiting(desk: Desk, event: int) -> int:
    """People on the waiting list, whoever asks: it tells no name."""
    people = select(func.coalesce(func.sum(EventPlace.people), 0))
    return int(
        desk.session.scalar(people.where(EventPlace.event_id == event, EventPlace.state == PlaceState.WAITING)) or 0
    )


def _turn(desk: Desk, own: EventPlace | None) -> int:
    if own is None or own.state is not PlaceState.WAITING:
        return 0
    before = select(func.count()).where(
        EventPlace.event_id == own.event_id, EventPlace.state == PlaceState.WAITING, EventPlace.turn < own.turn
    )
    return int(desk.session.scalar(before) or 0) + 1


def heard(desk: Desk, event: Event) -> Heard:
    """What was said of an event, without names, once enough firms have spoken."""
    query = (
        select(EventRating.grade, EventRating.says).where(EventRating.event_id == event.id).order_by(EventRating.says)
    )
    rows = desk.session.execute(query).all()
    if len(rows) < parameters.figure("rating_least_firms", desk.today).value:
        return Heard(len(rows), True, {}, ())
    counts = Counter(grade for grade, _ in rows)
    return Heard(len(rows), False, {grade: counts[grade] for grade in Grade}, tuple(says for _, says in rows if says))


def figures(desk: Desk, year: int) -> tuple[KindFigures, ...]:
    """Events held in a year, kind by kind."""
    since, until = (datetime.combine(date(one, 1, 1), time(0), tzinfo=BEIJING) for one in (year, year + 1))
    held = (Event.state == EventState.HELD, Event.starts >= since, Event.starts < until)
    sums = (
        select(Event.kind, func.count(), func.sum(Event.places), func.sum(Event.taken))
        .where(*held)
        .group_by(Event.kind)
    )
    people = select(
        Event.kind, EventPlace.state, func.count(EventPlace.firm_id.distinct()), func.sum(EventPlace.people)
    )
    people = people.join(EventPlace, EventPlace.event_id == Event.id).where(*held, EventPlace.state.in_(SEATED))
    said = select(Event.kind, EventRating.grade, func.count()).join(EventRating, EventRating.event_id == Event.id)
    execute = desk.session.execute
    came = {
        (kind, state): (firms, count)
        for kind, state, firms, count in execute(people.group_by(Event.kind, EventPlace.state))
    }
    grades = {
        (kind, grade): count
        for kind, grade, count in execute(said.where(*held).group_by(Event.kind, EventRating.grade))
    }
    rows = {kind: row for kind, *row in execute(sums)}
    least = parameters.figure("rating_least_firms", desk.today).value
    return tuple(_figures(kind, rows[kind], came, grades, least) for kind in EventKind if kind in rows)


def _figures(
    kind: EventKind, row: Sequence[Any], came: dict[Any, Any], grades: dict[Any, int], least: int
) -> KindFigures:
    none = (0, 0)
    counts = {grade: grades.get((kind, grade), 0) for grade in Grade}
    rated = sum(counts.values())
    return KindFigures(
        kind, int(row[0]), int(row[1]), int(row[2]), int(came.get((kind, PlaceState.CAME), none)[0]),
        int(came.get((kind, PlaceState.CAME), none)[1]), int(came.get((kind, PlaceState.MISSED), none)[1]), rated,
        rated - sum(counts[grade] for grade in BAD) if rated >= least else None,
    )  # fmt: skip
