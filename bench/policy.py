"""Matching 500 clauses of policies with 100,000 firms: results, sums and doubts for all, checked against the one-firm path first.

Seconds are by the clock on the wall, the median of rounds; processor seconds beside them; what one firm takes with all clauses.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import numpy as np
import polars as pl

FIRMS, CLAUSES, SOME, ROUNDS = 100_000, 500, 200, 5
DAY = date(2026, 11, 23)
SECTIONS = ["C", "33", "I", "52", "A", "F", "H", "3340"]


def tell(figure: str, value: float, unit: str) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 4), "unit": unit}), flush=True)


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start


def firms(count: int) -> pl.DataFrame:
    """Firms of all trades and sizes; a tenth of every fact is not known."""
    draw = np.random.default_rng(7)
    trades = ["3340", "6513", "5212", "011", "6110", "221", "40", "51"]

    def some(values: Any, kind: Any) -> pl.Series:
        return pl.Series(values, dtype=kind).scatter(np.flatnonzero(draw.random(count) < 0.1), None)

    return pl.DataFrame({
        "industry": some(draw.choice(trades, count), pl.String),
        "size": some(draw.choice(["large", "medium", "small", "micro"], count), pl.String),
        "employees": some(draw.integers(1, 900, count), pl.Int64),
        "revenue": some(draw.integers(0, 10**11, count), pl.Int64),
        "assets": some(draw.integers(0, 10**11, count), pl.Int64),
        "rd_expense": some(draw.integers(0, 10**9, count), pl.Int64),
        "loan_principal": some(draw.integers(0, 10**10, count), pl.Int64),
        "loan_months": some(draw.integers(1, 60, count), pl.Int64),
        "graduates_hired": some(draw.integers(0, 40, count), pl.Int64),
        "layoff_rate": some(draw.random(count) * 30, pl.Float64),
        **{name: some(draw.random(count) < 0.5, pl.Boolean) for name in ("high_tech", "private_firm", "key_chain", "specialised")},
    })  # fmt: skip


def clauses(count: int) -> list[Any]:
    """Clauses as offices write them: three to six conditions each, every kind of sum."""
    from scoring.policy import Clause

    draw = Random(7)
    return [Clause.model_validate({"key": f"k{n}", "since": date(2026, 1, 1), "conditions": _conditions(draw), "amount": _amount(draw)})
            for n in range(count)]  # fmt: skip


def _conditions(draw: Random) -> list[dict[str, Any]]:
    every: list[dict[str, Any]] = [
        {"fact": "size", "is": "one_of", "value": draw.sample(["large", "medium", "small", "micro"], draw.randint(1, 3))},
        {"fact": "industry", "is": "one_of", "value": draw.sample(SECTIONS, draw.randint(1, 4))},
        {"fact": "employees", "is": "at_most", "value": draw.randrange(20, 900, 10)},
        {"fact": "revenue", "is": "at_least", "value": draw.randrange(100, 50_000, 100)},
        {"fact": "assets", "is": "at_most", "value": draw.randrange(1_000, 90_000, 1_000)},
        {"fact": "layoff_rate", "is": "at_most", "value": Decimal(draw.randrange(10, 300)) / 10},
        *({"fact": name, "is": "equals", "value": True} for name in ("high_tech", "private_firm", "key_chain", "specialised")),
    ]  # fmt: skip
    return draw.sample(every, draw.randint(3, 6))


def _amount(draw: Random) -> dict[str, Any]:
    return draw.choice([
        {"rule": "share", "base": "rd_expense", "ppm": draw.randrange(10_000, 500_000), "cap": 50_000_000},
        {"rule": "interest", "ppm": draw.randrange(5_000, 30_000), "months": 24, "base_cap": 5 * 10**9},
        {"rule": "per_unit", "base": "graduates_hired", "unit": 150_000},
        {"rule": "tiers", "base": "revenue", "steps": [[2_000, 10**7], [10_000, 3 * 10**7], [50_000, 10**8]]},
        {"rule": "fixed", "sum": 20_000_000}, {"rule": "service"},
    ])  # fmt: skip


def main() -> None:
    from scoring.policy_columns import columns
    from scoring.policy_match import Result, match

    zone, shelf = firms(FIRMS), clauses(CLAUSES)
    few = zone.head(SOME)
    for clause, found in zip(shelf, columns(shelf, few, DAY), strict=True):
        rows = {int(row): (bool(sure), int(fen)) for row, sure, fen in zip(*found, strict=True)}
        for row, firm in enumerate(few.iter_rows(named=True)):
            one = match(clause, firm, DAY)
            wanted = (
                None
                if one.result is Result.NOT
                else (one.result is Result.ELIGIBLE, -1 if one.amount is None else one.amount)
            )
            assert rows.get(row) == wanted
    tell("policy.100k_500.seconds", median(seconds(lambda: columns(shelf, zone, DAY)) for _ in range(ROUNDS)), "s")
    tell("policy.100k_500.cpu.seconds", seconds(lambda: columns(shelf, zone, DAY), time.process_time), "s")
    told = few.row(0, named=True)
    tell(
        "policy.one_500.seconds",
        median(seconds(lambda: [match(clause, told, DAY) for clause in shelf]) for _ in range(ROUNDS)),
        "s",
    )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
