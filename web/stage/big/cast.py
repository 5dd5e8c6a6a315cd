"""Who stands behind the rows of the big zone, and which day it is: read anew at every start, the same each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from financing.access import SYSTEM, Actor, Role
from financing.desk import Desk
from financing.guarantees.model import Limit
from financing.guarantees.rules import Scope
from financing.parties.model import Bank, Guarantor, Product
from financing.people.model import User
from web.stage.big.fates import DAYS
from web.stage.big.keys import key

BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the zone is, from which seed, and its last moment."""

    firms: int
    needs: int
    seed: int
    now: datetime

    @property
    def start(self) -> datetime:
        return self.now - timedelta(days=DAYS)

    @property
    def today(self) -> date:
        return self.now.astimezone(BEIJING).date()

    def key(self, kind: str, number: int) -> int:
        return key(self.seed, kind, number)

    def running(self, series: str, number: int) -> str:
        """The number people know the n-th need by, or what came of it; counted anew each year."""
        year, place = self.place(number)
        return f"{series}{year}-{place:04d}"

    def place(self, number: int) -> tuple[int, int]:
        year = (self.start + timedelta(days=DAYS) * number / self.needs).astimezone(BEIJING).year
        begun = datetime(year, 1, 1, tzinfo=BEIJING) - self.start
        first = max(0, -(-begun * self.needs // timedelta(days=DAYS)))
        return year, number - first + 1


@dataclass(frozen=True, slots=True)
class Cast:
    """The people, banks and limits by id."""

    officer: Actor
    second: Actor
    chair: Actor
    banks: tuple[int, ...]
    bankers: Mapping[int, Actor]
    products: Mapping[int, int]
    guarantor: Any
    facility: int


def read(session: Session, plan: Plan) -> Cast:
    """The cast as `cast.engage` put it there."""
    desk = Desk(session, SYSTEM, plan.now)
    people = desk.all(User, by=User.login)
    staff = {user.login: user.actor for user in people}
    banks = tuple(bank.id for bank in desk.all(Bank, by=Bank.name))
    products = {product.bank_id: product.id for product in desk.all(Product, by=Product.id)}
    limit = desk.find(Limit, Limit.scope == Scope.FACILITY)
    assert limit is not None  # noqa: S101  the first batch puts it there
    return Cast(
        officer=staff["jingban"], second=staff["jingban2"], chair=staff["zhuren"], banks=banks,
        bankers={user.bank_id: user.actor for user in people if user.role is Role.BANKER and user.bank_id},
        products=products, guarantor=desk.find(Guarantor), facility=limit.id,
    )  # fmt: skip
