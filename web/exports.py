"""Every list as a file (导出列表): the page's own tables, whole, read back from what the page says and typed cell by cell.

One mechanism for all lists: with `?as=xlsx` or `?as=csv` the handler runs as it always does, with all rows instead of a page of them, so
rights, filters, columns and words are those of the page; amounts and rates are told to the last digit. A line of the journal says what left.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

from financing import wording
from financing.desk import BEIJING
from financing.listed import given
from financing.words import _
from reports.sheets_out import FORMULA_LIKE, Column, Kind, Sheet, book_bytes

TEMPLATES = Path(__file__).parent / "templates"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
#: Lists that are not paged, by template; a page with pages is a list without being named here.
MORE = frozenset({
    "clocks/overdue.html", "clocks/posts.html", "clocks/tolerated.html",
    "compensation/breakers.html", "conduct/figures.html", "conduct/handlers.html", "conduct/letters.html", "conduct/list.html", "contests/list.html", "credit/cards.html", "events/figures.html", "events/places.html", "experts/list.html", "figures/bank_cases.html", "figures/banks.html", "figures/list.html", "figures/loans.html", "figures/show.html", "figures/statistics.html", "forums/answers.html",
    "forums/guests.html", "helping/helpers.html", "helping/score.html", "helping/scores.html", "guarantees/meeting.html", "imports/show.html", "inspections/figures.html", "inspections/list.html", "interests/list.html",
    "letters/papers.html", "lists/show.html", "matching/appetites.html", "matching/consents.html",
    "matching/teasers.html", "notices/list.html", "offers/releases.html", "office/handovers.html",
    "office/ratings.html", "papers/vault.html", "policies/examples.html", "policies/ledger.html", "policies/mine.html", "parties/banks.html", "parties/keys.html", "parties/rights.html",
    "parties/shelf.html", "incidents/list.html", "personal/erasures.html", "personal/impacts.html", "personal/objections.html", "personal/register.html", "people/list.html", "register/return.html", "reserves/lines.html", "reserves/outcomes.html", "reserves/ratios.html", "reserves/show.html", "reserves/stress.html", "relations/show.html", "settings/calendar.html",
    "settings/figure.html", "settings/list.html",
})  # fmt: skip
NUMBER = re.compile(r"[+-]?\d{1,3}(,\d{3})*(\.\d+)?|[+-]?\d+(\.\d+)?")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NOTHING = {"", "—", "-"}


def is_list(template: str) -> bool:
    return template in lists()


@cache
def lists() -> frozenset[str]:
    """The templates that are lists."""
    texts = {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")}
    return MORE | {
        name
        for name, text in texts.items()
        if 'from "parts/pages.html"' in text and ("table(" in text or '<table class="table' in text)
    }


def exact(lang: str) -> Mapping[str, Callable[..., str]]:
    """The words of a page that round, told to the last digit instead; a credit code without its gaps."""
    unit = wording.translate(lang)(_("万元"))
    return {
        "wan": lambda amount, *_rest: f"{_plain(Decimal(amount.fen) / 1_000_000)} {unit}",
        "percent": lambda rate: f"{_plain(Decimal(rate.ppm) / 10_000)} %",
        "credit_code": str,
    }


@dataclass(slots=True)
class Table:
    """A table as a page shows it: caption, heads with unit and class, rows of text."""

    caption: str = ""
    heads: list[list[str]] = field(default_factory=list)  # word, unit, class
    rows: list[list[str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """The tables of a page, cell by cell; what is said to screen readers alone counts, pictures do not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self.title = ""
        self._into: list[str] | None = None  # where text goes
        self._cells: list[str] | None = None
        self._span = 1
        self._unit = self._head = self._body = self._first = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind = given.get("class") or ""
        if tag in {"th", "td"}:
            self._span = int(given.get("colspan") or 1)
        if tag == "table":
            self.tables.append(Table())
        elif tag in {"thead", "tbody"}:
            self._head, self._body = tag == "thead", tag == "tbody"
        elif tag == "tr" and self._body:
            self._cells = []
        elif tag == "th" and self._head:
            self._into = []
            self.tables[-1].heads.append(["", "", kind])
        elif tag in {"h1", "caption"} or (tag in {"th", "td"} and self._cells is not None):
            self._into = []
        elif self._head and "unit" in kind:
            self._unit = True
        elif self._head and "visually-hidden" in kind:
            self._into = None  # a column of buttons
        elif tag in {"br", "div", "p", "li"} and self._into is not None:
            self._into.append("\n")

    def handle_data(self, data: str) -> None:
        if self._unit:
            self.tables[-1].heads[-1][1] += data
        elif self._into is not None:
            self._into.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"thead", "tbody"}:
            self._head = self._body = False
        elif tag == "span":
            self._unit = False
        elif tag == "tr" and self._cells is not None:
            self.tables[-1].rows.append(self._cells)
            self._cells = None
        elif tag in {"h1", "caption", "th", "td"} and self._into is not None:
            self._put(tag, _line(self._into))
            self._into = None

    def _put(self, tag: str, said: str) -> None:
        """A finished piece of text where it belongs."""
        if tag == "h1":
            self.title = self.title or said
        elif tag == "caption":
            self.tables[-1].caption = said
        elif self._head:
            self.tables[-1].heads[-1][0] = said
        elif self._cells is not None:
            self._cells += [said, *[""] * (self._span - 1)]


