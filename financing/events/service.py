"""What people do about events (培训与活动): plan and move them, sign up and leave; the waiting list moves up by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.event_refusals import EventBegun, NotInvited, SignedUp, SigningOver, TooManyPeople
from financing.events import rules
from financing.events.model import Event, EventPlace
from financing.events.rules import Audience, EventKind, EventState, Party, PlaceState
from financing.journal import Private
from financing.numbers import Series, take_number
from financing.parties.identity import line, passage
from financing.parties.model import Firm
from financing.refusals import OutOfRange


@dataclass(frozen=True, slots=True)
class Plan:
    """What an event is to be; `starts` and `ends` are moments, `until` is the last day of signing up."""

    title: str
    kind: EventKind
    about: str
    host: str
    place: str
    starts: datetime
    ends: datetime
    places: int
    most: int
    until: date
    audience: Audience
    branch: str = ""


def plan(desk: Desk, said: Plan) -> Event:
    """Put an event on the public list (发布活动); OutOfRange for times and numbers that do not fit each other."""
    _fits(desk, said.starts, said.ends, said.until)
    if not 1 <= said.most <= min(said.places, rules.MOST_EACH):
        raise OutOfRange(field="most_people", least=1, most=min(said.places, rules.MOST_EACH))
    if said.audience is Audience.INDUSTRY and not said.branch:
        raise OutOfRange(field="branch", least=1, most=4)
    made = desk.add(
        Event(
            number=take_number(desk.session, Series.EVENT, desk.today.year), title=line(said.title, "title", 60), kind=said.kind,
            about=passage(said.about, "event_about", 1_000), host=line(said.host, "host", 60), place=line(said.place, "place"),
            starts=said.starts, ends=said.ends, places=said.places, most=said.most, until=said.until, audience=said.audience,
            branch=said.branch if said.audience is Audience.INDUSTRY else "", officer_id=desk.actor.id, officer=desk.actor.name,
            planned_at=desk.now,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.PLAN_EVENT, made, number=made.number, title=Private(made.title), places=made.places)
    return made


def _fits(desk: Desk, starts: datetime, ends: datetime, until: date) -> None:
    """In time to come, ended on the day it begins, and signing up ends by then."""
    day = starts.astimezone(BEIJING).date()
    if starts <= desk.now:
        raise OutOfRange(field="day", least=desk.today)
    if ends <= starts or ends.astimezone(BEIJING).date() != day:
        raise OutOfRange(field="ends_at", least=f"{starts.astimezone(BEIJING):%H:%M}", most="23:59")
    if not desk.today <= until <= day:
        raise OutOfRange(field="sign_until", least=desk.today, most=day)


def move(desk: Desk, event: Event, *, starts: datetime, ends: datetime, place: str, until: date, why: str) -> None:
    """Another time or place (变更活动): everybody on the list is told, and may leave again."""
    desk.session.refresh(event, with_for_update=True)
    _fits(desk, starts, ends, until)
    why = passage(why, "reason", 300)
    desk.take(Act.MOVE_EVENT, event, number=event.number, starts=starts, place=Private(place), why=Private(why))
    event.starts, event.ends, event.place, event.until, event.why = starts, ends, line(place, "place"), until, why
    _tell_all(desk, event, Act.MOVE_EVENT, f"{event.version}")


def cancel(desk: Desk, event: Event, why: str) -> None:
    """Call an event off (取消活动); everybody on the list is told why."""
    desk.session.refresh(event, with_for_update=True)
    why = passage(why, "reason", 300)
    desk.take(Act.CANCEL_EVENT, event, number=event.number, why=Private(why))
    event.why, event.closed_at, event.taken = why, desk.now, 0
    _tell_all(desk, event, Act.CANCEL_EVENT)
    for place in _listed(desk, event, PlaceState.PLACED, PlaceState.WAITING):
        desk.follow(Act.CANCEL_EVENT, place)
        place.since = desk.now


def sign_up(desk: Desk, event: Event, names: str, phone: str) -> EventPlace:
    """Sign the firm at the desk up (报名) with its people, one name a line: a place where all of them fit, else the waiting list.

    SigningOver, NotInvited, SignedUp, TooManyPeople.
    """
    desk.session.refresh(event, with_for_update=True)
    firm = desk.get(Firm, desk.actor.firm_id or 0)
    _welcome(desk, event, firm)
    people = _people(names, event.most)
    seated = len(people) <= event.free
    event.signed += 1
    place = desk.add(
        EventPlace(
            event_id=event.id, firm_id=firm.id, names=people, people=len(people), phone=line(phone, "phone", 20),
            turn=event.signed, at=desk.now, by=desk.actor.id, state=PlaceState.PLACED if seated else PlaceState.WAITING, since=desk.now,
        )
    )  # fmt: skip
    event.taken += len(people) if seated else 0
    desk.session.flush()
    desk.note(
        Act.SIGN_UP, place, number=event.number, people=len(people), state=place.state, names=Private("、".join(people))
    )
    return place


def _welcome(desk: Desk, event: Event, firm: Firm) -> None:
    if event.state is not EventState.OPEN or desk.today > event.until or desk.now >= event.starts:
        raise SigningOver(until=event.until)
    if not rules.invited(event.audience, event.branch, firm.size, firm.industry):
        raise NotInvited(audience=event.audience)
    if desk.find(
        EventPlace, EventPlace.event_id == event.id, EventPlace.firm_id == firm.id, EventPlace.state.in_(rules.STANDING)
    ):
        raise SignedUp


def _people(names: str, most: int) -> list[str]:
    people = [line(name, "participants", 20) for name in names.splitlines() if name.strip()]
    if not 1 <= len(people) <= most or len(set(people)) != len(people):
        raise TooManyPeople(field="participants", most=most)
    return people


def leave(desk: Desk, place: EventPlace) -> None:
    """Take the firm's sign-up back (取消报名) before the event begins; whoever waits moves up. EventBegun."""
    event = desk.get(Event, place.event_id, lock=True)
    for thing in (event, place):
        desk.session.refresh(thing, with_for_update=True)
    if desk.now >= event.starts:
        raise EventBegun(starts=event.starts)
    seated = place.state is PlaceState.PLACED
    desk.take(Act.LEAVE_EVENT, place, number=event.number)
    place.since = desk.now
    if seated:
        event.taken -= place.people
        desk.session.flush()
        _move_up(desk, event)


