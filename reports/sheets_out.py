"""Lists as workbooks (导出清单): the same rows give the same bytes, and text that looks like a formula stays text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

BEIJING = timezone(timedelta(hours=8))
#: Every workbook says it was made at this moment, so that its bytes depend on its content alone.
MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
LONGEST = 32_767  # characters a cell holds
TAB_LONGEST = 31
HEADER = 2  # rows above the header: title and notes
SAMPLED = 1_000  # rows that a column's width is fitted to
NARROWEST, WIDEST = 8, 48
LINE_HEIGHT, MOST_LINES = 15, 27  # points; a row holds 409
NO_TAB = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff\x00]")
FORMULA_LIKE = re.compile(r"\s*[=+\-@\t\r\n]")
FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
HEADING = {"bold": True, "bg_color": "#EEF2F6", "bottom": 1}


class Kind(StrEnum):
    """How a column is written: text; fen as 万元 or 元; ppm as %; days; moments in Beijing time; whole numbers; other numbers as they are."""

    TEXT = "text"
    WAN = "wan"
    YUAN = "yuan"
    PERCENT = "percent"
    DAY = "day"
    MOMENT = "moment"
    WHOLE = "whole"
    NUMBER = "number"


NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.WAN: "#,##0.00",
    Kind.YUAN: "#,##0.00",
    Kind.PERCENT: "0.00%",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.WHOLE: "#,##0",
    Kind.NUMBER: "#,##0.######",
}
#: Decimal places between what the platform stores (fen, ppm) and what the cell shows.
PLACES = {Kind.WAN: 6, Kind.YUAN: 2, Kind.PERCENT: 6, Kind.WHOLE: 0}
FIXED_WIDTHS = {
    Kind.WAN: 14,
    Kind.YUAN: 16,
    Kind.PERCENT: 10,
    Kind.DAY: 12,
    Kind.MOMENT: 17,
    Kind.WHOLE: 10,
    Kind.NUMBER: 14,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its name, kind, unit for the header, and width in half-width characters (0: fitted)."""

    name: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    width: int = 0

    @property
    def head(self) -> str:
        """The name with its unit, as the header shows it."""
        return f"{self.name}（{self.unit}）" if self.unit else self.name


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list: title (also the tab), columns, rows in the columns' order (None: empty), and notes under the title.

    Money is fen or Fen, a rate ppm or Rate, a day `date`, a moment aware `datetime`; anything else is written as text.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    notes: str = ""


