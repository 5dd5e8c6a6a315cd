"""Needs and products of a very large zone, made up the same each time, and two plain ways to match them."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from scoring.industries import path
from scoring.match_rules import GRADES, NEEDS, PRODUCTS

DAY = date(2026, 5, 6)
TRADES = ("3071", "3340", "3985", "5111", "6513", "2770", "1411", "4011")
SIZES, PURPOSES = ("micro", "small", "medium"), ("stock", "wages", "equipment", "order")


def needs(rows: int) -> pl.DataFrame:
    chance = np.random.default_rng(1)
    return pl.DataFrame(
        {
            "need": [f"n{place:06d}" for place in range(rows)],
            "amount_fen": chance.integers(20, 3_000, rows) * 1_000_000,
            "months": chance.choice([6, 12, 24, 36], rows),
            "sector": chance.choice(TRADES, rows),
            "size": chance.choice(SIZES, rows),
            "grade": chance.choice(GRADES, rows),
            "guaranteed": chance.random(rows) < 0.5,
            "purpose": chance.choice(PURPOSES, rows),
            "rate_wish_ppm": chance.integers(28, 60, rows) * 1_000,
            "day": [DAY] * rows,
        },
        schema=dict(NEEDS),
    )


def products(rows: int) -> pl.DataFrame:
    """Each of a bank of its own, so that there are as many places to go as products."""
    chance = np.random.default_rng(2)

    def some(values: tuple[str, ...], most: int) -> list[list[str]]:
        return [
            sorted(chance.choice(values, chance.integers(0, most + 1), replace=False).tolist()) for _ in range(rows)
        ]

    return pl.DataFrame(
        {
            "product": [f"p{place:03d}" for place in range(rows)],
            "bank": [f"b{place:03d}" for place in range(rows)],
            "least_fen": chance.integers(10, 500, rows) * 1_000_000,
            "most_fen": chance.integers(500, 3_000, rows) * 1_000_000,
            "least_months": chance.choice([1, 6, 12], rows),
            "most_months": chance.choice([12, 24, 36], rows),
            "sectors": some((*TRADES, "C"), 4),
            "no_go": some(TRADES, 2),
            "sizes": some(SIZES, 2),
            "lowest_grade": [None if grade == "C" else grade for grade in chance.choice(("C", "B", "BBB", "A"), rows)],
            "guarantee_required": chance.random(rows) < 0.5,
            "purposes": some(PURPOSES, 3),
            "valid_from": [date(2026, 1, 1)] * rows,
            "valid_until": [date(2026, 3, 31) if chance.random() < 0.1 else date(2026, 12, 31) for _ in range(rows)],
            "rate_ppm": chance.integers(28, 60, rows) * 1_000,
            "answer_days": chance.integers(2, 12, rows),
        },
        schema=dict(PRODUCTS),
    )


def loop(wanted: pl.DataFrame, shelf: pl.DataFrame, top: int) -> pl.DataFrame:
    """numpy, one product after the other over all needs; need, product and points of the best, without reasons."""
    own = {name: wanted[name].to_numpy() for name in ("amount_fen", "months", "guaranteed", "rate_wish_ppm")}
    grade = wanted["grade"].replace_strict(list(GRADES), range(len(GRADES)), return_dtype=pl.Int8).to_numpy()
    coded = {
        name: (wanted[name].cast(pl.Enum(known)).to_physical().to_numpy(), known)
        for name, known in (("sector", TRADES), ("size", SIZES), ("purpose", PURPOSES))
    }

    def among(name: str, listed: list[str]) -> np.ndarray:
        codes, known = coded[name]
        above = {one: {entry.code for entry in path(one)} if name == "sector" else {one} for one in known}
        return np.array([bool(above[one] & set(listed)) for one in known])[codes]

    keys = np.empty((wanted.height, shelf.height), np.int32)
    behind = (
        shelf.height - 1 - np.lexsort((shelf["product"].to_numpy(), shelf["answer_days"], shelf["rate_ppm"])).argsort()
    )
    for place, one in enumerate(shelf.iter_rows(named=True)):
        lists = {"sector": one["sectors"], "size": one["sizes"], "purpose": one["purposes"]}
        named = {
            name: among(name, listed) if listed else np.zeros(wanted.height, bool) for name, listed in lists.items()
        }
        low = -1 if one["lowest_grade"] is None else GRADES.index(one["lowest_grade"])
        open_ = (own["amount_fen"] >= one["least_fen"]) & (own["amount_fen"] <= one["most_fen"])
        open_ &= (own["months"] >= one["least_months"]) & (own["months"] <= one["most_months"])
        for name, listed in lists.items():
            open_ &= named[name] | (not listed)
        open_ &= ~among("sector", one["no_go"]) & (grade >= low) & (own["guaranteed"] | (not one["guarantee_required"]))
        open_ &= one["valid_from"] <= DAY <= one["valid_until"]
        points = named["sector"] * 25 + named["purpose"] * 15 + named["size"] * 10 + ((grade > low) & (low >= 0)) * 10
        points += (own["guaranteed"] & (not one["guarantee_required"])) * 10
        points += (one["rate_ppm"] <= own["rate_wish_ppm"]) * 20 + (one["answer_days"] <= 5) * 10
        keys[:, place] = np.where(open_, points * shelf.height + behind[place], -1)
    best = -np.sort(-np.partition(keys, shelf.height - top, axis=1)[:, -top:], axis=1)
    need, rank = np.nonzero(best >= 0)
    by_place = np.argsort(behind)
    return pl.DataFrame(
        {
            "need": wanted["need"][need],
            "product": shelf["product"][by_place[best[need, rank] % shelf.height]],
            "points": (best[need, rank] // shelf.height).astype(np.int64),
        }
    )


SQL = """
with open as (
  select n.need, p.product,
    25 * (len(p.sectors) > 0 and list_has_any(p.sectors, n.above))::int + 15 * list_contains(p.purposes, n.purpose)::int
    + 10 * list_contains(p.sizes, n.size)::int + 10 * coalesce(n.grade_rank > p.grade_rank, false)::int
    + 10 * (n.guaranteed and not p.guarantee_required)::int + 20 * (p.rate_ppm <= n.rate_wish_ppm)::int
    + 10 * (p.answer_days <= 5)::int as points, p.rate_ppm, p.answer_days
  from needs n join products p on n.amount_fen between p.least_fen and p.most_fen
    and n.months between p.least_months and p.most_months
    and (len(p.sectors) = 0 or list_has_any(p.sectors, n.above)) and not list_has_any(p.no_go, n.above)
    and (len(p.sizes) = 0 or list_contains(p.sizes, n.size)) and coalesce(n.grade_rank >= p.grade_rank, true)
    and (n.guaranteed or not p.guarantee_required) and (len(p.purposes) = 0 or list_contains(p.purposes, n.purpose))
    and n.day between p.valid_from and p.valid_until)
select need, product, points from open
qualify row_number() over (partition by need order by points desc, rate_ppm, answer_days, product) <= $top
"""  # every product has a bank of its own here


def sql(wanted: pl.DataFrame, shelf: pl.DataFrame, top: int) -> pl.DataFrame:
    """DuckDB, limits, points and ranking in one statement, without reasons."""
    import duckdb

    ranks = {grade: place for place, grade in enumerate(GRADES)}
    trades = pl.DataFrame({"sector": TRADES, "above": [[entry.code for entry in path(one)] for one in TRADES]})
    duck = duckdb.connect()
    duck.register(
        "needs",
        wanted.join(trades, on="sector").with_columns(grade_rank=pl.col("grade").replace_strict(ranks)).to_arrow(),
    )
    duck.register(
        "products", shelf.with_columns(grade_rank=pl.col("lowest_grade").replace_strict(ranks, default=None)).to_arrow()
    )
    return pl.DataFrame(pl.from_arrow(duck.sql(SQL, params={"top": top}).to_arrow_table()))
