"""The months of every firm side by side (逐月销售): sums of each, counted back from the last month that counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np
import polars as pl

from scoring.invoice_rows import YEAR, Marks, Numbers, Packed, last_month

RECENT, LONG = 24, 36
"""Months of the windows beside the year: two years for variation, three for continuity and proven scale."""


@dataclass(frozen=True, slots=True)
class Span:
    """By firm: the first month, the last that counts, months on record (0 without any valid invoice)."""

    first: Numbers
    end: Numbers
    history: Numbers

    def age(self, packed: Packed) -> Numbers:
        """How many months each row lies before the end of its firm's record; negative after it."""
        return cast("Numbers", self.end[packed.firm] - packed.month)


def span(packed: Packed, through: date | None) -> Span:
    """The last month counts once it is complete, but the record never ends before its first invoice."""
    cells = packed.firm * packed.months + packed.month
    valid = packed.valid
    seen = np.zeros(packed.cells, dtype=np.bool_)
    over = np.zeros(packed.cells, dtype=np.bool_)
    seen[cells[valid]] = True
    over[cells[valid & packed.month_end]] = True
    months = seen.reshape(-1, packed.months)
    first = months.argmax(axis=1)
    last = packed.months - 1 - months[:, ::-1].argmax(axis=1)
    whole = (
        last - ~over.reshape(-1, packed.months)[np.arange(len(last)), last]
        if through is None
        else _last(through, packed)
    )
    end = np.maximum(whole, first)
    return Span(first, end, np.where(months.any(axis=1), end - first + 1, 0))


def _last(through: date, packed: Packed) -> int:
    return last_month(through) - packed.since


def sums(packed: Packed, known: Span) -> tuple[Numbers, Numbers]:
    """Net sales and net purchases, one row a firm, one column a month: column 0 is the last month that counts."""
    total = np.zeros((packed.cells, 2), dtype=np.int64)
    valid = packed.valid
    cells = (packed.firm * packed.months + packed.month) * 2 + packed.sale
    np.add.at(total.reshape(-1), cells[valid], packed.amount[valid])
    month = known.end[:, None] - np.arange(LONG)[None, :]
    inside = (month >= 0) & (month < packed.months)
    place = np.clip(month, 0, packed.months - 1) + np.arange(len(known.end))[:, None] * packed.months
    sales, purchases = (np.where(inside, total[place, side], 0) for side in (1, 0))
    return sales, purchases


def volume(packed: Packed, known: Span) -> pl.DataFrame:
    """Yearly sums, growth, active months, variation, gap and recency, in the order of `packed.firms`."""
    sales, purchases = sums(packed, known)
    gap, silent = _silence(sales > 0, np.minimum(known.history, LONG))
    return pl.DataFrame(
        {
            "history_months": known.history,
            "annual_sales": sales[:, :YEAR].sum(axis=1),
            "annual_purchases": purchases[:, :YEAR].sum(axis=1),
            "average_sales": sales.sum(axis=1) * YEAR // LONG,
            "typical_month": _median(sales),
            "active_months": (sales > 0).sum(axis=1),
            "steady": _steady(sales[:, :RECENT]),
            "silent_months": silent,
            "before": sales[:, YEAR : 2 * YEAR].sum(axis=1),
            "gap": gap,
            "variation": _variation(sales, np.minimum(RECENT, known.history - 1)),
        }
    ).select(*_facts())


def _facts() -> tuple[pl.Expr, ...]:
    """A ratio is null where its denominator is not positive or its window is not covered."""
    sales, before, history = pl.col("annual_sales"), pl.col("before"), pl.col("history_months")
    change = sales.cast(pl.Float64) - before
    return (
        pl.exclude("before", "gap", "variation", "steady"),
        pl.when((history > 2 * YEAR) & (before > 0)).then(100 * change / before).alias("sales_growth"),
        pl.when(history >= YEAR).then("variation").alias("sales_variation"),
        pl.when(sales > 0).then(100.0 * pl.col("annual_purchases") / sales).alias("purchase_ratio"),
        pl.when(history >= YEAR).then("gap").alias("longest_gap"),
        pl.when(history >= YEAR).then("steady").alias("steady_months"),
    )


def _median(sales: Numbers) -> Numbers:
    """The middle of the months of the long window, those before the record counted as nothing; halves of a fen fall away."""
    ranked = np.sort(sales, axis=1)
    low, high = ranked[:, LONG // 2 - 1], ranked[:, LONG // 2]
    return cast("Numbers", low + (high - low) // 2)


def _steady(sales: Numbers) -> Numbers:
    """How many months reach half of the average month; none where nothing was sold on balance."""
    total = sales.sum(axis=1, keepdims=True)
    return cast("Numbers", ((2 * sales.shape[1] * sales >= total) & (total > 0)).sum(axis=1))


def _silence(sold: Marks, window: Numbers) -> tuple[Numbers, Numbers]:
    """The longest run of months without sales inside the window, and the run that ends with the last month."""
    run, longest, silent = (np.zeros(len(window), dtype=np.int64) for _ in range(3))
    for age in range(LONG):
        run = np.where(sold[:, age] | (age >= window), 0, run + 1)
        longest = np.maximum(longest, run)
        silent = np.where(run == age + 1, run, silent)
    return longest, silent


def _variation(sales: Numbers, whole: Numbers) -> pl.Series:
    """Standard deviation over mean of the whole months (per cent), exact in wide integers until the last step."""
    inside = np.where(np.arange(RECENT)[None, :] < whole[:, None], sales[:, :RECENT], 0)
    wide = pl.DataFrame(inside, schema=[str(age) for age in range(RECENT)]).cast(pl.Int128)
    total, squares = pl.sum_horizontal(pl.all()), pl.sum_horizontal(pl.all() * pl.all())
    spread = (pl.Series(whole) * squares - total * total).cast(pl.Float64).sqrt()
    return wide.select(pl.when(total > 0).then(100 * spread / total.cast(pl.Float64))).to_series()
