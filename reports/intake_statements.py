"""Statements on the forms of the small-enterprise standard (小企业会计准则报表) as lines by code, in fen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from financing.file_refusals import ColumnMissing
from reports.intake_findings import Finding, Report
from reports.intake_table import HEADER_WITHIN, fen, find_sheet, has_sheet, plain, with_exact
from reports.sheets import Book
from scoring.statement_lines import LINES

SHEETS = {"资产负债表": "balance", "利润表": "income", "现金流量表": "cash"}
OPTIONAL = {"现金流量表"}
NAMES = {"项目", "资产", "负债和所有者权益", "负债和所有者权益(或股东权益)", "负债及所有者权益"}
CURRENT = {"期末余额", "期末数", "期末", "本期金额", "本期", "本年累计金额", "本年金额"}
PREVIOUS = {"期初余额", "年初余额", "期初数", "期初", "上年年末余额", "上期金额", "上期", "上年金额"}
BLANK = ["", "-", "—", "－", "――"]
ORNAMENT = re.compile(r"^[一二三四五六七八九十]+、|^(?:减|加|其中):|\([^)]*\)|[:*]")
OTHER_NAMES = {
    "固定资产净值": "fixed_assets",
    "固定资产净额": "fixed_assets",
    "固定资产": "fixed_assets",
    "营业税金及附加": "taxes_and_surcharges",
    "所得税": "income_tax",
    "股东权益合计": "equity",
    "负债及所有者权益总计": "liabilities_and_equity",
    "负债和股东权益总计": "liabilities_and_equity",
    "资产合计": "assets",
    "应付工资": "wages_payable",
    "应交税金": "taxes_payable",
}


@dataclass(frozen=True, slots=True)
class StatementBook:
    """Balance sheet, income statement and cash flows by line code in fen, this period and the one before."""

    current: dict[str, int]
    previous: dict[str, int]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Where a list of lines stands on a sheet: its column of names, and those of this period and the one before."""

    name: str
    periods: dict[str, str] = field(default_factory=dict)


def line_name(text: str) -> str:
    """A line's name as it is compared: numbering, 减/加/其中, brackets and the old spelling of 账 do not count."""
    return ORNAMENT.sub("", plain(text)).replace("帐", "账")


CODES = {
    sheet: {line_name(line.term): line.code for line in LINES.values() if line.sheet == sheet}
    | {name: code for name, code in OTHER_NAMES.items() if LINES[code].sheet == sheet}
    for sheet in SHEETS.values()
}


def read_statements(book: Book) -> StatementBook:
    """Lines by code in fen from our template or the tax office's two-sided form; an empty cell is absent, not zero.

    Raises WorkbookRefused (facts: errors, findings) when any cell is wrong, SheetMissing, ColumnMissing.
    """
    report = Report()
    lines: dict[str, dict[str, int]] = {"current": {}, "previous": {}}
    for name in SHEETS:
        if name not in OPTIONAL or has_sheet(book, name):
            _read(book, name, lines, report)
    return StatementBook(lines["current"], lines["previous"], report.settle())


def _read(book: Book, name: str, lines: dict[str, dict[str, int]], report: Report) -> None:
    frame = find_sheet(book, name)
    at, blocks = _blocks(frame)
    if not any("current" in block.periods for block in blocks):
        raise ColumnMissing(sheet=name, column="项目、期末余额或本期金额", found=tuple(_texts(frame, at)))
    reading = _Reading(name, frame.slice(at + 1), report)
    for block in blocks:
        rows = reading.rows(block)
        for period, column in block.periods.items():
            lines[period] |= reading.amounts(column, rows)
    if not reading.seen:
        report.refuse(name, None, "项目", None, "no_lines")


def _blocks(frame: pl.DataFrame) -> tuple[int, list[Block]]:
    """The header among the first rows, and the lists that stand side by side under it."""
    for at, cells in enumerate(frame.head(HEADER_WITHIN).drop("row").iter_rows()):
        blocks: list[Block] = []
        for column, cell in zip(frame.columns[1:], cells, strict=True):
            heading = plain(cell)
            if heading in NAMES:
                blocks.append(Block(column))
            elif blocks and heading in CURRENT | PREVIOUS:
                blocks[-1].periods.setdefault("current" if heading in CURRENT else "previous", column)
        if blocks and blocks[0].periods:
            return at, blocks
    return 0, []


def _texts(frame: pl.DataFrame, at: int) -> Iterator[str]:
    return (cell for cell in (frame.drop("row").row(at) if frame.height else ()) if cell)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One statement being read: its name, the rows below the header, the report, and the lines met so far."""

    sheet: str
    frame: pl.DataFrame
    report: Report
    seen: set[str] = field(default_factory=set)

    def rows(self, block: Block) -> dict[int, str]:
        """Which row is which line; an amount beside an unknown name is mentioned, a line met twice refused."""
        codes, rows, unknown = CODES[SHEETS[self.sheet]], dict[int, str](), list[tuple[int, str]]()
        stated = pl.any_horizontal(pl.col(column).is_not_null() for column in block.periods.values())
        named = self.frame.select("row", block.name, stated=stated).drop_nulls()
        for row, text, has_amount in named.iter_rows():
            code = codes.get(line_name(text))
            if code is None and has_amount:
                unknown.append((row, text))
            elif code in self.seen:
                self.report.refuse(self.sheet, row, "项目", text, "line_twice")
            elif code:
                self.seen.add(code)
                rows[row] = code
        if unknown:
            row, text = unknown[0]
            self.report.note(self.sheet, row, "项目", text, "unknown_line", count=len(unknown))
        return rows

    def amounts(self, column: str, rows: dict[int, str]) -> dict[str, int]:
        """One period's amounts by line; a dash or an empty cell states nothing."""
        blank = pl.col(column).str.strip_chars().is_in(BLANK)
        written = self.frame.filter(pl.col("row").is_in(list(rows)), pl.col(column).is_not_null(), ~blank)
        read = with_exact(written, column, "amount").with_columns(fen("amount").alias("fen"))
        found = dict[str, int]()
        for row, text, amount in read.select("row", column, "fen").iter_rows():
            if amount is None:
                self.report.refuse(self.sheet, row, LINES[rows[row]].term, text, "not_an_amount")
            else:
                found[rows[row]] = amount
        return found
