"""Invoices to facts: ten million generated rows of 20,000 firms, beside DuckDB and pandas with the same outcomes.

The rows are texts, days and whole fen as an import leaves them, with doubles, void and red-letter invoices; finding the
doubles is part of the work. All three give the same facts, compared before anything is timed; two that no peer is asked for
(the typical month and the steady months) we work out besides. DuckDB reads its own table in
memory; pandas runs on one million rows, and so do we beside it. Best of some rounds, in turn. Memory is that of a fresh
process at its highest, its input included. The real volume (725,000 rows) is told where it lies beside the checkout.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

ROWS, FIRMS, PART, ROUNDS = 10_000_000, 20_000, 1_000_000, 3
FIRST, LAST = date(2022, 11, 20), date(2025, 12, 31)
REAL = next((found for at in Path(__file__).parents if (found := at / "shared/data/cumcm2020c").exists()), None)


def rows(count: int, firms: int) -> pl.DataFrame:
    """Invoices in the columns of `scoring.invoices`: one in two hundred is a double, 5 % void, 3 % red-letter."""
    dice = np.random.default_rng(7)
    firm = dice.integers(0, firms, count)
    party = firm * 37 % 140_000 + (dice.random(count) ** 2 * 60).astype(np.int64)
    amount = np.exp(dice.normal(13, 1.5, count)).astype(np.int64) + 1
    amount[dice.random(count) < 0.03] *= -1
    tax = amount * 13 // 100
    made = pl.DataFrame(
        {
            "firm": firm,
            "side": dice.random(count) < 0.55,
            "number": dice.integers(0, 99_999_999, count),
            "counterparty": party,
            "day": dice.integers(0, (LAST - FIRST).days + 1, count),
            "amount_fen": amount,
            "tax_fen": tax,
            "total_fen": amount + tax,
            "void": dice.random(count) < 0.05,
        }
    ).with_columns(
        firm=_code("QY", "firm", 6),
        side=pl.when("side").then(pl.lit("out")).otherwise(pl.lit("in")),
        number=_code("", "number", 8),
        counterparty=_code("C", "counterparty", 6),
        day=(pl.lit(FIRST).cast(pl.Int32) + pl.col("day").cast(pl.Int32)).cast(pl.Date),
    )
    doubles = made[dice.integers(0, count, count // 200)]
    return pl.concat([made.head(count - doubles.height), doubles], rechunk=True)


def _code(letters: str, column: str, digits: int) -> pl.Expr:
    return pl.lit(letters) + pl.col(column).cast(pl.String).str.zfill(digits)


SQL = """
with distinct_rows as materialized (select distinct * from invoices where day <= $last),
valid as materialized (
    select firm, side, counterparty, amount_fen, year(day) * 12 + month(day) - 1 as m from distinct_rows where not void
),
span as materialized (
    select firm, min(m) as first, greatest($finish, min(m)) as finish, greatest($finish, min(m)) - min(m) + 1 as history
    from valid group by firm
),
counts as (
    select firm, count(*) as invoice_rows, count(*) filter (void) as void_rows,
        count(*) filter (abs(amount_fen + tax_fen - total_fen) > 1) as unbalanced_rows,
        count(*) filter (side = 'out' and not void) as sale_rows,
        count(*) filter (side = 'out' and not void and amount_fen < 0) as red_rows
    from distinct_rows group by firm
),
given as (select firm, count(*) as given from invoices where day <= $last group by firm),
months as materialized (
    select firm, m, finish - m as age, first, finish, history, sales, purchases from (
        select firm, m, sum(amount_fen) filter (side = 'out') as sold, sum(amount_fen) filter (side = 'in') as bought,
            coalesce(sold, 0) as sales, coalesce(bought, 0) as purchases
        from valid group by firm, m
    ) join span using (firm) where finish >= m
),
volume as (
    select firm, coalesce(sum(sales) filter (age < 12), 0) as annual_sales,
        coalesce(sum(purchases) filter (age < 12), 0) as annual_purchases,
        coalesce(sum(sales) filter (age < 36), 0) as long_sales,
        coalesce(sum(sales) filter (age between 12 and 23), 0) as before,
        count(*) filter (age < 36 and sales > 0) as active_months,
        coalesce(sum(sales) filter (age < least(24, history - 1)), 0) as total,
        coalesce(sum(sales * sales) filter (age < least(24, history - 1)), 0) as squares
    from months group by firm
),
gaps as (
    select firm, max(run) as inner_gap, max(m) as latest from (
        select firm, m, m - 1 - coalesce(lag(m) over (partition by firm order by m), greatest(first, finish - 35) - 1) as run
        from months where sales > 0 and age < 36
    ) group by firm
),
nets as materialized (
    select firm, side, counterparty, sum(amount_fen) as net,
        min(m) filter (amount_fen > 0) < max(m) filter (amount_fen > 0) as again
    from valid join span using (firm) where finish - m between 0 and 11 group by firm, side, counterparty
),
breadth as (
    select firm, side, count(*) as number, 100.0::double * max(net) / sum(net) as top,
        sum(net)::double * sum(net)::double / sum(net * net)::double as effective,
        count(*) filter (again) as back, 100.0::double * coalesce(sum(net) filter (again), 0) / sum(net) as back_share
    from nets where net > 0 group by firm, side
)
select firm, invoice_rows, void_rows, unbalanced_rows, given - invoice_rows as duplicate_rows,
    100.0::double * void_rows / invoice_rows as void_share,
    case when sale_rows > 0 then 100.0::double * red_rows / sale_rows end as negative_share,
    coalesce(history, 0) as history_months, coalesce(annual_sales, 0) as annual_sales,
    coalesce(annual_purchases, 0) as annual_purchases, (coalesce(long_sales, 0) - (coalesce(long_sales, 0) % 3 + 3) % 3) // 3 as average_sales,
    coalesce(active_months, 0) as active_months,
    coalesce(finish - coalesce(latest, greatest(first, finish - 35) - 1), 0) as silent_months,
    case when history > 24 and before > 0 then 100.0::double * (annual_sales - before) / before end as sales_growth,
    case when history >= 12 and total > 0
        then 100.0::double * sqrt((least(24, history - 1) * squares - total * total)::double) / total end as sales_variation,
    case when annual_sales > 0 then 100.0::double * annual_purchases / annual_sales end as purchase_ratio,
    case when history >= 12 then greatest(coalesce(inner_gap, 0), silent_months) end as longest_gap,
    coalesce(c.number, 0) as customers, c.top as top_customer_share, c.effective as effective_customers,
    coalesce(c.back, 0) as repeat_customers, c.back_share as repeat_share,
    coalesce(s.number, 0) as suppliers, s.top as top_supplier_share, s.effective as effective_suppliers
