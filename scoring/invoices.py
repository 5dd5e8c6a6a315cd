"""VAT invoices to facts (发票画像): scale, continuity, regularity and breadth of each firm, one row a firm.

Every function takes the columns of `COLUMNS`: firm, side ("out" sale, "in" purchase), number, counterparty, day,
amount_fen, tax_fen, total_fen, void. Exact duplicate rows count once; void invoices stay out of every sum; negative
(red-letter) invoices are netted. A month is a calendar month; the last one counts only when it is complete.
"""

from __future__ import annotations

from datetime import date

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

YEAR, RECENT, LONG = 12, 24, 36
"""Months of the windows: a year for scale and customers, two for variation, three for continuity."""

_age = pl.col("end") - pl.col("month")
_in_year = _age.is_between(0, YEAR - 1)


def facts(invoices: pl.DataFrame, through: date | None = None) -> pl.DataFrame:
    """The invoice facts of `FACTS` for every firm, sorted by firm; money in fen, shares in per cent.

    `through` is the last day the export covers; later rows are left out. Without it each firm's record ends with its own
    last valid invoice. A ratio is null where its denominator is not positive or its window is not covered: variation
    and the longest gap need twelve months on record, growth two whole years after the first month.
    """
    rows = _until(invoices, through)
    distinct = rows.unique()
    valid = _valid(distinct)
    span = _span(valid, through)
    months = _sums(valid).join(span, on="firm").filter(_age >= 0)
    parts = (_counts(rows, distinct), span, _volume(months), _gaps(months, span), *_breadth(valid, span))
    joined = rows.select("firm").unique()
    for part in parts:
        joined = joined.join(part, on="firm", how="left")
    return joined.pipe(_outcomes).sort("firm").collect()


