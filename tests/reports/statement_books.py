"""Statements that tie, and the workbooks they come in: our template, the tax office's forms, one sheet of all, plain CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from reports.intake_templates import template
from scoring.statement_lines import SHEETS, Standard, Unit, form, identities

Lines = dict[str, int]
Years = Mapping[int, Lines]
TITLES = {"balance": "资产负债表", "income": "利润表", "cash": "现金流量表"}
MARK = {Standard.SMALL: "适用执行小企业会计准则的企业", Standard.GENERAL: "适用执行企业会计准则的一般企业"}
TAXPAYER = "91360000MA35XYX00A"
Row = Sequence[object]


def tied(standard: Standard, number: Callable[[], int]) -> Lines:
    """Every line of the standard: parts as they are drawn, totals added up, equity what is left of the assets."""
    parts = {identity.total: identity.parts for identity in identities(standard) if identity.key != "balance"}
    lines = {line.code: number() for sheet in SHEETS for line in form(standard, sheet) if line.code not in parts}

    def total(code: str) -> int:
        if code in parts:
            lines[code] = sum(sign * total(part) for part, sign in parts[code].items())
        return lines[code]

    for root in ("assets", "liabilities", "equity"):
        total(root)
    lines["retained_profit"] += lines["assets"] - lines["liabilities"] - lines["equity"]
    for root in parts:
        total(root)
    return lines


def pair(standard: Standard, number: Callable[[], int], last: int = 2025, years: int = 2) -> dict[int, Lines]:
    return {year: tied(standard, number) for year in range(last - years + 1, last + 1)}


def written(fen: int | None, unit: Unit = Unit.YUAN, style: str = "number") -> object:
    """An amount as a form shows it: a number, text with separators, or brackets below zero."""
    if fen is None:
        return None
    whole, rest = divmod(abs(fen), unit.fen)
    digits = f"{whole:,}.{rest:0{len(str(unit.fen)) - 1}d}"
    if style == "number":
        return float(digits.replace(",", "")) * (-1 if fen < 0 else 1)
    if style == "brackets":
        return f"({digits})" if fen < 0 else digits
    return f"－{digits}" if fen < 0 else f" {digits} "


def saved(book: openpyxl.Workbook) -> bytes:
    sink = BytesIO()
    book.save(sink)
    return sink.getvalue()


def in_template(standard: Standard, years: Years, unit: Unit = Unit.YUAN, style: str = "text") -> bytes:
    """The template as it is downloaded, filled in."""
    book = openpyxl.load_workbook(BytesIO(template("general" if standard is Standard.GENERAL else "statements")))
    for kind in SHEETS:
        page = book[TITLES[kind]]
        page["B3"], page["E3"] = str(max(years)), unit.term
        for row, line in enumerate(form(standard, kind), 5):
            for column, year in enumerate(sorted(years, reverse=True), 3):
                page.cell(row, column).value = written(years[year].get(line.code), unit, style)
    return saved(book)


def tax_rows(standard: Standard, kind: str, years: Years, style: str) -> list[Row]:
    """A form as the tax office exports it: head, header, lines with their numbers; the balance sheet has two sides."""
    last, before = max(years), max(years) - 1
    span = ("所属期起：", f"{last}-01-01", None, "所属期止：", f"{last}-12-31")
    head: list[Row] = [
        (f"{TITLES[kind]}（{MARK[standard]}）",),
        ("纳税人识别号：", TAXPAYER, None, "纳税人名称：", "元亨制造有限公司"),
        (*span, None, None, "单位：元"),
        (),
    ]

    def cells(code: str) -> list[object]:
        return [written(years.get(year, {}).get(code), style=style) for year in (last, before)]

    lines = form(standard, kind)
    printed = {line.code: line.places[standard].printed for line in lines}
    rows = [[f"　{printed[line.code]} ", line.places[standard].number, *cells(line.code)] for line in lines]
    if kind != "balance":
        second = {"income": "上年金额", "cash": "上期金额"}[kind]
        return [*head, ("项 目", "行次", "本年累计金额", second), *rows]
    at = next(at for at, line in enumerate(lines) if line.code == "short_loans")
    left = [["流动资产：", None, None, None], *rows[:at]]
    right = [["流动负债：", None, None, None], *rows[at:]]
    height = max(len(left), len(right))
    sides = [side + [[None] * 4] * (height - len(side)) for side in (left, right)]
    heading = (
        "资  产",
        "行次",
        "期末余额",
        "年初余额",
        "负债和所有者权益（或股东权益）",
        "行次",
        "期末余额",
        "年初余额",
    )
    return [*head, heading, *([*a, *b] for a, b in zip(*sides, strict=True))]


def fill(page: Worksheet, rows: Sequence[Row], *, first: int = 1, column: int = 1) -> None:
    for at, row in enumerate(rows, first):
        for place, value in enumerate(row, column):
            page.cell(at, place).value = value


def in_tax_form(standard: Standard, years: Years, style: str = "text", column: int = 1) -> bytes:
    """One sheet for each statement, titles over merged cells, perhaps not beginning in column A."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for kind in SHEETS:
        page = book.create_sheet(f"{TITLES[kind]}_年报")
        fill(page, tax_rows(standard, kind, years, style), column=column)
        page.merge_cells(start_row=1, end_row=1, start_column=column, end_column=column + 3)
    return saved(book)


def year_by_year(standard: Standard, years: Years, style: str = "number") -> bytes:
    """A workbook of several years, each with its own three sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for year in sorted(years):
        for kind in SHEETS:
            told = {y: years[y] for y in (year, year - 1) if y in years}
            fill(book.create_sheet(f"{year}年{TITLES[kind]}"), tax_rows(standard, kind, told, style))
    return saved(book)


def on_one_sheet(standard: Standard, years: Years, style: str = "brackets") -> list[Row]:
    """All three one below the other, lines empty and columns headed by years."""
    rows: list[Row] = []
    for kind in SHEETS:
        heads = [f"{year}年12月31日" if kind == "balance" else f"{year}年度" for year in sorted(years, reverse=True)]
        rows += [(TITLES[kind], None, "单位：元", MARK[standard]), (), ("项目", "附注", *heads)]
        for line in form(standard, kind):
            amounts = [written(years[year].get(line.code), style=style) for year in sorted(years, reverse=True)]
            rows += [(line.places[standard].printed, None, *amounts), ()]
    return rows


def one_sheet_book(standard: Standard, years: Years, style: str = "brackets") -> bytes:
    book = openpyxl.Workbook()
    fill(book.active, on_one_sheet(standard, years, style), first=3, column=2)
    return saved(book)


def as_csv(standard: Standard, years: Years, style: str = "brackets") -> bytes:
    """The same as CSV in the encoding that Chinese spreadsheets save."""
    sink = StringIO()
    csv.writer(sink).writerows(on_one_sheet(standard, years, style))
    return sink.getvalue().encode("gb18030")


LAYOUTS: Mapping[str, Callable[[Standard, Years, str], bytes]] = {
    "template": lambda standard, years, style: in_template(standard, years, style=style),
    "tax form": in_tax_form,
    "tax form from C": lambda standard, years, style: in_tax_form(standard, years, style, 3),
    "year by year": year_by_year,
    "one sheet": one_sheet_book,
    "csv": as_csv,
}


def cells(content: bytes) -> Iterator[tuple[str, str, object]]:
    """Every filled cell of a workbook: sheet, coordinate, value."""
    for page in openpyxl.load_workbook(BytesIO(content)).worksheets:
        for row in page.iter_rows():
            yield from ((page.title, cell.coordinate, cell.value) for cell in row if cell.value is not None)
