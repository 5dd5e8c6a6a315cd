"""Many hands at once, and any order of acts: never more people than places, and nobody who fits is left waiting."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from financing.events.model import Event, EventPlace
from financing.outbox import Outgoing
from financing.refusals import Refusal
from tests.financing.events.conftest import a_hall
from tests.makers import NOW, writing

HANDS = 8


def holds(session, event):
    """What must be true of the list of an event, counted row by row."""
    here = session.get_one(Event, event, populate_existing=True)
    rows = session.scalars(select(EventPlace).where(EventPlace.event_id == event)).all()
    seated = sum(row.people for row in rows if row.state == "placed")
    assert seated == here.taken <= here.places
    assert all(row.people > here.places - seated for row in rows if row.state == "waiting")
    standing = [row.firm_id for row in rows if row.state in {"placed", "waiting"}]
    assert len(standing) == len(set(standing))
    told = [one.once for one in session.scalars(select(Outgoing).where(Outgoing.kind == "notice"))]
    assert len(told) == len(set(told))


def test_eight_hands_at_once_never_take_more_than_there_is(database):
    hall = a_hall(database, HANDS)
    event = hall.plans(places=5, most=2)
    gate = Barrier(HANDS)

    def goes(firm):
        gate.wait()
        for _ in range(4):
            place = again(lambda: hall.signs(firm, event, 1 + firm % 2))
            if place and firm % 3:
                again(lambda place=place: hall.leaves(firm, place))

    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(goes, range(HANDS)))
    with writing(database) as session:
        holds(session, event)


def again(act):
    """As the pages do it: a lost race is run once more; a refusal is an answer."""
    for _ in range(20):
        try:
            return act()
        except (StaleDataError, OperationalError):
            continue
        except Refusal:
            return None
    raise AssertionError("lost every race")


class Hall(RuleBasedStateMachine):
    """Firms come and go as they like."""

    database = None

    def __init__(self):
        super().__init__()
        self.hall = a_hall(self.database, 5)
        self.event = self.hall.plans(places=5, most=3)
        self.places = {}

    @rule(firm=st.integers(0, 4), people=st.integers(1, 3))
    def signs(self, firm, people):
        try:
            self.places[firm] = self.hall.signs(firm, self.event, people, NOW)
        except Refusal:
            assert firm in self.places

    @rule(firm=st.integers(0, 4))
    def leaves(self, firm):
        if (place := self.places.pop(firm, None)) is not None:
            self.hall.leaves(firm, place)

    @invariant()
    def the_list_is_sound(self):
        with writing(self.database) as session:
            holds(session, self.event)


def test_any_order_of_coming_and_going_keeps_the_list_sound(sqlite_database):
    kind = type("Machine", (Hall,), {"database": sqlite_database})
    gate = settings.get_profile("gate")
    few = settings(gate, max_examples=12, stateful_step_count=12)
    run_state_machine_as_test(kind, settings=few if settings().max_examples <= 100 else settings())
