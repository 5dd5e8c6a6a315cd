"""The workbooks that firms on stage hand in: real files that the intake itself reads back, so that a download is a download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import polars as pl
from xlsxwriter.worksheet import Worksheet

from reports.intake_firms import FIRM, FIRMS, NAME
from reports.intake_invoices import AMOUNT, DAY, NUMBER, PURCHASES, SALES, STATUS, TAX, TOTAL, Side
from reports.intake_statements import SHEETS
from reports.sheets_out import open_book
from reports.statement_template import FOR, PERIODS
from scoring.statement_lines import Standard, form

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def invoice_book(code: str, name: str, frame: pl.DataFrame) -> bytes:
    """One firm's invoices in the layout of the invoice template; the same rows give the same bytes."""
    sink = BytesIO()
    with open_book(sink) as book:
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        _write(book.add_worksheet(FIRMS), [[FIRM, NAME], [code, name]], days)
        for side in (PURCHASES, SALES):
            head = [FIRM, NUMBER, DAY, side.party, AMOUNT, TAX, TOTAL, STATUS]
            _write(book.add_worksheet(side.sheet), [head, *_rows(code, frame, side)], days)
    return sink.getvalue()


def statement_book(years: Mapping[int, Mapping[str, int]]) -> bytes:
    """Two years of statements in the layout of the statement template."""
    now, before = years[max(years)], years[max(years) - 1]
    sink = BytesIO()
    with open_book(sink) as book:
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet, key in SHEETS.items():
            head = [[f"{sheet}（{FOR[Standard.SMALL]}）"], ["年度：", str(max(years)), "单位：", "元"]]
            rows = [
                [line.places[Standard.SMALL].printed, _yuan(now.get(line.code)), _yuan(before.get(line.code))]
                for line in form(Standard.SMALL, key)
            ]
            _write(book.add_worksheet(sheet), [*head, ["项目", *PERIODS[key][:2]], *rows], days)
    return sink.getvalue()


def _rows(code: str, frame: pl.DataFrame, side: Side) -> Iterable[list[Any]]:
    columns = ("number", "day", "counterparty", "amount_fen", "tax_fen", "total_fen", "void")
    for number, day, party, amount, tax, total, void in (
        frame.filter(pl.col("side") == side.key).select(columns).iter_rows()
    ):
        yield [code, number, day, party, _yuan(amount), _yuan(tax), _yuan(total), "作废发票" if void else "有效发票"]


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / 100


def _write(page: Worksheet, rows: Iterable[Sequence[Any]], days: Any) -> None:
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(at, place, value, days)
            elif isinstance(value, Decimal):
                page.write_number(at, place, value)
            elif value is not None:
                page.write_string(at, place, value)
