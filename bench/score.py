"""Scoring ten million firms while one waits, and one firm many times: our figures beside DuckDB, zen-engine and plain Python.

All sides give the same totals, red lines, grades and three costliest items, which is checked before anything is timed.
Sides take turns, so that a busy machine does all the same harm; medians are printed.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from scoring.compiled import Compiled

MANY, SOME, FEW = 10_000_000, 1_000_000, 2_000
ZEN_ROWS = 20_000
ROUNDS = 3


def tell(figure: str, value: float, unit: str, **peer: object) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 4), "unit": unit, **peer}), flush=True)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(*sides: Callable[[], object]) -> list[float]:
    """The median time of each side, one round after another."""
    rounds = [[seconds(side) for side in sides] for _ in range(ROUNDS)]
    return [median(times) for times in zip(*rounds, strict=True)]


def judgements(rules: Compiled, table: pl.DataFrame) -> Iterable[tuple[Any, ...]]:
    """Our answers as the peers write theirs."""
    from scoring.score import score

    ranks = {rules.card.item[place].key: rank for rank, place in enumerate(rules.ranked)}
    for row in score(rules.card, table).iter_rows(named=True):
        bits = sum(1 << place for place, veto in enumerate(rules.card.veto) if row[veto.key])
        keys = [row[f"reason_{place}"] for place in (1, 2, 3)]
        yield row["total"], bits, rules.grades.index(row["grade"]), [ranks[key] for key in keys if key]


def whole_tables(rules: Compiled) -> None:
    import duckdb
    from peers.score_card import firms
    from peers.score_sql import statement

    from scoring.score import score

    duck = duckdb.connect()
    duck.register("firms", sample := firms(FEW))
    rows = duck.sql(statement(rules)).order("firm").fetchall()
    assert [
        (total, bits, grade, [key for key in keys if key is not None]) for _, total, bits, grade, *keys in rows
    ] == list(judgements(rules, sample))
    duck.register("firms", table := firms(MANY))
    columns = [column.to_numpy() if column.dtype == pl.Float64 else column.to_physical() for column in table]
    cpu = time.process_time()
    score(rules.card, table, lines=False)
    cpu = time.process_time() - cpu
    ours, peer, summed = in_turn(
        lambda: score(rules.card, table, lines=False),
        lambda: duck.sql(statement(rules)).to_arrow_table(),
        lambda: [column.sum() for column in columns],
    )
    tell("score.10m.seconds", ours, "s", peer="duckdb", peer_value=round(peer, 3), ratio=round(peer / ours, 2))
    tell("score.10m.cpu.seconds", cpu, "s")
    tell("score.10m.ratio_duckdb", peer / ours, "×")
    tell("score.10m.ratio_bandwidth", summed / ours, "×", peer="summing every column once", peer_value=round(summed, 4))


def memory() -> None:
    """Run in a process of its own: the table, its scores with reasons, and nothing else."""
    from peers.score_card import firms, the_card

    from scoring.score import score

    score(the_card(), firms(MANY), lines=False)
    tell("score.10m.gib", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, "GiB")


def rules_engine(rules: Compiled) -> None:
    from peers.score_card import firms
    from peers.score_zen import batch, engine, judged

    from scoring.score import score

    made, rows = engine(rules), firms(ZEN_ROWS).to_dicts()
    assert [judged(rules, found) for found in batch(made, rows[:FEW])] == list(
        judgements(rules, firms(ZEN_ROWS).head(FEW))
    )
    table = firms(SOME)
    ours, peer = in_turn(lambda: score(rules.card, table, lines=False), lambda: batch(made, rows))
    peer *= SOME / ZEN_ROWS
    tell("score.1m.seconds", ours, "s", peer=f"zen-engine batch, from {ZEN_ROWS} rows", peer_value=round(peer, 2))
    tell("score.1m.ratio_zen", peer / ours, "×")


def one_firm(rules: Compiled) -> None:
    from peers.score_card import firms
    from peers.score_zen import batch, engine

    from scoring.one import one
    from scoring.sheet import sheet
    from scoring.whatif import whatif

    table = firms(FEW)
    trades, rows = table["industry"].to_list(), table.drop("firm", "industry").to_dicts()
    pairs, full = (
        list(zip(rows, trades, strict=True)),
        [row | {"industry": trade} for row, trade in zip(rows, trades, strict=True)],
    )
    card, made = rules.card, engine(rules)

    def changed() -> None:
        """Every total that one changed fact would give."""
        for row, trade in pairs:
            standing = whatif(card, row, industry=trade)
            _ = {fact: [standing.total + gain for gain, _ in changes] for fact, changes in standing.changes.items()}

    def again() -> None:
        """The same by scoring anew, for one firm in twenty."""
        for row, trade in pairs[::20]:
            standing = whatif(card, row, industry=trade)
            for fact, changes in standing.changes.items():
                for _, to in changes:
                    value = to.option if to.least is None else to.least
                    one(
                        card,
                        row | {fact: {"yes": True, "no": False}.get(value, value) if to.option else value},
                        industry=trade,
                    )

    plain, explained, looked_up, anew, zen = in_turn(
        lambda: [one(card, row, industry=trade) for row, trade in pairs],
        lambda: [sheet(card, row, industry=trade) for row, trade in pairs],
        changed,
        again,
        lambda: [batch(made, [row]) for row in full],
    )
    each = 1e6 / FEW
    tell(
        "score.one.us",
        plain * each,
        "µs",
        peer="zen-engine batch of one",
        peer_value=round(zen * each, 1),
        ratio=round(zen / plain, 1),
    )
    tell("score.one.explained.us", explained * each, "µs")
    tell(
        "whatif.one.us",
        looked_up * each,
        "µs",
        peer="scoring anew",
        peer_value=round(anew * 20 * each, 1),
        ratio=round(anew * 20 / looked_up, 1),
    )


def main() -> None:
    from peers.score_card import SECTIONS, the_card

    from scoring.compiled import compiled

    rules = compiled(the_card())
    for section in SECTIONS:
        rules.trade(section)
    one_firm(rules)
    rules_engine(rules)
    subprocess.run([sys.executable, __file__, "memory"], check=True)
    whole_tables(rules)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    memory() if sys.argv[1:] == ["memory"] else main()
