"""A sheet as a table: the header found by its names, the rows below it, and cells read as days and fen."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from financing.file_refusals import ColumnMissing, SheetMissing, WorkbookEmpty
from financing.money import LARGEST
from reports.headings import plain
from reports.sheets import Book

HEADER_WITHIN = 10  # a title, notes and units may stand above the header
EXACT = pl.Decimal(38, 6)


def find_sheet(book: Book, needed: str) -> pl.DataFrame:
    """The sheet of that name, spaces aside; raises SheetMissing naming what there is."""
    for name, sheet in book.sheets.items():
        if plain(name) == plain(needed):
            return sheet
    raise SheetMissing(needed=needed, found=tuple(book.sheets))


def has_sheet(book: Book, name: str) -> bool:
    return any(plain(found) == plain(name) for found in book.sheets)


def table(book: Book, sheet: str, required: Sequence[str], optional: Sequence[str] = ()) -> pl.DataFrame:
    """The named columns as text under their names, with `row`; blank cells are null, blank rows and other columns gone.

    Raises SheetMissing, ColumnMissing, or WorkbookEmpty when nothing stands below the header.
    """
    frame = find_sheet(book, sheet)
    if not frame.height:
        raise WorkbookEmpty(sheet=sheet)
    at, places = _header(frame, [*required, *optional])
    for column in required:
        if column not in places:
            raise ColumnMissing(sheet=sheet, column=column, found=tuple(_headings(frame, at)))
    found = [
        pl.col(places[name]).alias(name) if name in places else pl.lit(None, pl.String).alias(name)
        for name in (*required, *optional)
    ]
    cells = pl.col(*required, *optional)
    return (
        frame.slice(at + 1)
        .select("row", *found)
        .with_columns(pl.when(cells.str.strip_chars() != "").then(cells))
        .filter(pl.any_horizontal(cells.is_not_null()))
    )


def _header(frame: pl.DataFrame, names: Sequence[str]) -> tuple[int, dict[str, str]]:
    """Which of the first rows names the most columns, and where each stands; the first of two equal names counts."""
    wanted = {plain(name): name for name in names}
    best: tuple[int, dict[str, str]] = (0, {})
    for at, cells in enumerate(frame.head(HEADER_WITHIN).drop("row").iter_rows()):
        places: dict[str, str] = {}
        for column, cell in zip(frame.columns[1:], cells, strict=True):
            if (name := wanted.get(plain(cell))) and name not in places:
                places[name] = column
        if len(places) > len(best[1]):
            best = (at, places)
    return best


def _headings(frame: pl.DataFrame, at: int) -> list[str]:
    return [cell for cell in frame.drop("row").row(at) if cell]


def days(column: str) -> pl.Expr:
    """A day from 2026-03-31, with or without a time; null when it is something else."""
    text = pl.col(column).str
    moment = text.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="ms")
    return pl.coalesce(moment.dt.date(), text.to_date("%Y-%m-%d", strict=False))


def loose_days(column: str) -> pl.Expr:
    """A day as people write it: 2026/3/31, 2026.3.31, 2026年3月31日, 20260331."""
    text = pl.col(column).str.normalize("NFKC").str.strip_chars()
    parts = text.str.extract_groups(r"^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T][\d:.]*)?$")
    field = parts.struct.field
    month = pl.coalesce(field("2"), field("4"))
    day = pl.coalesce(field("3"), field("5"))
    return pl.concat_str([field("1"), month, day], separator="-").str.to_date("%Y-%m-%d", strict=False)


def exact(column: str) -> pl.Expr:
    """A plain number to six decimals, which is closer than a spreadsheet's own numbers; null when it is none."""
    return pl.col(column).cast(EXACT, strict=False)


def loose_exact(column: str) -> pl.Expr:
    """A number as people write it: 1,234.50, ￥1234.5, 1234.5元, (1,234.50) for less than nothing, full-width."""
    text = pl.col(column).str.normalize("NFKC").str.replace_all(r"[\s,¥元]", "").str.replace(r"^\((.+)\)$", "-$1")
    return text.cast(EXACT, strict=False)


def fen(amount: str) -> pl.Expr:
    """Yuan to six decimals as whole fen (Int64), half away from zero; null above ten trillion yuan."""
    whole = pl.col(amount).round(2, mode="half_away_from_zero").cast(pl.Decimal(38, 2)).to_physical()
    return pl.when(whole.abs() <= LARGEST).then(whole).cast(pl.Int64)


def with_days(frame: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    """Add the column read as days; the slow reading only where the quick one failed."""
    return _read(frame, name, column, days(column), loose_days(column))


def with_exact(frame: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    """Add the column read as numbers to six decimals; the slow reading only where the quick one failed."""
    return _read(frame, name, column, exact(column), loose_exact(column))


def _read(frame: pl.DataFrame, name: str, column: str, quick: pl.Expr, loose: pl.Expr) -> pl.DataFrame:
    frame = frame.with_columns(quick.alias(name))
    if frame[name].null_count() > frame[column].null_count():
        frame = frame.with_columns(pl.coalesce(name, loose))
    return frame
