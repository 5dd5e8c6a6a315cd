"""Charges of a workbook beside those on the list: another standard of the same item ends the former, as on the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from financing.charges import service
from financing.charges.model import Charge
from financing.charges.rules import Nature, Setting
from financing.charges.service import Terms
from financing.desk import Desk
from financing.import_refusals import ChangedSince
from financing.imports.compared import Compared, Row, Wrong, plain
from financing.imports.model import Import, ImportRow
from financing.imports.rules import Fate

TERMS = ("nature", "basis", "setting", "standard", "lower", "unit", "since", "source")


def compare(desk: Desk, _job: Import, rows: Sequence[Row]) -> Compared:
    """By authority and item among what stands on the list; another standard has to begin later."""
    known = {(one["authority"], one["item"]): one for one in _standing(desk)}
    compared = Compared()
    for row in rows:
        there = known.get((row["authority"], row["item"]))
        told, key = {name: row[name] for name in TERMS}, f"{row['authority']}|{row['item']}"
        if there is None:
            compared.put(row, key, Fate.ADDED, {"authority": row["authority"], "item": row["item"], **told})
        elif row["since"] <= plain(there["since"]) and any(told[name] != plain(there[name]) for name in TERMS):
            compared.wrong.append(Wrong(row["row"], "since", row["since"], "import_charge_earlier"))
        else:
            compared.beside(row, key, told, there)
    return compared


def _standing(desk: Desk) -> list[dict[str, Any]]:
    columns = ("id", "version", "authority", "item", *TERMS)
    return [{name: getattr(one, name) for name in columns} for one in desk.all(Charge, Charge.until.is_(None))]


def land(desk: Desk, job: Import) -> None:
    """Each row by the act that puts a charge on the list."""
    for row in desk.all(ImportRow, ImportRow.job_id == job.id, ImportRow.fate != Fate.SAME, by=ImportRow.row):
        told = dict(row.told)
        if row.fate is Fate.CHANGED:
            former = desk.get(Charge, row.subject_id)
            if former.version != row.subject_version:
                raise ChangedSince
            told = {name: plain(getattr(former, name)) for name in ("authority", "item", *TERMS)} | told
        elif service.standing(desk, told["item"], told["authority"]) is not None:
            raise ChangedSince
        service.list_charge(desk, _terms(told))


def _terms(told: Row) -> Terms:
    typed = {
        "nature": Nature(told["nature"]),
        "setting": Setting(told["setting"]),
        "since": date.fromisoformat(told["since"]),
    }
    return Terms(**{**told, **typed})
