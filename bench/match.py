"""Matching 100,000 needs with 500 products, limits, top 5 and reason codes, beside a plain numpy loop and DuckDB.

All three choose the same products, which is checked before anything is timed; only ours tells the reasons. Seconds are by
the clock on the wall, the median of rounds in which all take turns; processor seconds of ours beside them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

NEEDS, PRODUCTS, TOP, SOME, ROUNDS = 100_000, 500, 5, 1_000, 3


def tell(figure: str, value: float, unit: str, **peer: object) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 4), "unit": unit, **peer}), flush=True)


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start


def main() -> None:
    from peers.market import loop, needs, products, sql

    from scoring.match import match

    wanted, shelf = needs(NEEDS), products(PRODUCTS)
    few = wanted.head(SOME)
    ours = match(few, shelf, TOP).select("need", "product", "points").sort("need", "product")
    assert ours.height
    for peer in (loop, sql):
        assert peer(few, shelf, TOP).sort("need", "product").equals(ours)
    sides = (lambda: match(wanted, shelf, TOP), lambda: loop(wanted, shelf, TOP), lambda: sql(wanted, shelf, TOP))
    rounds = [[seconds(side) for side in sides] for _ in range(ROUNDS)]
    own, plain, duck = (median(times) for times in zip(*rounds, strict=True))
    tell(
        "match.100k_500.seconds",
        own,
        "s",
        peer="numpy loop, no reasons",
        peer_value=round(plain, 3),
        ratio=round(plain / own, 2),
    )
    tell("match.100k_500.ratio_duckdb", duck / own, "×", peer="duckdb, no reasons", peer_value=round(duck, 3))
    tell("match.100k_500.cpu.seconds", seconds(sides[0], time.process_time), "s")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
