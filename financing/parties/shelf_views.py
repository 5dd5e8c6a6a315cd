"""What people see of banks, their branches and their shelves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func

from financing.desk import Desk
from financing.money import Fen, Rate
from financing.parties.model import Bank, Product
from financing.parties.rules import BankKind, Shelved, standing
from financing.parties.shelf import on_shelf
from scoring.industries import UnknownIndustry, industry
from scoring.sizes import WORDS, Size


@dataclass(frozen=True, slots=True)
class BankRow:
    """One bank with what it is a branch of and the number of products on offer today."""

    id: int
    name: str
    kind: BankKind
    phone: str
    parent: str
    products: int


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product with its limits; lists are empty where nothing is limited. Sizes are pairs of Chinese and English."""

    id: int
    name: str
    least: Fen
    most: Fen
    shortest: int
    longest: int
    spread: Rate
    grade: str
    guaranteed_only: bool
    valid_from: date
    valid_until: date
    sections: tuple[str, ...]
    barred: tuple[str, ...]
    sizes: tuple[tuple[str, str], ...]
    purposes: tuple[str, ...]  # codes of needs.rules.Purpose
    standing: Shelved
    withdrawn_at: datetime | None
    why: str
    replaces: str


def banks(desk: Desk) -> tuple[BankRow, ...]:
    """Every bank, its branches behind it."""
    count = (
        desk.select(Product, Product.bank_id)
        .where(*on_shelf(desk.today))
        .with_only_columns(Product.bank_id, func.count().label("number"))
        .group_by(Product.bank_id)
    )
    products = {row.bank_id: row.number for row in desk.session.execute(count)}
    found = desk.all(Bank)
    names = {bank.id: bank.name for bank in found}
    rows = [
        BankRow(bank.id, bank.name, bank.kind, bank.phone, names.get(bank.parent_id or 0, ""), products.get(bank.id, 0))
        for bank in found
    ]
    return tuple(sorted(rows, key=lambda row: (row.parent or row.name, bool(row.parent), row.name)))


def branches(desk: Desk, bank: Bank) -> tuple[str, list[Bank]]:
    """The name of what a bank is a branch of, if it is one, and its own branches."""
    parent = desk.find(Bank, Bank.id == bank.parent_id) if bank.parent_id else None
    return parent.name if parent else "", desk.all(Bank, Bank.parent_id == bank.id, by=Bank.name)


def products(desk: Desk, bank: Bank) -> tuple[ProductRow, ...]:
    """All that ever stood on a bank's shelf: what is on offer first, then what is to come, then what is over, the latest first."""
    found = desk.all(Product, Product.bank_id == bank.id, by=Product.name)
    names = {product.id: product.name for product in found}
    rows = [_row(product, names, desk.today) for product in found]
    order = list(Shelved)
    return tuple(sorted(rows, key=lambda row: (order.index(row.standing), -row.valid_until.toordinal(), row.name)))


def trade(code: str) -> str:
    """A section or a finer code in words."""
    try:
        return industry(code).name
    except UnknownIndustry:
        return code


def _row(product: Product, names: dict[int, str], today: date) -> ProductRow:
    over = product.withdrawn_at is not None
    return ProductRow(
        id=product.id, name=product.name, least=product.least, most=product.most, shortest=product.shortest,
        longest=product.longest, spread=product.spread, grade=product.grade, guaranteed_only=product.guaranteed_only,
        valid_from=product.valid_from, valid_until=product.valid_until, sections=tuple(map(trade, product.sections)),
        barred=tuple(map(trade, product.barred)), sizes=tuple(WORDS[Size(size)] for size in product.sizes),
        purposes=tuple(product.purposes),
        standing=standing(today, product.valid_from, product.valid_until, withdrawn=over), withdrawn_at=product.withdrawn_at,
        why=product.withdrawn_why, replaces=names.get(product.replaces_id or 0, ""),
    )  # fmt: skip
