"""The firms of a workbook (企业信息): code and name, and what else it chooses to say of them."""

from __future__ import annotations

from datetime import date

import polars as pl

from financing.file_refusals import WorkbookEmpty
from reports.intake_findings import Report
from reports.intake_table import table, with_days, with_exact
from reports.sheets import Book
from scoring.industries import UnknownIndustry, industry

FIRMS = "企业信息"
FIRM, NAME = "企业代号", "企业名称"
INDUSTRY, EMPLOYEES, FOUNDED, REPRESENTATIVE, PARK = "行业代码", "从业人员(人)", "成立日期", "法定代表人", "所在园区"
MOST_EMPLOYEES = 10_000_000


def read_firms(book: Book, report: Report, until: date) -> pl.DataFrame:
    """Code, name, industry, employees, founded, representative and park; all but the first two may be null.

    Whatever else the sheet says, a bank's rating above all, is not read. No firm is founded after `until`.
    """
    written = table(book, FIRMS, (FIRM, NAME), (INDUSTRY, EMPLOYEES, FOUNDED, REPRESENTATIVE, PARK))
    read = _typed(written.with_columns(pl.col(FIRM, NAME, INDUSTRY, REPRESENTATIVE, PARK).str.strip_chars()))
    _refuse(read, report, until)
    if not read.height:
        raise WorkbookEmpty(sheet=FIRMS)
    return read.select(
        "industry", "employees", "founded", firm=FIRM, name=NAME, representative=REPRESENTATIVE, park=PARK
    ).select("firm", "name", "industry", "employees", "founded", "representative", "park")


def _typed(written: pl.DataFrame) -> pl.DataFrame:
    read = with_exact(with_days(written, FOUNDED, "founded"), EMPLOYEES, "heads")
    heads, codes = pl.col("heads"), written[INDUSTRY].unique().drop_nulls()
    whole = (heads == heads.floor()) & heads.is_between(0, MOST_EMPLOYEES)
    return read.with_columns(
        employees=pl.when(whole).then(heads).cast(pl.Int64),
        industry=pl.col(INDUSTRY).replace_strict({code: _known(code) for code in codes}, default=None, return_dtype=pl.String),
    )  # fmt: skip


def _known(code: str) -> str | None:
    """The code as the standard writes it; None for one that is not in it."""
    try:
        return industry(code).code
    except UnknownIndustry:
        return None


def _refuse(read: pl.DataFrame, report: Report, until: date) -> None:
    for column in (FIRM, NAME):
        report.refuse_where(read, pl.col(column).is_null(), FIRMS, column, "cell_missing")
    again = pl.col(FIRM).is_not_null() & ~pl.col(FIRM).is_first_distinct()
    report.refuse_where(read, again, FIRMS, FIRM, "firm_twice")

    def refuse(column: str, wrong: pl.Expr, code: str) -> None:
        report.refuse_where(read, pl.col(column).is_not_null() & wrong, FIRMS, column, code)

    refuse(INDUSTRY, pl.col("industry").is_null(), "unknown_industry")
    refuse(EMPLOYEES, pl.col("employees").is_null(), "not_a_count")
    refuse(FOUNDED, pl.col("founded").is_null(), "not_a_day")
    refuse(FOUNDED, pl.col("founded") > until, "founded_later")