def monthly(invoices: pl.DataFrame, through: date | None = None) -> pl.DataFrame:
    """Net sales and purchases by calendar month: firm, month (its first day), sales_fen, purchases_fen; no month left out.

    With `through`, the last day the export covers, the months are those that `facts` counts: they end with the last
    complete one. Without it they end with the month of each firm's last valid invoice, complete or not.
    """
    valid = _valid(_until(invoices, through).unique())
    ends = pl.col("month").max() if through is None else _end(through)
    span = valid.group_by("firm").agg(first=pl.col("month").min(), last=ends)
    every = span.select("firm", month=pl.int_ranges("first", pl.col("last") + 1)).explode("month")
    sums = _sums(valid).with_columns(pl.col("month").cast(pl.Int64))
    filled = every.join(sums, on=["firm", "month"], how="left").sort("firm", "month")
    first_day = pl.date(pl.col("month") // YEAR, pl.col("month") % YEAR + 1, 1)
    return filled.select(
        "firm", first_day.alias("month"), pl.col("sales_fen").fill_null(0), pl.col("purchases_fen").fill_null(0)
    ).collect()


def partners(invoices: pl.DataFrame, top: int = 5, through: date | None = None) -> pl.DataFrame:
    """The largest customers ("out") and suppliers ("in") of the last twelve months.

    Gives firm, side, rank from 1, counterparty, amount_fen (net), share (per cent of all positive nets of that side).
    """
    valid = _valid(_until(invoices, through).unique())
    nets = _nets(valid, _span(valid, through))
    order = ["firm", "side", "amount_fen", "counterparty"]
    ranked = nets.sort(order, descending=[False, False, True, False]).with_columns(
        rank=pl.int_range(1, pl.len() + 1).over("firm", "side"),
        share=100 * pl.col("amount_fen") / pl.col("amount_fen").sum().over("firm", "side"),
    )
    return (
        ranked.filter(pl.col("rank") <= top).select("firm", "side", "rank", *order[3:], "amount_fen", "share").collect()
    )


def _until(invoices: pl.DataFrame, through: date | None) -> pl.LazyFrame:
    rows = invoices.lazy().select(*COLUMNS)
    return rows if through is None else rows.filter(pl.col("day") <= through)


def _valid(distinct: pl.LazyFrame) -> pl.LazyFrame:
    month = pl.col("day").dt.year() * YEAR + pl.col("day").dt.month().cast(pl.Int32) - 1
    return distinct.filter(~pl.col("void")).with_columns(month=month)


def _span(valid: pl.LazyFrame, through: date | None) -> pl.LazyFrame:
    """First month, last month that counts, and months on record, by firm."""
    first = pl.col("month").min()
    return valid.group_by("firm").agg(first=first, end=_end(through)).with_columns(history_months=_age_of("first"))


def _end(through: date | None) -> pl.Expr:
    """The last complete month, but never one before the first invoice."""
    last = pl.col("day").max() if through is None else pl.lit(through)
    last_month = last.dt.year() * YEAR + last.dt.month().cast(pl.Int32) - 1
    whole = pl.when(last.dt.month_end() == last).then(last_month).otherwise(last_month - 1)
    return pl.max_horizontal(whole, pl.col("month").min())


def _age_of(month: str) -> pl.Expr:
    return (pl.col("end") - pl.col(month) + 1).cast(pl.Int64)


def _amount(side: str) -> pl.Expr:
    return pl.when(pl.col("side") == side).then(pl.col("amount_fen")).otherwise(0).sum()


def _sums(valid: pl.LazyFrame) -> pl.LazyFrame:
    return valid.group_by("firm", "month").agg(sales_fen=_amount("out"), purchases_fen=_amount("in"))


def _counts(rows: pl.LazyFrame, distinct: pl.LazyFrame) -> pl.LazyFrame:
    sale = (pl.col("side") == "out") & ~pl.col("void")
    gap = pl.col("amount_fen") + pl.col("tax_fen") - pl.col("total_fen")
    counted = distinct.group_by("firm").agg(
        invoice_rows=pl.len().cast(pl.Int64),
        void_rows=pl.col("void").sum().cast(pl.Int64),
        unbalanced_rows=(gap.abs() > 1).sum().cast(pl.Int64),
        sale_rows=sale.sum(),
        red_rows=(sale & (pl.col("amount_fen") < 0)).sum(),
    )
    given = rows.group_by("firm").agg(given=pl.len().cast(pl.Int64))
    return counted.join(given, on="firm").select(
        "firm",
        "invoice_rows",
        "void_rows",
        "unbalanced_rows",
        duplicate_rows=pl.col("given") - pl.col("invoice_rows"),
        void_share=100 * pl.col("void_rows") / pl.col("invoice_rows"),
        negative_share=_over(100 * pl.col("red_rows"), pl.col("sale_rows")),
    )


def _volume(months: pl.LazyFrame) -> pl.LazyFrame:
    """Yearly sums, growth, active months and the variation of whole months, exact in integers until the last step."""
    sales, whole = pl.col("sales_fen"), pl.min_horizontal(RECENT, pl.col("history_months") - 1)
    wide = sales.filter(_age < whole).cast(pl.Int128)
    summed = months.group_by("firm", "history_months").agg(
        annual_sales=sales.filter(_in_year).sum(),
        annual_purchases=pl.col("purchases_fen").filter(_in_year).sum(),
        before=sales.filter(_age.is_between(YEAR, 2 * YEAR - 1)).sum(),
        active_months=((sales > 0) & (_age < LONG)).sum().cast(pl.Int64),
        total=wide.sum(),
        squares=(wide * wide).sum(),
    )
    growth = _over(100 * (pl.col("annual_sales") - pl.col("before")), pl.col("before"))
    spread = (whole * pl.col("squares") - pl.col("total") * pl.col("total")).cast(pl.Float64).sqrt()
    return summed.select(
        "firm",
        "annual_sales",
        "annual_purchases",
        "active_months",
        sales_growth=pl.when(pl.col("history_months") > 2 * YEAR).then(growth),
        sales_variation=pl.when(pl.col("history_months") >= YEAR).then(_over(100 * spread, pl.col("total"))),
        purchase_ratio=_over(100 * pl.col("annual_purchases"), pl.col("annual_sales")),
    )


def _gaps(months: pl.LazyFrame, span: pl.LazyFrame) -> pl.LazyFrame:
    """The longest run of months without net sales inside the long window, both ends of the window included."""
    since = pl.max_horizontal(pl.col("first"), pl.col("end") - LONG + 1)
    selling = months.filter((pl.col("sales_fen") > 0) & (_age < LONG)).sort("firm", "month")
    before = pl.col("month").shift(1).over("firm").fill_null(since - 1)
    runs = selling.with_columns(run=pl.col("month") - before - 1).group_by("firm")
    inner = runs.agg(inner=pl.col("run").max(), latest=pl.col("month").max())
    ending = (pl.col("end") - pl.col("latest")).fill_null(_age_of("first").clip(upper_bound=LONG))
    longest = pl.max_horizontal("inner", ending).cast(pl.Int64)
    return span.join(inner, on="firm", how="left").select(
        "firm", longest_gap=pl.when(pl.col("history_months") >= YEAR).then(longest)
    )


def _nets(valid: pl.LazyFrame, span: pl.LazyFrame) -> pl.LazyFrame:
    """Positive net amounts by counterparty within the last year."""
    year = valid.join(span, on="firm").filter(_in_year)
    return (
        year.group_by("firm", "side", "counterparty").agg(pl.col("amount_fen").sum()).filter(pl.col("amount_fen") > 0)
    )


def _breadth(valid: pl.LazyFrame, span: pl.LazyFrame) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    net = pl.col("amount_fen").cast(pl.Int128)
    by_side = (
        _nets(valid, span)
        .group_by("firm", "side")
        .agg(
            number=pl.len().cast(pl.Int64),
            top=100 * net.max() / net.sum(),
            effective=(net.sum() * net.sum()).cast(pl.Float64) / (net * net).sum().cast(pl.Float64),
        )
    )
    customers = by_side.filter(pl.col("side") == "out")
    suppliers = by_side.filter(pl.col("side") == "in")
    return (
        customers.select("firm", customers="number", top_customer_share="top", effective_customers="effective"),
        suppliers.select("firm", suppliers="number", top_supplier_share="top"),
    )


def _outcomes(joined: pl.LazyFrame) -> pl.LazyFrame:
    """Sums and counts of a firm without any valid invoice are zero; its ratios stay unknown."""
    zero = ("history_months", "annual_sales", "annual_purchases", "active_months", "customers", "suppliers")
    return joined.drop("first", "end").with_columns(pl.col(zero).fill_null(0))


def _over(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    return pl.when(denominator > 0).then(numerator.cast(pl.Float64) / denominator.cast(pl.Float64))
