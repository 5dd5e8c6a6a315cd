"""What banks on stage keep of themselves: a branch, who may offer how much, a product in a new version, and what they look for."""

from __future__ import annotations

from datetime import datetime, timedelta

from financing.access import SYSTEM, Role
from financing.matching import appetite
from financing.matching.appetite_rules import Limits, periods
from financing.money import Fen, Rate
from financing.parties import rights, shelf
from financing.parties.model import Bank, Product
from financing.people.model import User
from web.stage.road import Stage

BRANCH = "工业园分理处"


def settle(stage: Stage, now: datetime, password_hash: str) -> None:
    """The first bank opens a branch, names its administrator, and lets its officer offer as head of the branch."""
    first = next(iter(stage.cast.banks))
    with stage.desk(SYSTEM, now) as here:
        bank = here.get(Bank, first)
        shelf.add_bank(here, name=f"{bank.name}{BRANCH}", kind=bank.kind, phone=bank.phone, parent=bank)
        head = User(
            login="yinhang1gl", name="云泽管理员", role=Role.BANK_ADMIN, password_hash=password_hash, joined_at=now,
            bank_id=first,
        )  # fmt: skip
        here.add(head)
    with stage.desk(head.actor, now + timedelta(minutes=5)) as here:
        officer = here.get(User, stage.cast.bankers[first].id)
        rights.give(here, officer, most=Fen.wan(1_000), heads=True)


def look(stage: Stage, now: datetime) -> None:
    """Four banks say what they look for this month and the next; one brings out its product anew, a little cheaper."""
    wishes = (
        (Limits(least=Fen.wan(50).fen, most=Fen.wan(800).fen), Fen.wan(6_000), None),
        (Limits(sizes=("small", "micro"), most=Fen.wan(300).fen, longest=24), Fen.wan(2_400), 20),
        (Limits(guaranteed_only=True, grade="BB"), None, 15),
        (Limits(sections=("C",), least=Fen.wan(100).fen, grade="BBB"), Fen.wan(5_000), None),
    )
    for bank, (limits, volume, number) in zip(stage.cast.banks, wishes, strict=False):
        with stage.desk(stage.cast.bankers[bank], now) as here:
            for period in periods(here.today)[:2]:
                appetite.declare(here, here.get(Bank, bank), period, limits, volume=volume, number=number)
    _anew(stage, now)


def _anew(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.officer, now) as here:
        bank = here.get(Bank, list(stage.cast.banks)[-1])
        (former,) = here.all(Product, Product.bank_id == bank.id)
        kept = ("least", "most", "shortest", "longest", "sections", "barred", "sizes", "purposes", "grade")
        terms = {name: getattr(former, name) for name in kept} | {"spread": Rate(former.spread.ppm - 1_000)}
        span = {"valid_from": here.today, "valid_until": former.valid_until}
        shelf.add_product(here, bank, name=former.name, replaces=former, **terms, **span)
