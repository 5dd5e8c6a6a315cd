"""Spreadsheets in (a book as columns of text with row numbers) and out (lists as workbooks)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from financing.file_refusals import WorkbookBomb, WorkbookEmpty, WorkbookTooLarge, WorkbookUnreadable
from reports.child import PARSING, ChildFailed, once
from reports.gate import Limits, check, fit
from reports.sheets_out import Column, Kind, Sheet, book_bytes, write_book

__all__ = ["Book", "Column", "Kind", "Limits", "Sheet", "book_bytes", "join", "read_book", "write_book"]

DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook read: sheet name -> columns `row` (UInt32, as the spreadsheet numbers it) and c0 for A, c1 for B, … (String)."""

    sheets: dict[str, pl.DataFrame]


def join(*books: Book) -> Book:
    """Several files as one book, such as three CSV files named after the sheets they stand for."""
    return Book({name: sheet for book in books for name, sheet in book.sheets.items()})


def read_book(source: Path | bytes, *, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Book:
    """Check an uploaded .xlsx or .csv and read it in a limited child.

    `name` is the file's name as given, needed to know bytes for CSV. Raises NotAWorkbook, WorkbookEncrypted,
    WorkbookMacro, WorkbookExternal, WorkbookTooLarge, WorkbookBomb, WorkbookUnreadable, WorkbookEmpty, or Busy.
    """
    if isinstance(source, Path):
        fit(source.stat().st_size, limits)
        name = name or source.name
        source = source.read_bytes()
    form = check(source, name, limits)
    order = {"format": form, "name": Path(name).stem, **asdict(limits)}
    try:
        answer = once("reports.parse", json.dumps(order).encode() + b"\n" + source, PARSING)
    except ChildFailed as failure:
        if failure.reason == "crash":
            raise WorkbookUnreadable(why="content") from failure
        raise WorkbookBomb(why=failure.reason) from failure
    return _book(answer, limits)


def _book(answer: bytes, limits: Limits) -> Book:
    index, _, body = answer.partition(b"\n")
    sheets, start = {}, 0
    for name, length in json.loads(index):
        sheets[name] = _sheet(body[start : start + length], name, limits)
        start += length
    if not any(sheet.height for sheet in sheets.values()):
        raise WorkbookEmpty
    return Book(sheets)


def _sheet(stream: bytes, name: str, limits: Limits) -> pl.DataFrame:
    sheet = pl.read_ipc_stream(stream)
    longest = sheet.select(pl.max_horizontal(0, pl.all().str.len_chars().max())).item() if sheet.width else 0
    if longest > limits.cell:
        raise WorkbookTooLarge(what="cell", most=limits.cell, found=longest, sheet=name)
    return sheet.with_row_index("row", offset=1)
