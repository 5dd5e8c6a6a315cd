"""Workbooks people hand in, interpreted: exact columns of invoices, needs and statements; everything odd reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from reports.intake_findings import Finding, Gravity, Report
from reports.intake_firms import read_firms
from reports.intake_invoices import PURCHASES, SALES, read_side
from reports.intake_needs import NeedRow, read_needs
from reports.intake_statements import Asked, StatementBook, read_statements
from reports.intake_templates import template
from reports.sheets import Book

__all__ = [
    "Asked",
    "Finding",
    "Gravity",
    "InvoiceBook",
    "NeedRow",
    "StatementBook",
    "read_invoices",
    "read_statements",
    "template",
]

FIRST_VAT_DAY = date(1994, 1, 1)  # 增值税暂行条例 in force: no VAT invoice can be older


@dataclass(frozen=True, slots=True)
class InvoiceBook:
    """An invoice workbook taken in.

    firms: firm, name, industry (a code of GB/T 4754-2017), representative, park String, employees Int64, founded Date, all but
    the first two null where the book does not say. invoices: firm String, side String ("out" sales / "in" purchases), number String,
    counterparty String, day Date, amount_fen, tax_fen, total_fen Int64, void Boolean; doubles are kept and reported.
    """

    firms: pl.DataFrame
    invoices: pl.DataFrame
    needs: tuple[NeedRow, ...]
    findings: tuple[Finding, ...]

    @property
    def last_day(self) -> date:
        """The day of the last invoice in the whole workbook: how far it covers."""
        last: date = self.invoices["day"].max()  # type: ignore[assignment]  # the column holds days
        return last


def read_invoices(book: Book, *, until: date, since: date = FIRST_VAT_DAY) -> InvoiceBook:
    """Interpret an invoice workbook (发票工作簿); invoices are dated from `since` to `until`, today in Beijing.

    Raises WorkbookRefused (facts: errors, findings) when any cell is wrong, SheetMissing, ColumnMissing, WorkbookEmpty.
    """
    report = Report()
    firms = read_firms(book, report, until)
    known = firms["firm"]
    sides = [read_side(book, side, known, report, (since, until)) for side in (PURCHASES, SALES)]
    needs = read_needs(book, known, report)
    return InvoiceBook(firms, pl.concat(sides), needs, report.settle())
