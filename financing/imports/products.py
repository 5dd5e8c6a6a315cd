"""Products of a workbook beside those on a bank's shelf: one of the same name is taken off for it, as on the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from financing.desk import Desk
from financing.import_refusals import ChangedSince
from financing.imports.compared import Compared, Row, Wrong, plain
from financing.imports.model import Import, ImportRow
from financing.imports.rules import Fate
from financing.money import Fen, Rate
from financing.parties import shelf
from financing.parties.model import Bank, Product

TERMS = ("least", "most", "shortest", "longest", "spread", "valid_from", "valid_until", "grade", "guaranteed_only", "sizes", "purposes", "sections")  # fmt: skip
MONEY, DAYS = ("least", "most"), ("valid_from", "valid_until")


def compare(desk: Desk, job: Import, rows: Sequence[Row]) -> Compared:
    """By bank and name among what is on the shelf; a bank brings only its own."""
    banks = {bank.name: bank.id for bank in desk.all(Bank)}
    known = _known(desk, list(banks.values()))
    compared = Compared()
    for row in rows:
        bank = banks.get(row["bank"])
        if bank is None or job.bank_id not in {None, bank}:
            compared.wrong.append(Wrong(row["row"], "bank", row["bank"], "import_bank_unknown"))
            continue
        told = {name: row[name] for name in TERMS}
        key = f"{row['bank']}|{row['name']}"
        if (there := known.get((bank, row["name"]))) is not None:
            compared.beside(row, key, told, there)
        else:
            compared.put(row, key, Fate.ADDED, {"name": row["name"], **told}, subject=bank)
    return compared


def land(desk: Desk, job: Import) -> None:
    """Each new product by the act that puts one on the shelf, each changed one in place of its former."""
    staged = desk.all(ImportRow, ImportRow.job_id == job.id, ImportRow.fate != Fate.SAME, by=ImportRow.row)
    known = _known(desk, [row.subject_id for row in staged if row.fate is Fate.ADDED])
    for row in staged:
        if row.fate is Fate.ADDED:
            if (row.subject_id, row.told["name"]) in known:
                raise ChangedSince
            shelf.add_product(desk, desk.get(Bank, row.subject_id), name=row.told["name"], **_terms(row.told))
            continue
        former = desk.get(Product, row.subject_id)
        if former.version != row.subject_version:
            raise ChangedSince
        whole = {name: plain(getattr(former, name)) for name in TERMS} | row.told
        shelf.add_product(
            desk,
            desk.get(Bank, former.bank_id),
            name=former.name,
            replaces=former,
            **_terms(whole),
            barred=former.barred,
        )


def _terms(told: Row) -> dict[str, Any]:
    typed = {name: Fen(told[name]) for name in MONEY} | {name: date.fromisoformat(told[name]) for name in DAYS}
    return {name: told[name] for name in TERMS} | typed | {"spread": Rate(told["spread"])}


def _known(desk: Desk, banks: Sequence[int]) -> dict[tuple[int, str], Any]:
    columns = (Product.id, Product.version, Product.bank_id, Product.name, *(getattr(Product, name) for name in TERMS))
    on_shelf = select(*columns).where(Product.bank_id.in_(banks), Product.withdrawn_at.is_(None))
    return {(one["bank_id"], one["name"]): one for one in desk.session.execute(on_shelf).mappings()}
