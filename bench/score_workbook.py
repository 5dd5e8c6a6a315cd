"""How long scoring the firms of the real workbook takes once it is read: facts from every invoice, points, reasons.

Takes the workbook's path, or looks for it beside the checkout; prints nothing where it is absent. Best of five rounds.
The peer counts the facts that need one pass in a bare polars group-by, with no rule and no card.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

REAL = Path(__file__).parents[2] / "shared/data/cumcm2020c/附件1_61家有信贷记录企业.xlsx"
DAY = date(2026, 1, 4)
ROUNDS = 5


def scored(firms: list[str], invoices: pl.DataFrame) -> int:
    """What `yuanrong score` does between reading and writing; how many firms have a sheet."""
    from scoring.card import card
    from scoring.invoices import facts
    from scoring.score import sheet

    rules = card("invoices", DAY)
    known = {row["firm"]: row for row in facts(invoices).iter_rows(named=True)}
    return len([sheet(rules, known.get(firm, {})) for firm in firms])


def bare(invoices: pl.DataFrame) -> None:
    import polars as pl

    kept = invoices.filter(~pl.col("void"))
    kept.group_by("firm", "side").agg(pl.col("amount_fen").sum(), pl.col("counterparty").n_unique(), pl.len())


def best(work: Callable[[], object]) -> tuple[float, float]:
    """The shortest wall and processor seconds of the rounds."""
    took = []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        took.append((time.perf_counter() - wall, time.process_time() - cpu))
    walls, cpus = zip(*took, strict=True)
    return min(walls), min(cpus)


def main(path: Path) -> None:
    from reports.intake import read_invoices
    from reports.sheets import read_book

    read = read_invoices(read_book(path), until=DAY)
    firms = read.firms["firm"].to_list()
    scored(firms, read.invoices)
    (wall, cpu), (peer, _) = best(lambda: scored(firms, read.invoices)), best(lambda: bare(read.invoices))
    beside = {"peer": "one bare group-by", "peer_value": round(peer, 3), "ratio": round(wall / peer, 2)}
    print(json.dumps({"figure": "score.workbook.seconds", "value": round(wall, 3), "unit": "s", **beside}))
    print(json.dumps({"figure": "score.workbook.cpu.seconds", "value": round(cpu, 3), "unit": "s"}))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL
    if place.exists():
        main(place)
