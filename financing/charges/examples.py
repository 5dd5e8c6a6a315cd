"""Examples for the list of charges: shipped with source and date, marked as examples until somebody has checked them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from financing.charges import service
from financing.charges.rules import Nature, Setting
from financing.charges.service import Terms
from financing.desk import Desk

FILE = Path(__file__).with_suffix(".toml")


def shipped() -> list[Terms]:
    """The examples as they are shipped."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["charge"]
    return [
        Terms(**{**row, "nature": Nature(row["nature"]), "setting": Setting(row["setting"])}, example=True)
        for row in rows
    ]


def put(desk: Desk) -> int:
    """Put those on the list that are not there; how many."""
    missing = [one for one in shipped() if service.standing(desk, one.item, one.authority) is None]
    for one in missing:
        service.list_charge(desk, one)
    return len(missing)