def write_book(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write lists as one workbook, a sheet for each."""
    path.write_bytes(book_bytes(sheets))


def book_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The workbook as bytes: same input, same bytes."""
    sink = BytesIO()
    with open_book(sink) as book:
        formats = {kind: book.add_format({**FONT, "num_format": code}) for kind, code in NUMBER_FORMATS.items()}
        formats[Kind.TEXT].set_text_wrap()
        formats[Kind.TEXT].set_indent(1)
        quoted = book.add_format({**FONT, "num_format": "@", "text_wrap": True, "indent": 1, "quote_prefix": True})
        for tab, sheet in zip(tabs(sheet.title for sheet in sheets), sheets, strict=True):
            _Page(book, book.add_worksheet(tab), formats, quoted).write(sheet)
    return sink.getvalue()


def open_book(sink: BytesIO) -> xlsxwriter.Workbook:
    """A new workbook that guesses nothing from text and carries no clock."""
    guess = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(sink, {"in_memory": True, **guess})
    book.set_properties({"created": MADE, "author": "园融通"})
    book.set_calc_mode("auto")
    return book


def tabs(titles: Iterable[str]) -> list[str]:
    """Names a spreadsheet accepts, each its own: cleaned, cut to 31 characters, numbered when they meet."""
    taken: dict[str, str] = {}
    for title in titles:
        clean = NO_TAB.sub(" ", _safe(title))
        name, number = _cut(clean, TAB_LONGEST) or "表", 1
        while name.lower() in taken:
            number += 1
            mark = f"~{number}"
            name = (_cut(clean, TAB_LONGEST - len(mark)) or "表") + mark
        taken[name.lower()] = name
    return list(taken.values())


def _cut(text: str, most: int) -> str:
    """At most so many characters as spreadsheets count them: a rare character takes two."""
    units = text.strip("' ").encode("utf-16-le")[: 2 * most]
    return units.decode("utf-16-le", errors="ignore").strip("' ")


def display_width(text: str) -> int:
    """Columns a text takes on screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


@dataclass(frozen=True, slots=True)
class _Page:
    book: xlsxwriter.Workbook
    page: Worksheet
    formats: dict[Kind, Format]
    quoted: Format

    def write(self, sheet: Sheet) -> None:
        self._head(sheet)
        widths = [max(column.width, display_width(column.head) + 3) for column in sheet.columns]
        last, long = HEADER, list[tuple[int, int, int]]()
        for last, row in enumerate(sheet.rows, HEADER + 1):
            for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                shown = self._cell(last, at, column.kind, value)
                if not column.width and last <= SAMPLED:
                    widths[at] = min(max(widths[at], shown), max(widths[at], WIDEST))
                if shown > widths[at]:
                    long.append((last, at, shown))
        for at, width in enumerate(widths):
            self.page.set_column(at, at, max(width, NARROWEST))
        self._heighten(long, widths)
        self.page.autofilter(HEADER, 0, last, max(len(sheet.columns) - 1, 0))

    def _heighten(self, long: Iterable[tuple[int, int, int]], widths: Sequence[int]) -> None:
        """Rows whose text runs over several lines, tall enough to show them: (row, column, width of the text)."""
        lines: dict[int, int] = {}
        for row, at, shown in long:
            lines[row] = max(lines.get(row, 1), -(-shown // (widths[at] - 3)))
        for row, count in lines.items():
            self.page.set_row(row, min(count, MOST_LINES) * LINE_HEIGHT)

    def _head(self, sheet: Sheet) -> None:
        title = self.book.add_format({**FONT, "bold": True, "font_size": 14})
        notes = self.book.add_format({**FONT, "font_color": "#667085"})
        left = self.book.add_format({**FONT, **HEADING, "indent": 1})
        right = self.book.add_format({**FONT, **HEADING, "align": "right"})
        self.page.write_string(0, 0, _safe(sheet.title), title)
        self.page.write_string(1, 0, _safe(sheet.notes), notes)
        for at, column in enumerate(sheet.columns):
            self.page.write_string(HEADER, at, _safe(column.head), left if column.kind is Kind.TEXT else right)
        self.page.freeze_panes(HEADER + 1, 0)
        self.page.repeat_rows(HEADER)
        self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(1, 0)
        self.page.set_footer("&C&P / &N")

    def _cell(self, row: int, at: int, kind: Kind, value: object) -> int:
        """Write one value; the width it asks for."""
        style = self.formats[kind]
        if value is None:
            self.page.write_blank(row, at, None, style)
            return 0
        if kind in PLACES and (whole := _whole(value)) is not None:
            self.page.write_number(row, at, Decimal(whole).scaleb(-PLACES[kind]), style)
        elif kind is Kind.NUMBER and isinstance(value, Decimal):
            self.page.write_number(row, at, value, style)
        elif kind is Kind.MOMENT and isinstance(value, datetime):
            self.page.write_datetime(row, at, value.astimezone(BEIJING).replace(tzinfo=None), style)
        elif kind is Kind.DAY and isinstance(value, date):
            self.page.write_datetime(row, at, value, style)
        else:
            text = _safe(str(value))
            like_formula = FORMULA_LIKE.match(unicodedata.normalize("NFKC", text[:1]) + text[1:2])
            self.page.write_string(row, at, text, self.quoted if like_formula else self.formats[Kind.TEXT])
            return display_width(text) + 3
        return FIXED_WIDTHS[kind]


def _whole(value: Any) -> int | None:
    """Fen, ppm or a count as a whole number; None when the value is something else."""
    whole = getattr(value, "fen", getattr(value, "ppm", value))
    return whole if type(whole) is int else None


def _safe(text: str) -> str:
    """What a cell can hold: no signs that XML forbids, no more than fits."""
    return NO_XML.sub("\ufffd", text)[:LONGEST]