def _move_up(desk: Desk, event: Event) -> None:
    """Whoever fits moves up, in turn, and is told once."""
    waiting = _listed(desk, event, PlaceState.WAITING)
    by_id = {place.id: place for place in waiting}
    for key in rules.moving_up([Party(place.id, place.people) for place in waiting], event.free):
        place = by_id[key]
        desk.take(Act.MOVE_UP, place, number=event.number)
        place.since = desk.now
        event.taken += place.people
        _tell(desk, event, Act.MOVE_UP, place.firm_id, f"{place.id}")


def _listed(desk: Desk, event: Event, *states: PlaceState) -> Sequence[EventPlace]:
    """Everybody on the list of an event in turn, whoever asks: a firm that leaves makes room for firms it does not see."""
    wanted = select(EventPlace).where(EventPlace.event_id == event.id, EventPlace.state.in_(states))
    return desk.session.scalars(wanted.order_by(EventPlace.turn)).all()


def _tell_all(desk: Desk, event: Event, act: Act, mark: str = "") -> None:
    for place in _listed(desk, event, PlaceState.PLACED, PlaceState.WAITING):
        _tell(desk, event, act, place.firm_id, f"{place.id}:{mark}")


def _tell(desk: Desk, event: Event, act: Act, firm: int, mark: str) -> None:
    desk.later("notice", f"{act}:{mark}", to={"firm": firm}, code=act.value, subject=event.id, number=event.number)
