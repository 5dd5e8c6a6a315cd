"""What a bank may not ask of a firm (禁止条件): a dated list, each item with the rule that says so."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from financing.offers.rules import Charge

FILE = Path(__file__).parent / "forbidden.toml"
DEPOSIT = "deposit"


@dataclass(frozen=True, slots=True)
class Forbidden:
    """One item from a day on; `says` is the rule in a few words."""

    item: str
    code: str
    says: str
    source: str
    since: date
    confidence: Literal["A", "B", "C"]
    forbidden: bool = True


@cache
def entries() -> tuple[Forbidden, ...]:
    """All entries on file, in order of their days."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["item"]
    return tuple(sorted((Forbidden(since=row.pop("from"), **row) for row in rows), key=lambda entry: entry.since))


def forbidden(on: date) -> Mapping[str, Forbidden]:
    """What is forbidden on a day, by item; the latest entry of an item counts."""
    latest = {entry.item: entry for entry in entries() if entry.since <= on}
    return MappingProxyType({item: entry for item, entry in latest.items() if entry.forbidden})


def allowed(on: date) -> tuple[Charge, ...]:
    """The charges that a firm may bear on a day."""
    return tuple(charge for charge in Charge if charge.value not in forbidden(on))
