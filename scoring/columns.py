"""A card applied to columns (按列评分): comparisons are summed, nothing is looked up, and every number is as narrow as it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scoring.compiled import Compiled, Ladder, Number
from scoring.facts import Kind
from scoring.held_columns import Array, Held

WHOLE = np.iinfo(np.int64)


def narrow(most: int) -> type[np.signedinteger]:
    """The smallest whole type that holds every number up to this one, and its negative."""
    return next(kind for kind in (np.int8, np.int16, np.int32, np.int64) if most <= np.iinfo(kind).max)


@dataclass(frozen=True, slots=True)
class Runs:
    """The rows of a block by trade: `order` lists them so, None where they stand so; `runs` are (trade, start, end)."""

    order: Array | None
    runs: tuple[tuple[int, int, int], ...]


def runs(trades: Array) -> Runs:
    """Rows put together by trade; firms stored by their industry are left where they are."""
    order = None
    if (trades[1:] < trades[:-1]).any():
        order = np.argsort(trades, kind="stable")
        trades = trades[order]
    cuts = [0, *(np.flatnonzero(trades[1:] != trades[:-1]) + 1).tolist(), len(trades)]
    return Runs(order, tuple((int(trades[start]), start, end) for start, end in pairwise(cuts) if start < end))


class Steps:
    """One rule by trade, as what every cell gives more than the one before it."""

    def __init__(self, ladders: Sequence[Ladder]) -> None:
        kind = narrow(max(max(*ladder.points, ladder.missing) for ladder in ladders))
        first = ladders[0]
        self.alike, self.missing = all(ladder is first for ladder in ladders), kind(first.missing)
        self.compare = np.equal if first.fact.kind in {Kind.CHOICE, Kind.FLAG} else np.greater_equal
        self.steps = [_steps(ladder, kind) for ladder in ladders]

    def points(self, held: Held, by_trade: Runs | None) -> Array:
        """Points of the rule for every row of a block."""
        out = np.empty(len(held.values), self.missing.dtype)
        if by_trade is None or self.alike:
            self._climb(0, held.values, out)
        elif by_trade.order is None:
            self._climb_runs(by_trade, held.values, out)
        else:
            together = np.empty_like(out)
            self._climb_runs(by_trade, held.values.take(by_trade.order), together)
            out[by_trade.order] = together
        if held.known is not None:
            self._forgo(held.known.view(np.int8), out)
        return out

    def _climb_runs(self, by_trade: Runs, values: Array, out: Array) -> None:
        for trade, start, end in by_trade.runs:
            self._climb(trade, values[start:end], out[start:end])

    def _climb(self, trade: int, values: Array, out: Array) -> None:
        lowest, steps = self.steps[trade]
        out.fill(lowest)
        reached, step = np.empty(len(out), np.bool_), np.empty_like(out)
        counted = reached.view(np.int8)
        for edge, more in steps:
            self.compare(values, edge, out=reached)
            np.multiply(counted, more, out=step)
            np.add(out, step, out=out)

    def _forgo(self, known: Array, out: Array) -> None:
        """What stands for nothing earns what the card gives for a missing fact."""
        if self.missing:
            np.subtract(out, self.missing, out=out)
        np.multiply(out, known, out=out)
        if self.missing:
            np.add(out, self.missing, out=out)


def _steps(ladder: Ladder, kind: type[np.signedinteger]) -> tuple[int, list[tuple[Number, np.signedinteger]]]:
    """Points below every break, and what each break adds; of a choice, what each option gives.

    A break above all whole numbers of 64 bits is never reached, one below them always.
    """
    if ladder.fact.kind in {Kind.CHOICE, Kind.FLAG}:
        return 0, [(place, kind(marks)) for place, marks in enumerate(ladder.points) if marks]
    edges: Sequence[Number] = ladder.breaks
    if ladder.fact.kind is not Kind.NUMBER:
        edges = [max(edge, WHOLE.min) for edge in ladder.breaks if edge <= WHOLE.max]
    added = (kind(after - before) for before, after in pairwise(ladder.points))
    return ladder.points[0], list(zip(edges, added, strict=False))


class Tally:
    """What the items of one block add up to: totals, marks that rest on known facts, and the costliest items."""

    def __init__(self, card: Compiled, rows: int) -> None:
        self.card, self.rows = card, rows
        self.width = 1 << len(card.most).bit_length()
        self.kind = narrow(max(sum(card.most), (max(card.most) + 1) * self.width))
        self.total, self._high, self._middle, self._low = (np.zeros(rows, self.kind) for _ in range(4))
        self._key, self._less = np.empty(rows, self.kind), np.empty(rows, self.kind)
        self._doubtful, self._known = 0, dict[int, Array]()

    def add(self, place: int, earned: Array, known: Array | None) -> None:
        """One item more; a key holds the marks lost and, below them, how early the item is named among equal losses.

        Narrow numbers are widened once: numpy is slow to add what is not of one type.
        """
        most, kind = self.card.most[place], self.kind
        np.copyto(self._key, earned)
        np.add(self.total, self._key, out=self.total)
        if known is not None:
            self._doubt(most, known)
        np.multiply(self._key, kind(-self.width), out=self._key)
        early = self.width - 1 - self.card.ranked.index(place)
        np.add(self._key, kind(most * self.width + early), out=self._key)
        self._rise()

    def _doubt(self, most: int, known: Array) -> None:
        """Known facts are counted apart by the marks that rest on them: so small a number is quickly counted."""
        if most not in self._known:
            self._known[most] = np.zeros(self.rows, narrow(len(self.card.most)))
        self._doubtful += most
        np.add(self._known[most], known.view(np.int8), out=self._known[most])

    def _rise(self) -> None:
        """The new key takes its place among the highest three."""
        np.minimum(self._high, self._key, out=self._less)
        np.maximum(self._high, self._key, out=self._high)
        np.minimum(self._middle, self._less, out=self._key)
        np.maximum(self._middle, self._less, out=self._middle)
        np.maximum(self._low, self._key, out=self._low)

    @property
    def missing(self) -> Array:
        """Marks that rest on missing facts."""
        missing = np.full(self.rows, self._doubtful, self.kind)
        for most, known in self._known.items():
            missing -= known * self.kind(most)
        return missing

    def reasons(self, out: Sequence[Array]) -> None:
        """Ranks of the costliest items, costliest first; past every rank where nothing more was lost."""
        low = self._key.dtype.type(self.width - 1)
        for key, ranks in zip((self._high, self._middle, self._low), out, strict=True):
            np.multiply((key <= low).view(np.int8), low, out=self._less)
            np.subtract(low, np.bitwise_and(key, low, out=self._key), out=self._key)
            np.bitwise_or(self._key, self._less, out=self._key)
            np.copyto(ranks, self._key, casting="unsafe")
