"""What people do about banks and what stands on their shelves (产品货架, F85)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.exc import IntegrityError

from financing.acts import Act
from financing.bank_refusals import OffTheShelf
from financing.desk import Desk
from financing.journal import Private
from financing.money import Fen
from financing.parties.identity import line
from financing.parties.model import Bank, Product
from financing.parties.rules import BankKind
from financing.refusals import BankKnown, OutOfRange


def add_bank(desk: Desk, *, name: str, kind: BankKind, phone: str = "", parent: Bank | None = None) -> Bank:
    """Enter a bank or one of its branches (登记银行), which is of its parent's kind; BankKnown."""
    kind = parent.kind if parent else kind
    bank = desk.add(
        Bank(
            name=line(name, "name"),
            kind=kind,
            phone=phone and line(phone, "phone", 40),
            parent_id=parent.id if parent else None,
        )
    )
    try:
        desk.session.flush()
    except IntegrityError:
        raise BankKnown(given=bank.name) from None
    desk.note(Act.ADD_BANK, bank, kind=kind, parent=bank.parent_id)
    return bank


def add_product(desk: Desk, bank: Bank, *, name: str, replaces: Product | None = None, **terms: Any) -> Product:
    """Put a product on a bank's shelf (上架产品) with its declared limits, perhaps in place of an earlier one.

    OutOfRange when the limits contradict each other; OffTheShelf when the earlier one is no longer there.
    """
    former = replaces.id if replaces else None
    product = Product(bank_id=bank.id, name=line(name, "name"), put_at=desk.now, replaces_id=former, **terms)
    _check(desk, product)
    if replaces:
        _take_off(desk, replaces, "")
    desk.add(product)
    desk.session.flush()
    desk.note(Act.ADD_PRODUCT, product, least=product.least, most=product.most, replaces=former)
    return product


def withdraw_product(desk: Desk, product: Product, *, why: str) -> None:
    """Take a product off the shelf (下架产品): no need is matched with it from now on; what it was stays on record."""
    desk.note(Act.WITHDRAW_PRODUCT, product, why=Private(why))
    _take_off(desk, product, why)


def on_shelf(day: date) -> tuple[ColumnElement[bool], ...]:
    """Products on offer on a day."""
    return (Product.valid_from <= day, Product.valid_until >= day, Product.withdrawn_at.is_(None))


def _take_off(desk: Desk, product: Product, why: str) -> None:
    desk.session.refresh(product, with_for_update=True)
    if product.withdrawn_at is not None:
        raise OffTheShelf
    product.withdrawn_at, product.withdrawn_by, product.withdrawn_why = desk.now, desk.actor.id, why


def _check(desk: Desk, product: Product) -> None:
    if not Fen(0) < product.least <= product.most:
        raise OutOfRange(field="least", least=Fen.yuan("0.01"), most=product.most)
    if not 0 < product.shortest <= product.longest:
        raise OutOfRange(field="shortest", least=1, most=product.longest)
    if product.valid_until < max(product.valid_from, desk.today):
        raise OutOfRange(field="valid_until", least=max(product.valid_from, desk.today), most=date.max)
