"""Any plain table (普通表格), one row a firm: xlsx, csv or parquet, its header found, its columns by name.

A title, notes and units may stand above the header, as in the platform's own workbooks. These files are an operator's
own; what strangers upload goes through `read_book` with its narrow limits.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl

from financing.file_refusals import NoSuchColumn, NotAWorkbook, WorkbookEmpty, WorkbookUnreadable
from reports.headings import plain
from reports.intake_table import HEADER_WITHIN
from reports.sheets import Limits, read_book
from scoring.judge import Numbers

WIDE = Limits(
    bytes=200 * 2**20, unpacked=2**30, cells=50_000_000, rows=1_048_577, columns=2_000, cell=32_767, members=5_000
)
"""What an operator's own workbook may be."""

Tables = dict[str, pl.DataFrame]


def read_tables(path: Path) -> Tables:
    """Every sheet that is a table, by name; raises what `read_book` raises, NotAWorkbook for another kind of file."""
    match path.suffix.lower():
        case ".parquet":
            return {path.stem: _parquet(path)}
        case ".csv":
            return named({path.stem: _csv(path)})
    return of_book(path.read_bytes(), path.name, WIDE)


def of_book(content: bytes, name: str, limits: Limits) -> Tables:
    """The tables of a workbook or CSV file, read in the limited child."""
    book = read_book(content, name=name, limits=limits)
    return named({sheet: frame.drop("row") for sheet, frame in book.sheets.items()})


def named(sheets: Tables) -> Tables:
    """The same sheets with their columns called by their header; sheets without a row below it are left out."""
    found = {name: _with_header(frame) for name, frame in sheets.items() if frame.height > 1 and frame.width}
    if not any(frame.height for frame in found.values()):
        raise WorkbookEmpty
    return found


def heading(frame: pl.DataFrame, name: str) -> str | None:
    """The column of that name, its unit in brackets aside; None when there is none."""
    wanted = plain(name)
    exact = (column for column in frame.columns if plain(column) == wanted)
    return next(exact, None) or next((column for column in frame.columns if bare(column) == wanted), None)


def bare(column: str) -> str:
    """A heading without its unit: 总分（分） is 总分."""
    return plain(column).split("(")[0]


def sheet_with(tables: Tables, column: str) -> tuple[pl.DataFrame, str]:
    """The first sheet that has the column, and how it is written there; raises NoSuchColumn."""
    for frame in tables.values():
        if found := heading(frame, column):
            return frame, found
    raise NoSuchColumn(column=column, found=tuple(name for frame in tables.values() for name in frame.columns)[:20])


def numbers(column: pl.Series) -> Numbers:
    """A column as numbers, NaN where a cell holds none; 1,234.5 and 12 % are read as 1234.5 and 12."""
    if column.dtype == pl.String:
        text = column.str.normalize("NFKC").str.replace_all(r"[\s,%¥元]", "")
        column = text.cast(pl.Float64, strict=False)
    elif not (column.dtype.is_numeric() or column.dtype == pl.Boolean):
        column = pl.Series([None] * len(column), dtype=pl.Float64)
    found = column.cast(pl.Float64).fill_null(np.nan).to_numpy().copy()
    found[~np.isfinite(found)] = np.nan
    return found


def _parquet(path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as problem:
        if isinstance(problem, FileNotFoundError):
            raise
        raise WorkbookUnreadable(why="content") from problem
    if not frame.height:
        raise WorkbookEmpty
    return frame


def _csv(path: Path) -> pl.DataFrame:
    """Read whole by polars: an operator's table may have a million rows."""
    content = path.read_bytes()
    if b"\0" in content:
        raise NotAWorkbook(found="binary")
    if not content.strip():
        raise WorkbookEmpty
    rows = csv.reader(_text(content).splitlines()[:HEADER_WITHIN])
    width = max((len(row) for row in rows), default=1)
    schema = {f"c{at}": pl.String for at in range(width)}
    try:
        return pl.read_csv(
            BytesIO(_text(content).encode()), has_header=False, schema=schema, truncate_ragged_lines=True
        )
    except pl.exceptions.PolarsError as problem:
        raise WorkbookUnreadable(why="content") from problem


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WorkbookUnreadable(why="encoding")


def _with_header(frame: pl.DataFrame) -> pl.DataFrame:
    """The header is the row with the most words that are no numbers, the first of equals."""
    rows = frame.head(HEADER_WITHIN).rows()
    at = max(range(len(rows)), key=lambda row: (_words(rows[row]), -row))
    body = frame.slice(at + 1)
    names = _unlike([plain(cell) and str(cell).strip() for cell in rows[at]])
    body = body.rename(dict(zip(body.columns, names, strict=True)))
    return body.select(name for name, cell in zip(names, rows[at], strict=True) if plain(cell)).filter(
        pl.any_horizontal(pl.all().str.strip_chars() != "")
    )


def _words(row: Sequence[str | None]) -> int:
    return sum(bool(plain(cell)) and not _number(plain(cell)) for cell in row)


def _number(text: str) -> bool:
    try:
        float(text.replace(",", "").rstrip("%"))
    except ValueError:
        return False
    return True


def _unlike(names: Sequence[str]) -> list[str]:
    """Names each its own: the second of two equal ones is numbered, an empty one is called by its place."""
    taken: dict[str, int] = {}
    found = []
    for at, name in enumerate(names):
        taken[name] = taken.get(name, 0) + 1
        found.append(name if name and taken[name] == 1 else f"{name}~{at + 1}")
    return found
