"""A firm, the people who help it, and what is done about it on which day."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from financing.access import SYSTEM, Actor, Role
from financing.db import Database
from financing.desk import BEIJING
from financing.helping.ladder_model import HelpEscalation
from financing.helping.task_model import Task
from financing.outbox import Outgoing
from financing.parties.model import Firm
from financing.people.model import User
from tests.makers import TODAY, a_firm, a_user, at, writing
from web import jobs

_ticks = itertools.count()


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of that day in Beijing."""
    return datetime.combine(day, time(hour, minute), BEIJING)


@dataclass
class Zone:
    """One firm with its signatory, three officers, two leaders."""

    database: Database
    firm: Firm
    signatory: User
    officer: User
    second: User
    third: User
    leader: User
    other_leader: User

    def at(self, who: User | Actor, day: date = TODAY, hour: int = 10, minute: int = 0):
        actor = who.actor if isinstance(who, User) else who
        return at(self.database, actor, moment(day, hour, minute) + timedelta(microseconds=next(_ticks)))

    def read(self, kind, *where):
        with at(self.database, SYSTEM, write=False) as desk:
            return desk.all(kind, *where, by=kind.id)

    def runs(self, day: date, hour: int = 1) -> dict[str, int]:
        """What the day does by itself for helping firms."""
        return jobs._helped(self.database, moment(day, hour))

    def task(self, task: Task) -> Task:
        (found,) = self.read(Task, Task.id == task.id)
        return found

    def told(self, thing) -> list[tuple[date, str]]:
        """The rungs told of a matter, by the day of the deadline."""
        found = self.read(HelpEscalation, HelpEscalation.matter_id == thing.id)
        return sorted((one.due_on, one.rung.value) for one in found)

    def notices(self, act: str) -> list[dict]:
        """To whom notices of an act go."""
        with writing(self.database) as session:
            rows = session.scalars(
                select(Outgoing).where(Outgoing.kind == "notice").order_by(Outgoing.due_at, Outgoing.id)
            )
            return [row.payload["to"] for row in rows if row.payload["code"] == act]


@pytest.fixture
def zone(database) -> Zone:
    with writing(database) as session:
        firm = a_firm(session)
        people = [a_user(session, Role.OFFICER, name=name) for name in ("周经办", "孙经办", "吴经办")]
        leaders = [a_user(session, Role.LEADER, name=name) for name in ("林主任", "何副主任")]
        signatory = a_user(session, Role.SIGNATORY, name="张总", firm_id=firm.id)
    return Zone(database, firm, signatory, *people, *leaders)
