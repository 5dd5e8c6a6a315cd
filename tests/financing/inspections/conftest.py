"""An officer, a leader and firms; what each does, at a desk of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from financing.access import Actor, Role
from financing.db import Database
from financing.inspections import service
from financing.inspections.model import Inspection
from financing.inspections.rules import Authority, Found, Kind, Topic
from financing.inspections.service import Booking
from financing.parties.model import Firm
from tests.makers import NOW, TODAY, a_firm, a_user, at, writing

#: A Monday and a Tuesday after the 25th, and so not quiet by the figures shipped.
MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 29)


def booking(**facts) -> Booking:
    return Booking(**{
        "kind": Kind.INSPECTION, "authority": Authority.EMERGENCY, "topic": Topic.WORK_SAFETY, "basis": "安全生产法第六十五条",
        "day": MONDAY, **facts,
    })  # fmt: skip


@dataclass
class Office:
    database: Database
    officer: Actor
    leader: Actor
    firms: list[Actor]

    def books(self, firm: int = 0, now=NOW, **facts) -> int:
        with at(self.database, self.officer, now) as desk:
            return service.book(desk, desk.get(Firm, self.firms[firm].firm_id), booking(**facts)).id

    def does(self, who: Actor, act, key: int, *said, now=NOW):
        with at(self.database, who, now) as desk:
            return act(desk, desk.get(Inspection, key), *said)

    def records(self, key: int, day: date = MONDAY, found: Found = Found.FINE) -> None:
        self.does(self.officer, service.record, key, found, "现场正常", day, now=moment(day))

    def row(self, key: int) -> Inspection:
        with writing(self.database) as session:
            return session.get_one(Inspection, key)


def moment(day: date) -> datetime:
    return NOW + (day - TODAY)


@pytest.fixture
def office(database):
    with writing(database) as session:
        officer, leader = a_user(session, Role.OFFICER).actor, a_user(session, Role.LEADER).actor
        firms = [a_user(session, Role.SIGNATORY, firm_id=a_firm(session).id).actor for _ in range(3)]
    return Office(database, officer, leader, firms)
