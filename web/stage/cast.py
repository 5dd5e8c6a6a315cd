"""The cast of a demo zone and of rehearsals: guarantor, banks with their products, officers, committee, bankers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from financing import desk
from financing.access import SYSTEM, Actor, Role
from financing.db import Database
from financing.desk import Desk
from financing.money import Fen, Rate
from financing.parties import service as parties
from financing.parties import shelf
from financing.parties.model import Bank
from financing.parties.rules import BankKind, GuarantorKind
from financing.people.model import User

BANKS = Path(__file__).parent / "banks.toml"
MONTH = timedelta(days=30)
#: Whom letters of refusal send a firm to.
HELPER = "经开区企业服务中心，电话 0000-0000000"
#: A password hash that no password has: an account of the cast that nobody signs in with.
NOBODY = "!"

STAFF = (
    ("jingban", Role.OFFICER, "周经办"),
    ("jingban2", Role.OFFICER, "孙复核"),
    ("zhuren", Role.CHAIR, "吴主任"),
    ("weiyuan1", Role.MEMBER, "郑委员"),
    ("weiyuan2", Role.MEMBER, "王委员"),
    ("weiyuan3", Role.MEMBER, "冯委员"),
    ("weiyuan4", Role.MEMBER, "陈委员"),
    ("lingdao", Role.LEADER, "褚书记"),
    ("shenji", Role.AUDITOR, "卫审计"),
    ("guanliyuan", Role.ADMIN, "蒋管理"),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is there: one actor a role, the members, and one officer for each bank by its id."""

    officer: Actor
    second: Actor  # the other officer: who goes there and who reads it are two people
    chair: Actor
    members: tuple[Actor, ...]
    leader: Actor
    bankers: Mapping[int, Actor]
    banks: Mapping[int, str]

    @property
    def committee(self) -> tuple[Actor, ...]:
        return (self.chair, *self.members)


def engage(database: Database, now: datetime, until: date, password_hash: str = NOBODY) -> Cast:
    """Register guarantor, banks, products and people; licence and products hold beyond the day `until`."""
    plan = tomllib.loads(BANKS.read_text(encoding="utf-8"))
    with desk.opened(database, SYSTEM, now) as here:
        _guarantor(here, plan["guarantor"], until)
        staff = [_person(here, login, role, name, password_hash) for login, role, name in STAFF]
        banks = [_bank(here, entry, until) for entry in plan["bank"]]
        bankers = [
            _person(here, f"yinhang{n}", Role.BANKER, f"{name}经理", password_hash, bank.id)
            for n, (bank, name) in enumerate(zip(banks, "沈韩杨朱秦尤许何", strict=True), 1)
        ]
    by_role = {user.role: user.actor for user in reversed(staff)}
    members = tuple(user.actor for user in staff if user.role is Role.MEMBER)
    return Cast(
        by_role[Role.OFFICER],
        next(user.actor for user in reversed(staff) if user.role is Role.OFFICER),
        by_role[Role.CHAIR],
        members,
        by_role[Role.LEADER],
        {user.bank_id: user.actor for user in bankers if user.bank_id},
        {bank.id: bank.name for bank in banks},
    )


def _guarantor(here: Desk, plan: Mapping[str, Any], until: date) -> None:
    parties.set_guarantor(
        here,
        name=plan["name"],
        kind=GuarantorKind(plan["kind"]),
        net_assets=Fen.wan(plan["net_assets"]),
        share=Rate.percent(plan["share"]),
        fee=Rate.percent(str(plan["fee"])),
        licence=plan["licence"],
        licence_until=until + plan["licence_months"] * MONTH,
    )


def _bank(here: Desk, entry: Mapping[str, Any], until: date) -> Bank:
    bank = shelf.add_bank(here, name=entry["name"], kind=BankKind(entry["kind"]), phone="0797-0000000")
    for product in entry["products"]:
        shelf.add_product(here, bank, **_terms(product, here.today, until))
    return bank


def _terms(product: Mapping[str, Any], today: date, until: date) -> dict[str, Any]:
    amounts = {"least": Fen.wan(product["least"]), "most": Fen.wan(product["most"])}
    months = {"shortest": product["shortest"], "longest": product["longest"]}
    lists = {name: list(product.get(name, [])) for name in ("sizes", "purposes", "barred", "sections")}
    spread = Rate(product["spread"] * 100)  # basis points
    span = {"valid_from": today - MONTH, "valid_until": until + 12 * MONTH}
    return {"name": product["name"], "grade": product["grade"], "spread": spread, **amounts, **months, **lists, **span}


def _person(here: Desk, login: str, role: Role, name: str, password_hash: str, bank_id: int | None = None) -> User:
    user = User(login=login, name=name, role=role, password_hash=password_hash, joined_at=here.now, bank_id=bank_id)
    return here.add(user)
