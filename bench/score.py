"""Scoring ten million firms while one waits, and one firm many times: our figures beside DuckDB, zen-engine and plain Python.

All sides give the same totals, red lines, grades and three costliest items, which is checked before anything is timed.
Sides take turns, so that a busy machine does all the same harm; medians are printed. Tables are timed by the clock on the
wall, one firm by processor time.
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

    from scoring.card import Card
    from scoring.compiled import Compiled

MANY, SOME, FEW = 10_000_000, 1_000_000, 2_000
ZEN_ROWS = 20_000
ROUNDS = 5
SHORT = 20


def tell(figure: str, value: float, unit: str, **peer: object) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 4), "unit": unit, **peer}), flush=True)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(*sides: Callable[[], object], rounds_wanted: int = ROUNDS) -> list[float]:
    """The median time of each side, one round after another."""
    rounds = [[seconds(side) for side in sides] for _ in range(rounds_wanted)]
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

    from scoring.held_columns import buffers
    from scoring.score import score

    duck = duckdb.connect()
    duck.register("firms", sample := firms(FEW))
    rows = duck.sql(statement(rules)).order("firm").fetchall()
    assert [
        (total, bits, grade, [key for key in keys if key is not None]) for _, total, bits, grade, *keys in rows
    ] == list(judgements(rules, sample))
    duck.register("firms", table := firms(MANY))
    columns = [buffers(column.to_physical()).values for column in table]
    cpu = processor(lambda: score(rules.card, table, lines=False))
    ours, peer, summed = in_turn(
        lambda: score(rules.card, table, lines=False),
        lambda: duck.sql(statement(rules)).to_arrow_table(),
        lambda: [column.sum() for column in columns],
        rounds_wanted=ROUNDS - 2,
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

    table = firms(FEW)
    trades, rows = table["industry"].to_list(), table.drop("firm", "industry").to_dicts()
    pairs, full = list(zip(rows, trades, strict=True)), table.to_dicts()
    card, made = rules.card, engine(rules)
    plain = by_few(pairs, lambda pair: one(card, pair[0], industry=pair[1]))
    zen = by_few(full, lambda row: batch(made, [row]))
    explained = by_few(pairs, lambda pair: sheet(card, pair[0], industry=pair[1]))
    looked_up = by_few(pairs, lambda pair: every_total(card, *pair))
    anew = by_few(pairs[::20], lambda pair: every_total_anew(card, *pair))
    zen_peer = {"peer": "zen-engine batch of one", "peer_value": round(zen, 1), "ratio": round(zen / plain, 1)}
    anew_peer = {"peer": "scoring anew", "peer_value": round(anew, 1), "ratio": round(anew / looked_up, 1)}
    tell("score.one.us", plain, "µs", **zen_peer)
    tell("score.one.explained.us", explained, "µs")
    tell("whatif.one.us", looked_up, "µs", **anew_peer)


def by_few(things: list[Any], work: Callable[[Any], object]) -> float:
    """Microseconds of processor time for one thing: a busy machine cuts even short runs in two, and the median of many."""
    work(things[0])
    runs = [things[start : start + SHORT] for start in range(0, len(things), SHORT)]
    return median(processor(lambda: [work(thing) for thing in run]) / len(run) for run in runs) * 1e6  # noqa: B023


def processor(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def every_total(card: Card, row: dict[str, Any], trade: str) -> object:
    """Every total that one changed fact would give."""
    from scoring.whatif import whatif

    standing = whatif(card, row, industry=trade)
    return {fact: [standing.total + gain for gain, _ in changes] for fact, changes in standing.changes.items()}


def every_total_anew(card: Card, row: dict[str, Any], trade: str) -> object:
    """The same by scoring the firm again for each change."""
    from scoring.one import one
    from scoring.whatif import whatif

    flags: dict[object, object] = {"yes": True, "no": False}
    values = [
        (fact, flags.get(to.option, to.option) if to.option else to.most if to.least is None else to.least)
        for fact, changes in whatif(card, row, industry=trade).changes.items()
        for _, to in changes
    ]
    return [one(card, row | {fact: value}, industry=trade).total for fact, value in values]


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
