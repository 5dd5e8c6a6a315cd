"""Apply a scorecard to a table of facts, one firm a row (评分): points, red lines, total, grade and reasons."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import DTypeLike

from scoring.card import Card, Item
from scoring.columns import Steps, Tally, runs
from scoring.compiled import REASONS, Compiled, compiled
from scoring.facts import Fact
from scoring.held_columns import DTYPES, Array, reader
from scoring.row_columns import days, trades
from scoring.sheet import Band, Check, Line, Sheet, UnknownValue, sheet

__all__ = ["DTYPES", "Band", "Check", "Line", "Sheet", "UnknownValue", "score", "sheet"]

BLOCK = 65_536
"""Rows counted at once: a fact of so many firms is half a megabyte and stays near the processor."""

NONE_LISTED = pl.Series([], dtype=pl.List(pl.String))
REASON = tuple(f"reason_{place}" for place in range(1, REASONS + 1))
JUDGED = ("total", "missing_weight", "ceiling_fen", "vetoed", "insufficient", "qualified", "grade", *REASON)


def score(card: Card, facts: pl.DataFrame, *, on: date | None = None, lines: bool = True) -> pl.DataFrame:
    """Points and judgement for every firm, in the order of the rows.

    Takes a column `firm` and columns named as in `FACTS`, or as the card declares them; a column that is absent counts as missing throughout. May take
    `industry` (GB/T 4754-2017 codes) and, for a fact, `<fact>_as_of` (the day its value is of): with `on`, the day of
    scoring, red lines whose fact is too old or of no known day are not hit.
    Gives `firm`, `total` and `missing_weight` (marks, Int64), `grade`, `vetoed`, `insufficient`, `qualified`, `ceiling_fen`
    (Int64, 0 unless qualified) and `reason_1` to `reason_3` (keys of the items that cost most, null where nothing more was
    lost); with `lines` also an Int64 column per item, a Boolean one per red line (false where the fact is missing) and
    `missing` (list of facts). Without `lines` ten million firms take a few hundred megabytes beside their facts.
    Raises `UnknownValue` where a column holds what its fact does not allow, `UnknownIndustry` for a code outside the list.
    """
    counting = Counting(compiled(card), facts, on, lines=lines)
    blocks = [slice(start, min(start + BLOCK, facts.height)) for start in range(0, facts.height, BLOCK)]
    counting.missing = _each(counting.count, blocks)
    return counting.frame()


def _each(count: Callable[[slice], pl.Series], blocks: Sequence[slice]) -> list[pl.Series]:
    """Blocks on all processors, results in their order: numpy lets go of the interpreter while it counts."""
    if len(blocks) < 2:
        return [count(rows) for rows in blocks]
    with ThreadPoolExecutor(min(len(blocks), os.cpu_count() or 1)) as threads:
        return list(threads.map(count, blocks))


class Counting:
    """A table on its way through a card, and the columns that come out, filled block by block."""

    def __init__(self, card: Compiled, facts: pl.DataFrame, on: date | None, *, lines: bool) -> None:
        self.card, self.firms, self.lines = card, facts["firm"], lines
        columns = {name: facts[name] for name in facts.columns}
        self.trades = trades(card, columns.get("industry"))
        self.rules = [Rules(card, fact, columns, on) for fact in card.facts.values()]
        self.missing: Sequence[pl.Series] = []
        self.out: dict[str, Array] = {}
        if lines:
            self._room(np.int64, (item.key for item in card.card.item))
            self._room(np.bool_, (veto.key for veto in card.card.veto))
        self._room(np.int64, JUDGED[:3])
        self._room(np.bool_, JUDGED[3:6])
        self._room(np.uint8, JUDGED[6:7])
        self._room(np.min_scalar_type(len(card.most)), REASON)
        self.ceilings = np.array([0, *card.ceilings])

    def _room(self, kind: DTypeLike, names: Iterable[str]) -> None:
        self.out |= {name: np.empty(len(self.firms), kind) for name in names}

    def count(self, rows: slice) -> pl.Series:
        """One block, fact by fact, so that each is at hand while all its rules are applied; gives the facts missing by row."""
        number = rows.stop - rows.start
        by_trade = runs(self.trades(rows)) if self.trades else None
        tally, vetoed, known = Tally(self.card, number), np.zeros(number, np.bool_), {}
        for rules in self.rules:
            held = rules.read(rows)
            known[rules.fact.name] = held.known
            for place, key, steps in rules.items:
                earned = steps.points(held, by_trade)
                tally.add(place, earned, held.known)
                self._line(key, rows, earned)
            for key, steps, fresh in rules.vetoes:
                hit = steps.points(held, None).view(np.bool_)
                hit = hit & fresh(rows) if fresh else hit
                vetoed |= hit
                self._line(key, rows, hit)
        self._judge(rows, tally, vetoed)
        return _missing(self.card.card.item, known, number) if self.lines else NONE_LISTED

    def _line(self, key: str, rows: slice, column: Array) -> None:
        if self.lines:
            self.out[key][rows] = column

    def _judge(self, rows: slice, tally: Tally, vetoed: Array) -> None:
        out, total, missing = {name: self.out[name][rows] for name in JUDGED}, tally.total, tally.missing
        insufficient = missing > self.card.card.missing_most
        qualified = np.logical_not(insufficient | vetoed | (total < self.card.card.line))
        grade = np.zeros(len(vetoed), np.uint8)
        for least in self.card.bounds[1:]:
            grade += (total >= least).view(np.uint8)
        out["total"][:], out["missing_weight"][:], out["grade"][:] = total, missing, grade
        out["vetoed"][:], out["insufficient"][:], out["qualified"][:] = vetoed, insufficient, qualified
        self.ceilings.take((grade + np.uint8(1)) * qualified.view(np.uint8), out=out["ceiling_fen"], mode="clip")
        tally.reasons([out[name] for name in REASON])

    def frame(self) -> pl.DataFrame:
        """What was counted, coded columns turned into words without writing them out."""
        columns = {name: pl.Series(name, column) for name, column in self.out.items()}
        columns["grade"] = columns["grade"].cat.to(pl.Enum(self.card.grades))
        by_rank = pl.Enum([self.card.card.item[place].key for place in self.card.ranked])
        columns |= {name: columns[name].cat.to(by_rank, strict=False) for name in REASON}
        if self.lines:
            columns["missing"] = pl.concat([NONE_LISTED, *self.missing])
        return pl.DataFrame({"firm": self.firms, **columns})


class Rules:
    """Everything that rests on one fact: how it is read, the items, and the red lines with the rows in which it still holds."""

    def __init__(self, card: Compiled, fact: Fact, columns: Mapping[str, pl.Series], on: date | None) -> None:
        self.read = reader(fact, columns.get(fact.name))
        self.fact, as_of = fact, columns.get(f"{fact.name}_as_of")
        self.items = [
            (place, item.key, Steps([trade.items[place] for trade in card.trades]))
            for place, item in enumerate(card.card.item)
            if item.fact == fact.name
        ]
        self.vetoes = [
            (veto.key, Steps([ladder]), days(veto, as_of, on))
            for veto, ladder in zip(card.card.veto, card.vetoes, strict=True)
            if veto.fact == fact.name
        ]


def _missing(items: Sequence[Item], known: Mapping[str, Array | None], rows: int) -> pl.Series:
    """The facts missing, by row, in the order of the items."""
    absent = np.zeros((rows, len(items)), np.bool_)
    for place, item in enumerate(items):
        if (there := known[item.fact]) is not None:
            np.logical_not(there, out=absent[:, place])
    ends = np.concatenate([[0], np.cumsum(absent.sum(axis=1))]).astype(np.int32)
    names = pa.array([item.fact for item in items]).take(pa.array(np.nonzero(absent)[1]))
    return pl.Series(pa.ListArray.from_arrays(ends, names))
