"""A kind of workbook and its columns, as template, reader, report and documentation know them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from financing.imports.rules import ImportKind

YES = {"是": True, "√": True, "Y": True, "yes": True, "否": False, "N": False, "no": False}


@dataclass(frozen=True, slots=True)
class Field:
    """A column: key, heading, hint, how a cell is read, how it is shown, what a drop-down offers, whether it must be filled."""

    key: str
    head: str
    hint: str
    read: Callable[[str], Any]
    style: str = "text"  # text, whole, money, percent, day
    choices: tuple[str, ...] = ()
    required: bool = True
    bounds: tuple[float, float] | None = None  # what the template's own check admits, in the unit of the heading


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of workbook: its sheet, its columns, what makes two rows one, and what follows from a row by itself."""

    kind: ImportKind
    sheet: str
    fields: tuple[Field, ...]
    keys: tuple[str, ...]
    example: tuple[str, ...]
    check: Callable[[dict[str, Any], date], tuple[tuple[str, str], ...]] = lambda _row, _today: ()
    derive: Callable[[dict[str, Any], date], Mapping[str, Any]] = lambda _row, _today: {}
    notes: tuple[str, ...] = field(default=())
