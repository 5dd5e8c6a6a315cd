"""Wishes for loans listed on a sheet (融资需求): amount, months, purpose, latest day of use, rate hoped for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from financing.money import LARGEST
from reports.intake_findings import Report
from reports.intake_table import has_sheet, table, with_days, with_exact
from reports.sheets import Book

NEEDS = "融资需求"
FIRM, AMOUNT, MONTHS, PURPOSE, LATEST, RATE = (
    "企业代号",
    "金额(万元)",
    "期限(月)",
    "用途",
    "最迟用款日",
    "期望利率%",
)
REQUIRED = (FIRM, AMOUNT, MONTHS, PURPOSE)
LONGEST_MONTHS = 360
LONGEST_PURPOSE = 500
#: Below a tenth of a per cent a share was typed for a percentage, or a cell is formatted as one.
LEAST_PERCENT, MOST_PERCENT = 0.1, 100


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


def read_needs(book: Book, firms: pl.Series, report: Report) -> tuple[NeedRow, ...]:
    """The wishes in the sheet's order; none when the sheet is not there or holds nothing."""
    if not has_sheet(book, NEEDS):
        return ()
    read = _typed(table(book, NEEDS, REQUIRED, (LATEST, RATE)))
    _refuse(read, firms, report)
    if report.errors:
        return ()
    fields = ("row", "firm", "amount_fen", "months", "purpose", "latest_use", "rate_ppm")
    return tuple(NeedRow(*row) for row in read.select(fields).iter_rows())


def _typed(written: pl.DataFrame) -> pl.DataFrame:
    """A wan to six decimals is whole fen, a per cent to four is whole ppm: both exact."""
    read = with_days(written, LATEST, "latest_use")
    for column, name in ((AMOUNT, "wan"), (MONTHS, "term"), (RATE, "percent")):
        read = with_exact(read, column, name)
    amount, term = pl.col("wan").to_physical(), pl.col("term")
    return read.with_columns(
        firm=pl.col(FIRM).str.strip_chars(),
        purpose=pl.col(PURPOSE).str.strip_chars(),
        amount_fen=pl.when(amount.abs() <= LARGEST).then(amount).cast(pl.Int64),
        months=pl.when((term == term.floor()) & term.is_between(1, LONGEST_MONTHS)).then(term.cast(pl.Int64)),
        rate_ppm=pl.when(pl.col("percent").is_between(LEAST_PERCENT, MOST_PERCENT)).then(
            pl.col("percent").round(4, mode="half_away_from_zero").cast(pl.Decimal(38, 4)).to_physical().cast(pl.Int64)
        ),
    )


def _refuse(read: pl.DataFrame, firms: pl.Series, report: Report) -> None:
    for column in REQUIRED:
        report.refuse_where(read, pl.col(column).is_null(), NEEDS, column, "cell_missing")

    def refuse(column: str, wrong: pl.Expr, code: str) -> None:
        report.refuse_where(read, pl.col(column).is_not_null() & wrong, NEEDS, column, code)

    refuse(FIRM, ~pl.col("firm").is_in(firms.implode()), "unknown_firm")
    refuse(AMOUNT, pl.col("amount_fen").is_null(), "not_an_amount")
    refuse(AMOUNT, pl.col("amount_fen") <= 0, "not_positive")
    refuse(MONTHS, pl.col("months").is_null(), "not_months")
    refuse(PURPOSE, pl.col("purpose").str.len_chars() > LONGEST_PURPOSE, "text_too_long")
    refuse(LATEST, pl.col("latest_use").is_null(), "not_a_day")
    refuse(RATE, pl.col("rate_ppm").is_null(), "not_a_rate")
