"""An officer, firms that can sign up, and an event with few places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest

from financing.access import Actor, Role
from financing.db import Database
from financing.events import attendance, service
from financing.events.model import Event, EventPlace
from financing.events.rules import Audience, EventKind
from financing.events.service import Plan
from financing.ratings.rules import Grade
from tests.makers import NOW, TODAY, a_firm, a_user, at, writing

SOON = NOW + timedelta(days=9)
_names = count(1)


def plan(**facts) -> Plan:
    return Plan(**{
        "title": "安全生产责任人培训", "kind": EventKind.SAFETY, "about": "新安全生产法要点", "host": "经开区应急管理分局", "place": "会议中心二楼",
        "starts": SOON, "ends": SOON + timedelta(hours=2), "places": 4, "most": 3, "until": TODAY + timedelta(days=7),
        "audience": Audience.ALL, "branch": "", **facts,
    })  # fmt: skip


@dataclass
class Hall:
    """Everybody's doings, each at a desk of their own."""

    database: Database
    officer: Actor
    firms: list[Actor]

    def plans(self, **facts) -> int:
        with at(self.database, self.officer) as desk:
            return service.plan(desk, plan(**facts)).id

    def signs(self, firm: int, event: int, people: int = 1, now=NOW) -> int:
        names = "\n".join(f"学员{next(_names)}" for _ in range(people))
        with at(self.database, self.firms[firm], now) as desk:
            return service.sign_up(desk, desk.get(Event, event), names, "13800000000").id

    def leaves(self, firm: int, place: int, now=NOW) -> None:
        with at(self.database, self.firms[firm], now) as desk:
            service.leave(desk, desk.get(EventPlace, place))

    def ticks(self, place: int, *, came: bool = True, now=SOON) -> None:
        with at(self.database, self.officer, now) as desk:
            attendance.tick(desk, desk.get(EventPlace, place), came=came)

    def holds(self, event: int, now=SOON + timedelta(hours=3)) -> None:
        with at(self.database, self.officer, now) as desk:
            attendance.hold(desk, desk.get(Event, event))

    def rates(self, firm: int, place: int, grade: Grade, says: str = "", now=SOON + timedelta(hours=4)) -> None:
        with at(self.database, self.firms[firm], now) as desk:
            attendance.rate(desk, desk.get(EventPlace, place), grade, says)

    def row(self, kind, key):
        with writing(self.database) as session:
            return session.get_one(kind, key)

    def states(self, *places: int) -> list[str]:
        return [self.row(EventPlace, place).state.value for place in places]


def a_hall(database: Database, firms: int = 6) -> Hall:
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER).actor
        people = [a_user(session, Role.SIGNATORY, firm_id=a_firm(session).id).actor for _ in range(firms)]
    return Hall(database, officer, people)


@pytest.fixture
def hall(database):
    return a_hall(database)
