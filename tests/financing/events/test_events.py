"""An event from its announcement to its ratings; what the database holds whatever the code says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from financing.event_refusals import (
    EventBegun,
    EventRated,
    NotBegun,
    NotInvited,
    SignedUp,
    SigningOver,
    TooManyPeople,
)
from financing.events import service, views
from financing.events.model import Event, EventPlace
from financing.events.rules import Audience, EventKind
from financing.outbox import Outgoing
from financing.ratings.rules import Grade
from financing.refusals import NotAllowed, NotFound, OutOfRange, WrongState
from tests.financing.events.conftest import SOON, plan
from tests.makers import NOW, TODAY, at, writing

DAY = timedelta(days=1)


def notices(hall, act):
    with writing(hall.database) as session:
        rows = session.scalars(select(Outgoing).where(Outgoing.kind == "notice")).all()
        return sorted(row.payload["to"]["firm"] for row in rows if row.payload["code"] == act)


def test_places_go_in_turn_and_who_leaves_makes_room_for_whoever_fits(hall):
    event = hall.plans(places=4, most=3)
    first, second, third, fourth = (hall.signs(firm, event, people) for firm, people in enumerate((3, 2, 1, 1)))
    assert hall.states(first, second, third, fourth) == ["placed", "waiting", "placed", "waiting"]
    assert hall.row(Event, event).taken == 4
    hall.leaves(2, third)  # one place: the two of the second do not fit, the fourth does
    assert hall.states(first, second, third, fourth) == ["placed", "waiting", "left", "placed"]
    hall.leaves(0, first)
    assert hall.states(second, fourth) == ["placed", "placed"]
    assert hall.row(Event, event).taken == 3
    assert notices(hall, "event.move_up") == sorted(hall.firms[firm].firm_id for firm in (1, 3))  # each told once


def test_who_left_may_come_back_at_the_end_of_the_line(hall):
    event = hall.plans(places=1, most=1)
    first, second = hall.signs(0, event), hall.signs(1, event)
    hall.leaves(0, first)
    again = hall.signs(0, event)
    assert hall.states(first, second, again) == ["left", "placed", "waiting"]


def test_what_cannot_be_signed_up_to(hall):
    event = hall.plans(until=TODAY + DAY)
    hall.signs(0, event)
    for refusal, firm, people, now in (
        (SignedUp, 0, 1, NOW),
        (TooManyPeople, 1, 4, NOW),
        (TooManyPeople, 1, 0, NOW),
        (SigningOver, 1, 1, NOW + 2 * DAY),
    ):
        with pytest.raises(refusal):
            hall.signs(firm, event, people, now)
    for facts in ({"audience": Audience.INDUSTRY, "branch": "65"}, {"audience": Audience.INDUSTRY, "branch": "3341"}):
        with pytest.raises(NotInvited):
            hall.signs(1, hall.plans(**facts))


def test_a_name_twice_is_refused(hall):
    event = hall.plans()
    with at(hall.database, hall.firms[0]) as desk, pytest.raises(TooManyPeople):
        service.sign_up(desk, desk.get(Event, event), "王一\n王一", "13800000000")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"starts": NOW - DAY}, "day"),
        ({"ends": SOON}, "ends_at"),
        ({"ends": SOON + DAY}, "ends_at"),
        ({"until": TODAY - DAY}, "sign_until"),
        ({"until": TODAY + 10 * DAY}, "sign_until"),
        ({"places": 2, "most": 3}, "most_people"),
        ({"audience": Audience.INDUSTRY}, "branch"),
    ],
)
def test_times_and_numbers_fit_each_other(hall, facts, field):
    with pytest.raises(OutOfRange) as refused:
        hall.plans(**facts)
    assert refused.value.facts["field"] == field


def test_everybody_is_told_of_another_place_and_of_the_end(hall):
    event = hall.plans(places=1, most=1)
    first, second = hall.signs(0, event), hall.signs(1, event)
    both = sorted(actor.firm_id for actor in hall.firms[:2])
    with at(hall.database, hall.officer) as desk:
        here = desk.get(Event, event)
        service.move(
            desk,
            here,
            starts=SOON + DAY,
            ends=SOON + DAY + timedelta(hours=1),
            place="三楼",
            until=TODAY + DAY,
            why="会场占用",
        )
    assert notices(hall, "event.move") == both
    with at(hall.database, hall.officer) as desk:
        service.cancel(desk, desk.get(Event, event), "讲师生病")
    assert notices(hall, "event.cancel") == both
    assert hall.states(first, second) == ["lapsed", "lapsed"]
    with pytest.raises(SigningOver):
        hall.signs(2, event)


def test_the_list_is_ticked_on_the_day_and_closed_afterwards(hall):
    event = hall.plans(places=3, most=1)
    came, missed, unticked, waiting = (hall.signs(firm, event) for firm in range(4))
    with pytest.raises(NotBegun):
        hall.ticks(came, now=NOW)
    with pytest.raises(NotBegun):
        hall.holds(event, NOW)
    hall.ticks(came)
    hall.ticks(missed)
    hall.ticks(missed, came=False)  # a slip is mended
    with pytest.raises(EventBegun):
        hall.leaves(2, unticked, SOON)
    hall.holds(event)
    assert hall.states(came, missed, unticked, waiting) == ["came", "missed", "missed", "lapsed"]
    assert hall.row(Event, event).taken == 3
    with pytest.raises(WrongState):
        hall.ticks(unticked)


def test_who_came_rates_once_and_the_host_reads_no_small_group(hall):
    event = hall.plans(places=6, most=1)
    places = [hall.signs(firm, event) for firm in range(6)]
    for place in places[:5]:
        hall.ticks(place)
    hall.holds(event)
    with pytest.raises(WrongState):
        hall.rates(5, places[5], Grade.ONE)
    with pytest.raises(NotFound):
        hall.rates(1, places[0], Grade.ONE)
    for firm, place in enumerate(places[:4]):
        hall.rates(firm, place, Grade.FIVE, f"意见{firm}")
    with pytest.raises(EventRated):
        hall.rates(0, places[0], Grade.ONE)
    assert heard(hall, event) == (4, True, 0, ())
    hall.rates(4, places[4], Grade.TWO)
    assert heard(hall, event) == (5, False, 4, ("意见0", "意见1", "意见2", "意见3"))
    with at(hall.database, hall.officer, write=False) as desk:
        (row,) = views.figures(desk, TODAY.year)
    assert (row.kind, row.events, row.places, row.taken, row.firms, row.came, row.missed, row.rated, row.content) == (
        EventKind.SAFETY, 1, 6, 6, 5, 5, 1, 5, 4,
    )  # fmt: skip


def heard(hall, event):
    with at(hall.database, hall.officer, write=False) as desk:
        found = views.one(desk, desk.get(Event, event)).heard
    return found.count, found.hidden, found.content, found.says


def test_a_firm_sees_its_own_sign_up_alone_and_its_turn(hall):
    event = hall.plans(places=1, most=1)
    hall.signs(0, event)
    hall.signs(1, event)
    hall.signs(2, event)
    with at(hall.database, hall.firms[2], write=False) as desk:
        found = views.one(desk, desk.get(Event, event))
        assert (found.turn, found.waiting, found.signed, len(desk.all(EventPlace))) == (2, 2, (), 1)
    with at(hall.database, hall.firms[0]) as desk, pytest.raises(NotAllowed):
        service.plan(desk, plan())


@pytest.mark.parametrize(
    "change",
    [
        update(Event).values(taken=5),
        update(Event).values(taken=-1),
        update(Event).values(places=9),
        update(Event).values(title="另一个活动"),
        update(EventPlace).values(people=2),
        update(EventPlace).values(names=["别人"]),
    ],
)
def test_the_database_holds_the_places_and_what_was_announced(hall, change):
    event = hall.plans()
    hall.signs(0, event)
    with pytest.raises(IntegrityError), writing(hall.database) as session:
        session.execute(change)
