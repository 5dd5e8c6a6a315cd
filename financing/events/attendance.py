"""Who came (签到) and what they say of it (活动评价): ticked from the list on the day, rated once by firms that came."""

from __future__ import annotations

from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.event_refusals import EventRated, NotBegun
from financing.events.model import Event, EventPlace, EventRating
from financing.events.rules import EventState, PlaceState
from financing.journal import Private
from financing.parties.identity import passage
from financing.ratings.rules import Grade
from financing.refusals import WrongState


def tick(desk: Desk, place: EventPlace, *, came: bool) -> None:
    """Note that a firm's people are there, or are not (签到); on the day and until the event is closed. NotBegun."""
    event = desk.get(Event, place.event_id, lock=True)
    act = Act.TICK_CAME if came else Act.TICK_MISSED
    if event.state is not EventState.OPEN:
        raise WrongState(state=event.state, act=act)
    if desk.today < event.starts.astimezone(BEIJING).date():
        raise NotBegun(starts=event.starts)
    desk.take(act, place, number=event.number)
    place.since = desk.now


def hold(desk: Desk, event: Event) -> None:
    """Close an event that has been held (活动办结): whoever was not ticked stayed away, whoever still waited gets no place. NotBegun."""
    desk.session.refresh(event, with_for_update=True)
    if desk.now < event.starts:
        raise NotBegun(starts=event.starts)
    left = desk.all(
        EventPlace, EventPlace.event_id == event.id, EventPlace.state.in_((PlaceState.PLACED, PlaceState.WAITING))
    )
    desk.take(Act.HOLD_EVENT, event, number=event.number, taken=event.taken)
    event.closed_at = desk.now
    for place in left:
        desk.follow(Act.HOLD_EVENT, place)
        place.since = desk.now


def rate(desk: Desk, place: EventPlace, grade: Grade, says: str = "") -> EventRating:
    """Say how the event was (评价活动), one to five, once, by a firm that came; EventRated, WrongState."""
    if desk.find(EventRating, EventRating.place_id == place.id):
        raise EventRated
    said = passage(says, "rating_says") if says.strip() else ""
    desk.take(Act.RATE_EVENT, place, said=Private(f"{grade.value} {said}"))
    return desk.add(
        EventRating(
            place_id=place.id,
            event_id=place.event_id,
            firm_id=place.firm_id,
            grade=grade,
            says=said,
            given_on=desk.today,
        )
    )
