"""The register of what is held (个人信息清单): which columns hold what, read from fields.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.types import JSON

from financing import parameters
from financing.db import Base
from financing.parameters import Figure
from financing.personal.rules import Basis, Held, Sensitivity, Since

FILE = Path(__file__).parent / "fields.toml"
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of what is held: how much it may hurt, why it may be held, and which dated figure ends it."""

    held: Held
    sensitivity: Sensitivity
    basis: Basis
    keep: str
    since: Since

    def period(self, on: date) -> Figure:
        """How long it is kept, as it stands that day; in days or years, as the name of the figure says."""
        return parameters.figure(self.keep, on)


@cache
def _read() -> dict[str, dict[str, Any]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def kinds() -> tuple[Kept, ...]:
    """Every kind, in the order of the page."""
    rows = _read()
    return tuple(
        Kept(held, Sensitivity(row["class"]), Basis(row["basis"]), row["keep"], Since(row["from"]))
        for held in Held
        for row in [rows[held.value]]
    )


@cache
def listed() -> dict[str, str]:
    """The list in which each table.column stands, and each name that stands everywhere."""
    return {
        column: name
        for name, row in _read().items()
        for column in (*row.get("columns", ()), *row.get("everywhere", ()))
    }


def of(table: str, column: str) -> str | None:
    """The list a column belongs to: a Held, NOTHING, or None when nobody has said so yet."""
    return listed().get(f"{table}.{column}") or listed().get(column)


def columns() -> list[tuple[str, str]]:
    """Every column of the schema that can hold words: texts, JSON, bytes; neither states nor moments nor sums."""
    return [(t.name, c.name) for t in Base.metadata.sorted_tables for c in t.columns if _wordy(c.type)]


def by_kind() -> dict[Held, dict[str, list[str]]]:
    """The columns of each kind, by table."""
    found: dict[Held, dict[str, list[str]]] = {held: {} for held in Held}
    for table, column in columns():
        name = of(table, column)
        if name in set(Held):
            found[Held(name)].setdefault(table, []).append(column)
    return found


def _wordy(kind: Any) -> bool:
    inner = getattr(kind, "impl_instance", kind)
    plain = type(inner) is String or type(inner).__name__ in {"Text", "String"}
    return (plain and type(kind).__name__ in {"Text", "String"}) or isinstance(inner, JSON | LargeBinary)
