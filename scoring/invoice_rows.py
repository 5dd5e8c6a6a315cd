"""Invoice rows as whole numbers (发票行): doubles found exactly, firms and months as codes, fit for millions at a time."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np
import numpy.typing as npt
import polars as pl

COLUMNS = {
    "firm": pl.String,
    "side": pl.String,
    "number": pl.String,
    "counterparty": pl.String,
    "day": pl.Date,
    "amount_fen": pl.Int64,
    "tax_fen": pl.Int64,
    "total_fen": pl.Int64,
    "void": pl.Boolean,
}

YEAR = 12
MOST = 2**62
"""Sums of amounts stay below this, in fen, so that no sum of whole numbers can run over: ten million times a large zone."""

Numbers = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]


class TooLarge(ValueError):
    """The amounts add up to more than any zone can have invoiced; sums of whole fen would run over."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One array per column, one place per row; `firms` names the codes, `months` counts from `since` (years · 12)."""

    firms: pl.Series
    since: int
    months: int
    firm: Numbers
    month: Numbers
    amount: Numbers
    sale: Marks
    kept: Marks
    void: Marks
    month_end: Marks

    @property
    def valid(self) -> Marks:
        """Counted once and not void."""
        return self.kept & ~self.void

    @property
    def cells(self) -> int:
        """How many (firm, month) there can be."""
        return len(self.firms) * self.months


def until(invoices: pl.DataFrame, through: date | None) -> pl.DataFrame:
    """The rows that count, in the columns of `COLUMNS`: those up to the last day the export covers."""
    rows = invoices.select(*COLUMNS)
    within = through is None or not (rows["day"] > through).any()
    return rows if within else rows.filter(pl.col("day") <= through)


def valid(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without doubles and void invoices, with the month as years · 12 + month."""
    return rows.filter(pl.Series(kept(rows)) & ~rows["void"]).with_columns(month=month_of(pl.col("day")))


def month_of(day: pl.Expr) -> pl.Expr:
    """Calendar months since the year 0."""
    return day.dt.year() * YEAR + day.dt.month().cast(pl.Int32) - 1


def last_month(through: date) -> int:
    """The last complete month of an export that covers a day, as years · 12 + month."""
    whole = through.day == monthrange(through.year, through.month)[1]
    return through.year * YEAR + through.month - 1 - (not whole)


def kept(rows: pl.DataFrame) -> Marks:
    """True for the first of rows that are equal in every column (去重).

    Equal rows have equal fingerprints, so sorted fingerprints show where to look; whatever is suspected is then compared
    in full. A clash of fingerprints costs time, never a row.
    """
    suspects = np.flatnonzero(_suspected(rows.hash_rows().to_numpy()))
    keep = np.ones(rows.height, dtype=np.bool_)
    keep[suspects] = rows[suspects].select(pl.struct(pl.all()).is_first_distinct()).to_series().to_numpy()
    return keep


def _suspected(prints: npt.NDArray[np.uint64]) -> Marks:
    """True at least wherever a fingerprint occurs more than once; marks the low bits of those that do."""
    ordered = np.sort(prints)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    low = np.uint64((1 << (len(prints) >> 2).bit_length()) - 1)
    marked = np.zeros(int(low) + 1, dtype=np.bool_)
    marked[again & low] = True
    return cast("Marks", marked[prints & low])


def pack(rows: pl.DataFrame) -> Packed:
    """The columns of `COLUMNS` as numbers; raises TooLarge where sums could run over."""
    amount = rows["amount_fen"].to_numpy()
    if not _summable(amount):
        raise TooLarge
    firm = coded(rows["firm"])
    names = cast("pl.Categorical", firm.dtype).categories.to_series()
    since, month, month_end = _months(rows["day"])
    months = int(month.max(initial=0)) + 1
    sale = (rows["side"] == "out").to_numpy()
    return Packed(
        names, since, months, codes(firm), month, amount, sale, kept(rows), rows["void"].to_numpy(), month_end
    )


def _summable(amount: Numbers) -> bool:
    """Whether no sum of these can leave whole 64-bit numbers; the quick bound settles all but the absurd."""
    largest = max(int(amount.max(initial=0)), -int(amount.min(initial=0)))
    return largest * len(amount) < MOST or float(np.abs(amount.astype(np.float64)).sum()) < MOST


def coded(names: pl.Series) -> pl.Series:
    """The names in a categorical of their own, whose codes count from 0 without gaps."""
    return names.cast(pl.Categorical(pl.Categories.random()))


def codes(column: pl.Series) -> Numbers:
    """The code of each row of a categorical."""
    return column.to_physical().cast(pl.Int64).to_numpy()


def _months(days: pl.Series) -> tuple[int, Numbers, Marks]:
    """The first month, each row's distance from it, and whether its day ends a month: one look-up per row."""
    number = days.to_physical().to_numpy()
    first, last = (int(number.min()), int(number.max())) if len(number) else (0, 0)
    span = pl.Series(np.arange(first, last + 1, dtype=np.int32)).cast(pl.Date)
    known = pl.select(month=month_of(pl.lit(span)), ends=span.dt.month_end() == span)
    month = known["month"].to_numpy().astype(np.int64)
    place = number - first
    return int(month[0]), (month - month[0])[place], known["ends"].to_numpy()[place]
