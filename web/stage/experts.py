"""Outside experts on stage: on the register with what they declared, and called to the next meeting by lots."""

from __future__ import annotations

from datetime import date, datetime

from financing.access import SYSTEM, Role
from financing.guarantees import experts
from financing.guarantees.interest_rules import Ground, Interest
from financing.guarantees.interests import declare
from financing.guarantees.model import Meeting
from financing.people.model import User
from web.stage.road import Stage

PEOPLE = (
    ("zhuanjia1", "卫教授", "财务与审计", "示范财经学院"),
    ("zhuanjia2", "蒋律师", "担保法务", "示范律师事务所"),
    ("zhuanjia3", "沈高工", "铜材与机电制造", "示范工业设计院"),
)
#: What one of them declares; it ties them to no firm on stage.
FORMER = Interest(Ground.EMPLOYER, "示范铜业检测中心", until=date(2024, 12, 31), note="技术顾问")


def register(stage: Stage, now: datetime, password_hash: str) -> None:
    for number, (login, name, field, employer) in enumerate(PEOPLE):
        with stage.desk(SYSTEM, now) as here:
            user = here.add(User(login=login, name=name, role=Role.MEMBER, password_hash=password_hash, joined_at=now))
        with stage.desk(stage.cast.officer, now) as here:
            experts.enter(here, here.get(User, user.id), field=field, employer=employer)
        with stage.desk(user.actor, now) as here:
            lines = [FORMER] if number == 2 else []
            declare(here, year=here.today.year, lines=lines, nothing=not lines)


def draw(stage: Stage, now: datetime, meeting: int) -> None:
    """The lots of a meeting that has been called."""
    with stage.desk(stage.cast.officer, now) as here:
        experts.draw(here, here.get(Meeting, meeting))
