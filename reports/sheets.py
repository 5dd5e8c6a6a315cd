"""Spreadsheets in and out: a book as columns of text with row numbers; lists as deterministic workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import polars as pl


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be (上传限额); the defaults admit 160,000 invoices in one book."""

    bytes: int = 20 * 2**20
    members: int = 2_000
    unpacked: int = 100 * 2**20
    ratio: int = 100
    rows: int = 100_000
    columns: int = 64
    cell: int = 2_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook read: sheet name -> text columns `row` (UInt32, as the spreadsheet numbers it), c0, c1, …; header not yet told apart."""

    sheets: dict[str, pl.DataFrame]


class Kind(StrEnum):
    """How a column is written: text stays text, fen as 万元 or 元, ppm as %, days as dates, whole numbers."""

    TEXT = "text"
    WAN = "wan"
    YUAN = "yuan"
    PERCENT = "percent"
    DAY = "day"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its name, unit for the notes row, width in half-width characters (0: fitted), and kind."""

    name: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list to write: title (also the tab), columns, rows of plain values in the columns' order, and notes."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    notes: str = field(default="")


def read_book(source: Path | bytes, *, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Book:
    """Check an uploaded workbook (.xlsx, or .csv by `name`) and read it in a limited child; raises Workbook… refusals."""
    raise NotImplementedError


def write_book(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write lists as a workbook: same input, same bytes; formula-like text stays text."""
    raise NotImplementedError