def read(page: str) -> tuple[str, list[Table]]:
    """The title of a page and its tables."""
    reader = _Reader()
    reader.feed(page[page.find("<main") :])
    return reader.title, [table for table in reader.tables if table.heads]


def sheets(page: str) -> list[Sheet]:
    """The tables of a page as typed sheets; columns without a head (buttons) are left out."""
    title, tables = read(page)
    return [_sheet(table, table.caption or title) for table in tables] or [Sheet(title, [Column(title)], [])]


class Form(StrEnum):
    """The files a list can leave as."""

    XLSX = "xlsx"
    CSV = "csv"

    @property
    def media(self) -> str:
        return CSV if self is Form.CSV else XLSX


@dataclass(frozen=True, slots=True)
class Made:
    """A list as a file: what it is called, its bytes, and how many rows are in it."""

    title: str
    content: bytes
    rows: int


def made(page: str, form: Form) -> Made:
    """The lists of a page as one workbook, or the first of them as CSV; TooManyRows beyond what a file may hold."""
    found = sheets(page)
    counts = [len(list(sheet.rows)) for sheet in found]
    given(max(counts))
    if form is Form.CSV:
        return Made(found[0].title, text(found[0]), counts[0])
    return Made(found[0].title, book_bytes(found), sum(counts))


def text(sheet: Sheet) -> bytes:
    """A list as CSV in UTF-8 with its mark; text that a spreadsheet would take for a formula is led by an apostrophe."""
    sink = StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow([_safe(column.head) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_written(column, value) for column, value in zip(sheet.columns, row, strict=True)])
    return sink.getvalue().encode("utf-8-sig")


def _sheet(table: Table, title: str) -> Sheet:
    kept = [at for at, head in enumerate(table.heads) if head[0]]
    rows = [[row[at] if at < len(row) else "" for at in kept] for row in table.rows]
    columns, made = [], []
    for place, at in enumerate(kept):
        word, unit, kind = table.heads[at]
        column, values = _typed(word, unit.strip(), [row[place] for row in rows], figures="figure" in kind)
        columns.append(column)
        made.append(values)
    return Sheet(title, columns, list(zip(*made, strict=True)) if made else [])


def _typed(word: str, unit: str, cells: Sequence[str], *, figures: bool) -> tuple[Column, list[object]]:
    """A column of days, of moments, of numbers where the page sets figures, else of text as it stands."""
    said = [cell for cell in cells if cell not in NOTHING]
    if said and all(map(DAY.fullmatch, said)):
        return Column(word, Kind.DAY), [_or_none(cell, date.fromisoformat) for cell in cells]
    if said and all(map(MOMENT.fullmatch, said)):
        return Column(word, Kind.MOMENT), [_or_none(cell, _moment) for cell in cells]
    ends = {cell.rpartition(" ")[2] for cell in said if " " in cell}
    own = next(iter(ends)) if len(ends) == 1 and all(cell.endswith(f" {next(iter(ends))}") for cell in said) else ""
    plain = [cell.removesuffix(f" {own}") if own else cell for cell in cells]
    if (
        figures
        and said
        and all(NUMBER.fullmatch(one) for one, cell in zip(plain, cells, strict=True) if cell not in NOTHING)
    ):
        return Column(word, Kind.NUMBER, own or unit), [
            None if cell in NOTHING else Decimal(one.replace(",", "")) for one, cell in zip(plain, cells, strict=True)
        ]
    return Column(word, Kind.TEXT, unit), list(cells)


def _or_none(cell: str, make: Callable[[str], object]) -> object:
    return None if cell in NOTHING else make(cell)


def _moment(cell: str) -> datetime:
    return datetime.strptime(cell, "%Y-%m-%d %H:%M").replace(tzinfo=BEIJING)


def _written(column: Column, value: object) -> str:
    """A cell of CSV: numbers and days plain, text led by an apostrophe where it looks like a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value) if column.kind is not Kind.TEXT else _safe(str(value))


def _safe(cell: str) -> str:
    return f"'{cell}" if FORMULA_LIKE.match(cell) else cell


def _line(parts: Sequence[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _plain(number: Decimal) -> str:
    told = f"{number:,f}"
    return told.rstrip("0").rstrip(".") if "." in told else told
