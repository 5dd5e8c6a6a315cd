"""Assigning 100,000 needs to 500 banks with caps: stable beside plain Python, best total beside HiGHS (on fewer needs).

Stable has no blocking pair and equals the plain one; the best total reaches its dual bound, which proves it, and equals
HiGHS where that runs. Both are checked before anything is timed. Seconds are by the clock on the wall, the median of rounds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

NEEDS, BANKS, EDGES, FEW, ROUNDS = 100_000, 500, 13, 2_000, 3
SHARE = 0.8  # of the needs that the banks can take


def tell(figure: str, value: float, unit: str, **peer: object) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 4), "unit": unit, **peer}), flush=True)


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start


def tables(rows: int) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    import polars as pl
    from peers.market import needs, products

    from scoring.market import LIMITS
    from scoring.match import match

    wanted = needs(rows)
    shelf = products(BANKS)
    asking = wanted.select("need", "amount_fen").with_row_index("turn")
    cap = int(SHARE * rows / BANKS)
    limits = {"bank": shelf["bank"], "most_fen": [None] * BANKS, "most": [cap] * BANKS}
    return match(wanted, shelf, EDGES), asking, pl.DataFrame(limits, schema=dict(LIMITS))


def main() -> None:
    from peers.assigning import one_by_one, programme

    from scoring import assign_stable, assign_total
    from scoring.assign import best_total, stable
    from scoring.market import Market

    many, few = tables(NEEDS), tables(FEW)
    market, small = Market.of(*many), Market.of(*few)
    assert (assign_stable.stable(market) == one_by_one(market)).all()
    assert best_total(*few).worth == programme(small)
    first, second = stable(*many), best_total(*many)
    assert first.blocking == 0
    assert second.worth == second.bound
    tell("assign.edges", len(market.need), "pairs")
    rounds = [
        [
            seconds(lambda: assign_stable.stable(Market.of(*many))),
            seconds(lambda: one_by_one(Market.of(*many))),
            seconds(lambda: assign_total.total(Market.of(*many))),
            seconds(lambda: assign_total.total(Market.of(*few))),
            seconds(lambda: programme(Market.of(*few))),
        ]
        for _ in range(ROUNDS)
    ]
    quick, plain, best, best_few, highs = (median(times) for times in zip(*rounds, strict=True))
    peer = {
        "peer": "deferred acceptance in plain Python",
        "peer_value": round(plain, 3),
        "ratio": round(plain / quick, 2),
    }
    tell("assign.stable.100k_500.seconds", quick, "s", **peer)
    tell("assign.total.100k_500.seconds", best, "s")
    cpu = seconds(lambda: assign_total.total(Market.of(*many)), time.process_time)
    tell("assign.total.100k_500.cpu.seconds", cpu, "s")
    tell("assign.total.2k_500.ratio_highs", highs / best_few, "×", peer="HiGHS LP", peer_value=round(highs, 3))
    tell("assign.total.100k_500.gap", second.gap or 0, "share")
    tell("assign.total.100k_500.blocking", second.blocking, "pairs")
    tell("assign.gain", second.worth / first.worth - 1, "share")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
