"""VAT invoices to facts (发票画像): scale, continuity, regularity and breadth of each firm, one row a firm.

Every function takes the columns of `COLUMNS`: firm, side ("out" sale, "in" purchase), number, counterparty, day,
amount_fen, tax_fen, total_fen, void. Exact duplicate rows count once; void invoices stay out of every sum; negative
(red-letter) invoices are netted. A month is a calendar month; the last one counts only when it is complete.
"""

from __future__ import annotations

from datetime import date
from typing import cast

import numpy as np
import polars as pl

from scoring.invoice_months import LONG, Span, span, volume
from scoring.invoice_rows import (
    COLUMNS,
    MOST,
    YEAR,
    Marks,
    Numbers,
    Packed,
    TooLarge,
    coded,
    codes,
    month_of,
    pack,
    until,
    valid,
)

__all__ = ["COLUMNS", "LONG", "MOST", "TooLarge", "facts", "monthly", "partners"]

CELLS = 2**23
"""Firms times months held at once; more are worked out in parts, so that memory stays bounded."""


def facts(invoices: pl.DataFrame, through: date | None = None) -> pl.DataFrame:
    """The invoice facts of `FACTS` for every firm, sorted by firm; money in fen, shares in per cent.

    `through` is the last day the export covers; later rows are left out. Without it each firm's record ends with its own
    last valid invoice. A ratio is null where its denominator is not positive or its window is not covered: variation
    and the longest gap need twelve months on record, growth two whole years after the first month. Raises TooLarge where
    the amounts add up to `MOST` fen.
    """
    rows = until(invoices, through)
    packed = pack(rows)
    if packed.cells > CELLS and len(packed.firms) > 1:
        first = pl.Series(packed.firm < len(packed.firms) // 2)
        return pl.concat([facts(rows.filter(half), through) for half in (first, ~first)]).sort("firm")
    known = span(packed, through)
    parts = [pl.DataFrame({"firm": packed.firms}), _counts(rows, packed), volume(packed, known)]
    return pl.concat([*parts, _breadth(rows, packed, known)], how="horizontal").sort("firm")


def monthly(invoices: pl.DataFrame, through: date | None = None) -> pl.DataFrame:
    """Net sales and purchases by calendar month: firm, month (its first day), sales_fen, purchases_fen; no month left out.

    With `through`, the last day the export covers, the months are those that `facts` counts: they end with the last
    complete one. Without it they end with the month of each firm's last valid invoice, complete or not.
    """
    rows = valid(until(invoices, through)).lazy()
    ends = pl.col("month").max() if through is None else _end(through)
    spans = rows.group_by("firm").agg(first=pl.col("month").min(), last=ends)
    every = spans.select("firm", month=pl.int_ranges("first", pl.col("last") + 1)).explode("month")
    net = rows.group_by("firm", pl.col("month").cast(pl.Int64)).agg(sales_fen=_net("out"), purchases_fen=_net("in"))
    filled = every.join(net, on=["firm", "month"], how="left").sort("firm", "month")
    first_day = pl.date(pl.col("month") // YEAR, pl.col("month") % YEAR + 1, 1)
    return filled.select(
        "firm", first_day.alias("month"), pl.col("sales_fen").fill_null(0), pl.col("purchases_fen").fill_null(0)
    ).collect()


def partners(invoices: pl.DataFrame, top: int = 5, through: date | None = None) -> pl.DataFrame:
    """The largest customers ("out") and suppliers ("in") of the last twelve months.

    Gives firm, side, rank from 1, counterparty, amount_fen (net), share (per cent of all positive nets of that side).
    """
    rows = valid(until(invoices, through)).lazy()
    ends = rows.group_by("firm").agg(end=_end(through))
    year = rows.join(ends, on="firm").filter((pl.col("end") - pl.col("month")).is_between(0, YEAR - 1))
    nets = year.group_by("firm", "side", "counterparty").agg(pl.col("amount_fen").sum())
    order = ["firm", "side", "amount_fen", "counterparty"]
    ranked = (
        nets.filter(pl.col("amount_fen") > 0)
        .sort(order, descending=[False, False, True, False])
        .with_columns(
            rank=pl.int_range(1, pl.len() + 1).over("firm", "side"),
            share=100 * pl.col("amount_fen") / pl.col("amount_fen").sum().over("firm", "side"),
        )
    )
    return (
        ranked.filter(pl.col("rank") <= top).select("firm", "side", "rank", *order[3:], "amount_fen", "share").collect()
    )


def _end(through: date | None) -> pl.Expr:
    """The last complete month, but never one before the first invoice."""
    last = pl.col("day").max() if through is None else pl.lit(through)
    whole = month_of(last) - (last.dt.month_end() != last).cast(pl.Int32)
    return pl.max_horizontal(whole, pl.col("month").min())


def _net(side: str) -> pl.Expr:
    return pl.when(pl.col("side") == side).then(pl.col("amount_fen")).otherwise(0).sum()


def _counts(rows: pl.DataFrame, packed: Packed) -> pl.DataFrame:
    """How many rows of each sort a firm has: one histogram over firm and the five things a row may be."""
    differs = (rows["amount_fen"] + rows["tax_fen"] - rows["total_fen"]).abs() > 1
    marks = (packed.kept, packed.void, differs.to_numpy(), packed.sale, packed.amount < 0)
    kind = packed.firm << len(marks)
    for place, mark in enumerate(marks):
        kind |= mark.astype(np.int64) << place
    found = np.bincount(kind, minlength=len(packed.firms) << len(marks)).reshape(-1, 1 << len(marks))
    kept, void, unbalanced, sale, red = (np.arange(1 << len(marks)) >> place & 1 == 1 for place in range(len(marks)))

    def count(which: Marks) -> Numbers:
        return cast("Numbers", found[:, which].sum(axis=1))

    sales, reds = pl.Series(count(kept & ~void & sale)), pl.Series(count(kept & ~void & sale & red))
    return pl.DataFrame(
        {
            "invoice_rows": count(kept),
            "void_rows": count(kept & void),
            "unbalanced_rows": count(kept & unbalanced),
            "duplicate_rows": count(~kept),
        }
    ).with_columns(
        void_share=100 * pl.col("void_rows") / pl.col("invoice_rows"),
        negative_share=pl.when(sales > 0).then(100 * reds / sales),
    )


HEAD, SIDE = 33, 32
"""A customer or supplier in one number: firm · 2³³ + side · 2³² + the code of its name."""


def _breadth(rows: pl.DataFrame, packed: Packed, known: Span) -> pl.DataFrame:
    """Customers and suppliers of the last year with a positive net, how large, how many come back."""
    age = known.age(packed)
    year = packed.valid & (age >= 0) & (age < YEAR)
    party = codes(coded(rows["counterparty"].filter(pl.Series(year))))
    key = (packed.firm[year] << HEAD) + (packed.sale[year].astype(np.int64) << SIDE) + party
    frame = pl.DataFrame({"key": key, "net": packed.amount[year], "age": age[year]})
    sold = pl.when(pl.col("net") > 0).then("age")
    nets = (
        frame.lazy()
        .group_by("key")
        .agg(pl.col("net").sum(), again=sold.min() < sold.max())
        .filter(pl.col("net") > 0)
        .collect(engine="streaming")
    )
    heads = nets.group_by(pl.col("key") // (1 << SIDE)).agg(*_spread())
    every = pl.DataFrame({"firm": np.arange(len(packed.firms)) * 2})
    sides = (
        every.select(key=pl.col("firm") + sale).join(heads, on="key", how="left", maintain_order="left")
        for sale in (1, 0)
    )
    customers, suppliers = sides
    return pl.concat(
        [
            customers.select(
                customers=pl.col("number").fill_null(0),
                top_customer_share="top",
                effective_customers="effective",
                repeat_customers=pl.col("back").fill_null(0),
                repeat_share="back_share",
            ),
            suppliers.select(
                suppliers=pl.col("number").fill_null(0), top_supplier_share="top", effective_suppliers="effective"
            ),
        ],
        how="horizontal",
    )


def _spread() -> tuple[pl.Expr, ...]:
    """How many partners, the share of the largest, the reciprocal of their concentration (HHI), those that came back."""
    net = pl.col("net").cast(pl.Int128)
    total, again = pl.col("net").sum(), pl.col("again")
    return (
        pl.len().cast(pl.Int64).alias("number"),
        (100.0 * pl.col("net").max() / total).alias("top"),
        (net.sum().cast(pl.Float64) ** 2 / (net * net).sum().cast(pl.Float64)).alias("effective"),
        again.sum().cast(pl.Int64).alias("back"),
        (100.0 * pl.col("net").filter("again").sum() / total).alias("back_share"),
    )
