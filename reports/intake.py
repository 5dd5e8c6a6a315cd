"""Workbooks people hand in, interpreted: invoices, needs and statements as exact columns, with everything odd reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from reports.intake_findings import Finding, Gravity
from reports.sheets import Book

__all__ = ["Finding", "Gravity", "InvoiceBook", "NeedRow", "StatementBook", "read_invoices", "read_statements", "template"]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One wish for a loan (融资需求): fen, months, rate in ppm; `row` is the spreadsheet row it came from."""

    row: int
    firm: str
    amount_fen: int
    months: int
    purpose: str
    latest_use: date | None
    rate_ppm: int | None


@dataclass(frozen=True, slots=True)
class InvoiceBook:
    """An invoice workbook taken in.

    firms: firm String, name String. invoices: firm String, side String ("out" sales / "in" purchases), number String,
    counterparty String, day Date, amount_fen, tax_fen, total_fen Int64, void Boolean; doubles are kept and reported.
    """

    firms: pl.DataFrame
    invoices: pl.DataFrame
    needs: tuple[NeedRow, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class StatementBook:
    """Balance sheet, income statement and cash flows by line code in fen, this period and the one before."""

    current: dict[str, int]
    previous: dict[str, int]
    findings: tuple[Finding, ...]


def read_invoices(book: Book, *, until: date, since: date = date(1994, 1, 1)) -> InvoiceBook:
    """Interpret an invoice workbook; raises WorkbookRefused (facts: errors, findings) or SheetMissing, ColumnMissing."""
    raise NotImplementedError


def read_statements(book: Book) -> StatementBook:
    """Interpret a statements workbook; raises as read_invoices does."""
    raise NotImplementedError


def template(kind: Literal["statements", "invoices"]) -> bytes:
    """An empty workbook to download and fill in, with hints and drop-downs; same bytes every time."""
    raise NotImplementedError