from counts join given using (firm) left join span using (firm) left join volume using (firm) left join gaps using (firm)
    left join breadth c on c.firm = counts.firm and c.side = 'out' left join breadth s on s.firm = counts.firm and s.side = 'in'
order by firm
"""
FINISH = LAST.year * 12 + LAST.month - 1


def duck(source: Path) -> Callable[[], pl.DataFrame]:
    """DuckDB with the rows in a table of its own, two threads like us."""
    import duckdb

    base, known = duckdb.connect(), {"last": LAST, "finish": FINISH}
    base.execute("create table invoices as select * from read_parquet($path)", {"path": str(source)})
    return lambda: pl.DataFrame(base.sql(SQL, params=known).to_arrow_table())


def ours(frame: pl.DataFrame) -> Callable[[], pl.DataFrame]:
    from scoring.invoices import facts

    return lambda: facts(frame, LAST)


def panda(frame: pl.DataFrame) -> Callable[[], pl.DataFrame]:
    """pandas, column by column and group by group; no row loop. Squares are doubles, as pandas has no wider integers."""
    table = frame.to_pandas()
    return lambda: pl.from_pandas(_panda(table))


def _panda(table: Any) -> Any:
    import pandas as pd

    rows = table[table["day"] <= pd.Timestamp(LAST)]
    distinct = rows.drop_duplicates()
    distinct = distinct.assign(
        red=(distinct["amount_fen"] < 0) & (distinct["side"] == "out") & ~distinct["void"],
        sale=(distinct["side"] == "out") & ~distinct["void"],
        unbalanced=(distinct["amount_fen"] + distinct["tax_fen"] - distinct["total_fen"]).abs() > 1,
    )
    found = distinct.groupby("firm").agg(
        invoice_rows=("void", "size"), void_rows=("void", "sum"), unbalanced_rows=("unbalanced", "sum"),
        sale_rows=("sale", "sum"), red_rows=("red", "sum"),
    )  # fmt: skip
    found["duplicate_rows"] = rows.groupby("firm").size() - found["invoice_rows"]
    found["void_share"] = 100 * found["void_rows"] / found["invoice_rows"]
    found["negative_share"] = (100 * found["red_rows"] / found["sale_rows"]).where(found["sale_rows"] > 0)
    valid = distinct[~distinct["void"]]
    valid = valid.assign(month=valid["day"].dt.year * 12 + valid["day"].dt.month - 1)
    first = valid.groupby("firm")["month"].min().rename("first")
    finish = first.clip(lower=FINISH).rename("finish")
    found["history_months"] = (finish - first + 1).reindex(found.index).fillna(0).astype("int64")
    _panda_months(found, valid, first, finish)
    _panda_breadth(found, valid, finish)
    return found.drop(columns=["sale_rows", "red_rows"]).reset_index()


def _panda_months(found: Any, valid: Any, first: Any, finish: Any) -> None:
    net = valid.pivot_table(index=["firm", "month"], columns="side", values="amount_fen", aggfunc="sum", fill_value=0)
    net = net.reset_index().merge(first, on="firm").merge(finish, on="firm")
    net["age"] = net["finish"] - net["month"]
    net["history"] = net["finish"] - net["first"] + 1
    net = net[net["age"] >= 0]

    def put(name: str, series: Any) -> None:
        found[name] = series.reindex(found.index).fillna(0)

    put("annual_sales", net[net["age"] < 12].groupby("firm")["out"].sum())
    put("annual_purchases", net[net["age"] < 12].groupby("firm")["in"].sum())
    put("average_sales", net[net["age"] < 36].groupby("firm")["out"].sum() * 12 // 36)
    before = net[net["age"].between(12, 23)].groupby("firm")["out"].sum().reindex(found.index).fillna(0)
    selling = net[(net["out"] > 0) & (net["age"] < 36)].sort_values(["firm", "month"])
    put("active_months", selling.groupby("firm").size())
    start = first.clip(lower=finish - 35)
    latest = selling.groupby("firm")["month"].max().reindex(start.index)
    put("silent_months", finish - latest.fillna(start - 1))
    known = selling.groupby("firm")["month"].shift(1)
    since = selling["firm"].map(start) - 1
    inner = (selling["month"] - 1 - known.fillna(since)).groupby(selling["firm"]).max().reindex(found.index).fillna(0)
    window = net[net["age"] < (net["history"] - 1).clip(upper=24)]
    wide = window["out"].astype("float64")
    total, squares = wide.groupby(window["firm"]).sum(), (wide * wide).groupby(window["firm"]).sum()
    whole, history, sales = (found["history_months"] - 1).clip(upper=24), found["history_months"], found["annual_sales"]
    total, squares = total.reindex(found.index).fillna(0), squares.reindex(found.index).fillna(0)
    spread = 100 * np.sqrt((whole * squares - total * total).clip(lower=0)) / total
    found["sales_growth"] = (100 * (sales - before) / before).where((history > 24) & (before > 0))
    found["sales_variation"] = spread.where((history >= 12) & (total > 0))
    found["purchase_ratio"] = (100 * found["annual_purchases"] / sales).where(sales > 0)
    found["longest_gap"] = np.maximum(inner, found["silent_months"]).where(history >= 12)


def _panda_breadth(found: Any, valid: Any, finish: Any) -> None:
    age = valid["firm"].map(finish) - valid["month"]
    year = valid[age.between(0, 11)]
    year = year.assign(bought=year["month"].where(year["amount_fen"] > 0))
    nets = year.groupby(["firm", "side", "counterparty"]).agg(
        net=("amount_fen", "sum"), first=("bought", "min"), last=("bought", "max")
    )
    nets = nets[nets["net"] > 0].reset_index()
    again = nets["first"] < nets["last"]
    nets = nets.assign(again=again, back=nets["net"].where(again, 0), wide=nets["net"].astype("float64") ** 2)
    sides = nets.groupby(["firm", "side"]).agg(
        number=("net", "size"), largest=("net", "max"), total=("net", "sum"), squares=("wide", "sum"),
        returned=("again", "sum"), back=("back", "sum"),
    )  # fmt: skip
    for side, party in (("out", "customer"), ("in", "supplier")):
        one = sides.xs(side, level="side").reindex(found.index)
        found[f"{party}s"] = one["number"].fillna(0)
        found[f"top_{party}_share"] = 100 * one["largest"] / one["total"]
        found[f"effective_{party}s"] = one["total"].astype("float64") ** 2 / one["squares"]
        if side == "out":
            found["repeat_customers"] = one["returned"].fillna(0)
            found["repeat_share"] = 100 * one["back"] / one["total"]


OURS_ALONE = ("typical_month", "steady_months")


def same(mine: pl.DataFrame, other: pl.DataFrame) -> None:
    """Stops unless both found the same: counts and sums to the last fen, ratios to nine digits."""
    mine = mine.drop(OURS_ALONE)
    types = {name: kind for name, kind in mine.schema.items() if name != "firm"}
    other = other.select(mine.columns).with_columns(pl.col(name).cast(kind) for name, kind in types.items())
    for name, kind in mine.schema.items():
        left, right = mine[name], other[name].fill_nan(None) if kind == pl.Float64 else other[name]
        near = (left - right).abs() <= 1e-9 * left.abs() + 1e-6 if kind == pl.Float64 else left == right
        if not (near.fill_null(value=True) & (left.is_null() == right.is_null())).all():
            raise SystemExit(f"{name} differs")


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def busy(work: Callable[[], object]) -> float:
    """Processor time of this process: what remains when others share the machine."""
    start = time.process_time()
    work()
    return time.process_time() - start


def race(mine: Callable[[], object], peer: Callable[[], object]) -> tuple[float, float]:
    """The best of some rounds, in turn."""
    rounds = [(seconds(mine), seconds(peer)) for _ in range(ROUNDS)]
    best, other = map(min, zip(*rounds, strict=True))
    return best, other


def tell(
    figure: str, value: float, unit: str, peer: tuple[str, float] | None = None, ratio: float | None = None
) -> None:
    line: dict[str, object] = {"figure": figure, "value": round(value, 3), "unit": unit}
    if peer:
        line |= {"peer": peer[0], "peer_value": round(peer[1], 3)}
    print(json.dumps(line | ({"ratio": round(ratio, 2)} if ratio else {})), flush=True)


def highest(which: str, source: Path) -> None:
    """GiB at the highest of this process, which does the work once."""
    (duck(source) if which == "duck" else ours(pl.read_parquet(source)))()
    print(int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 2**20)


def memory(which: str, source: Path) -> float:
    told = subprocess.run([sys.executable, __file__, which, str(source)], capture_output=True, text=True, check=True)
    return float(told.stdout)


def real(place: Path) -> None:
    """The facts of 302 real firms without records: that they come, and how long it takes."""
    from scoring.invoices import facts

    both = [
        pl.read_parquet(place / f"a2_{name}发票信息.parquet").select(
            firm="企业代号",
            side=pl.lit(side),
            number=pl.col("发票号码").cast(pl.String),
            counterparty=pl.col(party).cast(pl.String),
            day="开票日期",
            amount_fen="金额_分",
            tax_fen="税额_分",
            total_fen="价税合计_分",
            void=~pl.col("有效"),
        )
        for name, side, party in (("进项", "in", "销方单位代号"), ("销项", "out", "购方单位代号"))
    ]
    frame = pl.concat(both)
    tell("facts.invoices.real.rows", frame.height, "rows")
    tell("facts.invoices.real.seconds", min(seconds(lambda: facts(frame)) for _ in range(ROUNDS)), "s")


def main() -> None:
    """One JSON object per figure."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rows.parquet"
        rows(ROWS, FIRMS).write_parquet(source)
        tell("facts.invoices.10m.gib", memory("ours", source), "GiB", ("DuckDB", peer := memory("duck", source)))
        frame = pl.read_parquet(source)
        mine, theirs = ours(frame), duck(source)
        same(mine(), theirs())
        best, peer = race(mine, theirs)
        tell("facts.invoices.10m.seconds", best, "s")
        tell("facts.invoices.10m.processor_seconds", min(busy(mine) for _ in range(ROUNDS)), "s")
        tell("facts.invoices.ratio_duckdb", peer / best, "times", ("DuckDB", peer), peer / best)
    part = rows(PART, FIRMS // 10)
    mine, theirs = ours(part), panda(part)
    same(mine(), theirs())
    best, peer = race(mine, theirs)
    tell("facts.invoices.ratio_pandas", peer / best, "times", ("pandas, 1,000,000 rows", peer), peer / best)
    if REAL:
        real(REAL)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        highest(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
