"""Invoices of many firms (发票明细), side by side in one exact table, with the traps of real exports reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from reports.intake_findings import Report
from reports.intake_firms import FIRM
from reports.intake_table import fen, table, with_days, with_exact
from reports.sheets import Book
from scoring.invoice_rows import kept

NUMBER, DAY, AMOUNT, TAX, TOTAL, STATUS = "发票号码", "开票日期", "金额", "税额", "价税合计", "发票状态"
MONEY = {AMOUNT: "amount", TAX: "tax", TOTAL: "total"}
#: A red-letter original stays valid: its negative counterpart nets it.
VALID = ("有效发票", "有效", "正常", "正常发票", "已红冲", "已红冲-全额", "已红冲-部分")
VOID = ("作废发票", "作废", "已作废")
FEW = 5
MOST_FEN = 10**13  # 1,000亿元: no VAT invoice has so many digits, and sums of a whole book stay within whole numbers
EXACT_DIGITS = 15  # of a number in a spreadsheet; longer invoice numbers must be text
COLUMNS = ("firm", "side", "number", "counterparty", "day", "amount_fen", "tax_fen", "total_fen", "void")


@dataclass(frozen=True, slots=True)
class Side:
    """Sales or purchases: the sheet they stand on and the heading of the other party."""

    key: str
    sheet: str
    party: str

    @property
    def columns(self) -> tuple[str, ...]:
        return (FIRM, NUMBER, DAY, self.party, AMOUNT, TAX, TOTAL, STATUS)


PURCHASES = Side("in", "进项发票信息", "销方单位代号")
SALES = Side("out", "销项发票信息", "购方单位代号")


def read_side(book: Book, side: Side, firms: pl.Series, report: Report, window: tuple[date, date]) -> pl.DataFrame:
    """One side's invoices in the columns of `COLUMNS`, in the sheet's order, doubles included."""
    written = table(book, side.sheet, side.columns)
    read = _typed(written, side)
    _refuse(read, side, firms, report, window)
    _note(read, side, report)
    typed = read.select(COLUMNS)
    _note_doubles(typed, read["row"], side, report)
    _note_scope(typed, firms, side, report)
    return typed


def _typed(written: pl.DataFrame, side: Side) -> pl.DataFrame:
    """Typed columns beside the written ones, so that a finding can show what stood there."""
    read = with_days(written, DAY, "day")
    for column, name in MONEY.items():
        read = with_exact(read, column, name)
    status = pl.col(STATUS).str.strip_chars()
    void = pl.when(status.is_in(VOID)).then(statement=True).when(status.is_in(VALID)).then(statement=False)
    return read.with_columns(fen(name).alias(f"{name}_fen") for name in MONEY.values()).with_columns(
        firm=pl.col(FIRM).str.strip_chars(),
        side=pl.lit(side.key),
        number=pl.col(NUMBER).str.strip_chars(),
        counterparty=pl.col(side.party).str.strip_chars(),
        void=void,
    )


def _refuse(read: pl.DataFrame, side: Side, firms: pl.Series, report: Report, window: tuple[date, date]) -> None:
    """Cells that leave no way to take the invoice in."""
    for column in side.columns:
        report.refuse_where(read, pl.col(column).is_null(), side.sheet, column, "cell_missing")

    def refuse(column: str, wrong: pl.Expr, code: str) -> None:
        report.refuse_where(read, pl.col(column).is_not_null() & wrong, side.sheet, column, code)

    refuse(FIRM, ~pl.col("firm").is_in(firms.implode()), "unknown_firm")
    refuse(DAY, pl.col("day").is_null(), "not_a_day")
    refuse(DAY, ~pl.col("day").is_between(*window), "day_out_of_range")
    refuse(STATUS, pl.col("void").is_null(), "unknown_status")
    for column, name in MONEY.items():
        refuse(column, pl.col(f"{name}_fen").is_null(), "not_an_amount")
        refuse(column, pl.col(f"{name}_fen").abs() > MOST_FEN, "amount_beyond")


def _note(read: pl.DataFrame, side: Side, report: Report) -> None:
    """Cells taken in as they are or put right, firm by firm, though somebody should look at them."""
    wrong_sign = pl.col("amount_fen").sign() * pl.col("tax_fen").sign() < 0
    odd_sum = (pl.col("amount_fen") + pl.col("tax_fen") - pl.col("total_fen")).abs() > 1
    number = pl.col("number")
    long = read.filter(number.str.contains(rf"^\d{{{EXACT_DIGITS + 1},}}$"))
    lost = pl.Series("lost", [text == f"{float(text):.0f}" for text in long["number"]], pl.Boolean)

    def note(column: str, odd: pl.Expr, code: str, frame: pl.DataFrame = read) -> None:
        report.note_firms(frame, odd, side.sheet, column, code, value=column)

    note(STATUS, pl.col(STATUS).str.strip_chars() != pl.col(STATUS), "status_spaces")
    note(TAX, wrong_sign, "wrong_tax_sign")
    note(TOTAL, odd_sum & ~wrong_sign, "does_not_add_up")
    note(NUMBER, pl.col("lost"), "digits_lost", long.with_columns(lost))
    for column, name in MONEY.items():
        note(column, pl.col(name) * 100 != pl.col(f"{name}_fen").cast(pl.Decimal(38, 0)), "amount_rounded")


def _note_doubles(typed: pl.DataFrame, row: pl.Series, side: Side, report: Report) -> None:
    """Rows that repeat an earlier one in every column, firm by firm; an invoice number alone is no key."""
    again = ~pl.Series(kept(typed))
    report.note_firms(typed.with_columns(row), pl.lit(again), side.sheet, FIRM, "doubles", value="firm")


def _note_scope(typed: pl.DataFrame, firms: pl.Series, side: Side, report: Report) -> None:
    """Firms that the sheet says little about: a shorter window than the book's, or hardly an invoice."""
    spans = typed.group_by("firm").agg(pl.len(), first=pl.min("day"), last=pl.max("day"))
    start, end = typed["day"].min(), typed["day"].max()
    if isinstance(start, date) and isinstance(end, date):
        late, early = pl.col("first").dt.truncate("1mo") > start, pl.col("last").dt.month_end() < end
        ragged = spans.filter(late | early).height
        if ragged:
            report.note(side.sheet, None, DAY, f"{start:%Y-%m} 至 {end:%Y-%m}", "ragged_window", count=ragged)
    counts = dict(spans.select("firm", "len").iter_rows())
    for firm in firms.drop_nulls():
        count = counts.get(firm, 0)
        if count < FEW:
            report.note(side.sheet, None, FIRM, firm, "few_invoices" if count else "no_invoices", count=count)
