"""Needs and banks as one market (需求与银行): who may go to whom, in what order each side wants the other, and what a bank can take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

UNLIMITED = 2**62
MOST_POINTS = 10_000  # sums of two stay within two bytes

PAIRS: Mapping[str, Any] = {
    "need": pl.String,
    "bank": pl.String,
    "rank": pl.Int64,  # the firm's order among its banks, the best 1
    "points": pl.Int64,  # of fit, from 0 to MOST_POINTS: the bank's order among its needs
}
"""Columns of possible pairs; a table of `scoring.match.MATCH` has them."""

TURNS: Mapping[str, Any] = {
    "need": pl.String,
    "amount_fen": pl.Int64,
    "turn": pl.Int64,  # who comes first at a bank where points are equal: the one that has waited longest
}
"""Columns of needs."""

LIMITS: Mapping[str, Any] = {
    "bank": pl.String,
    "most_fen": pl.Int64,  # what the bank takes in the period; null: no limit, likewise below
    "most": pl.Int64,  # how many needs it takes in the period
}
"""Columns of banks."""


class NotAMarket(ValueError):
    """The tables do not fit together: a pair of an unknown need or bank, a pair given twice, or points out of range."""

    def __init__(self, code: str, says: str) -> None:
        super().__init__(says)
        self.code = code


@dataclass(frozen=True)
class Market:
    """Pairs in the firms' order, need by need; needs stand by turn, banks by key, so that the order of rows counts for nothing.

    `need`, `bank` and `points` have one entry a pair, `starts` the place of each need's first pair and the end;
    `amount` is in fen, `most_fen` and `most` are by bank, `UNLIMITED` where there is no limit.
    """

    needs: pl.Series
    banks: pl.Series
    need: np.ndarray
    bank: np.ndarray
    points: np.ndarray
    starts: np.ndarray
    amount: np.ndarray
    most_fen: np.ndarray
    most: np.ndarray
    each: int  # banks a need goes to at most

    @classmethod
    def of(cls, pairs: pl.DataFrame, needs: pl.DataFrame, banks: pl.DataFrame, each: int = 1) -> Market:
        needs, banks = needs.sort("turn", "need"), banks.sort("bank")
        need, bank = _places(pairs["need"], needs["need"]), _places(pairs["bank"], banks["bank"])
        rank, points = (pairs[name].cast(pl.Int64).to_numpy() for name in ("rank", "points"))
        order = _order(need, rank, bank)
        need, bank, points = need[order], bank[order], points[order]
        if len(points) and not 0 <= points.min() <= points.max() <= MOST_POINTS:
            raise NotAMarket("points_out_of_range", f"匹配分应在 0 到 {MOST_POINTS} 之间")
        market = cls(
            needs["need"],
            banks["bank"],
            need,
            bank,
            points,
            np.searchsorted(need, np.arange(len(needs) + 1)),
            needs["amount_fen"].to_numpy(),
            banks["most_fen"].fill_null(UNLIMITED).to_numpy(),
            banks["most"].fill_null(UNLIMITED).to_numpy(),
            each,
        )
        market.once()
        return market

    def once(self) -> None:
        """NotAMarket where a need and a bank are paired twice."""
        line = self.line
        again = (self.bank[line][1:] == self.bank[line][:-1]) & (self.need[line][1:] == self.need[line][:-1])
        if again.any():
            raise NotAMarket("pair_repeated", "同一需求与同一银行出现两次")

    @cached_property
    def line(self) -> np.ndarray:
        """The pairs in the order in which each bank wants them, bank by bank: more points first, then the turn."""
        return np.argsort(_small(self.bank * (self.top + 1) + (self.top - self.points)), kind="stable")

    @cached_property
    def place(self) -> np.ndarray:
        """Where each pair stands in `line`."""
        place = np.empty(len(self.line), np.int64)
        place[self.line] = np.arange(len(self.line))
        return place

    @cached_property
    def bank_starts(self) -> np.ndarray:
        """Where each bank's stretch of `line` begins, and the end."""
        return np.concatenate([[0], np.cumsum(np.bincount(self.bank, minlength=len(self.banks)))])

    @property
    def top(self) -> int:
        return int(self.points.max(initial=0))

    @property
    def by_number(self) -> bool:
        """Whether no bank limits the amount."""
        return bool((self.most_fen == UNLIMITED).all())


def _places(keys: pl.Series, among: pl.Series) -> np.ndarray:
    """The place of each key; a key that is not there, or stands there twice, makes no market."""
    if among.n_unique() < len(among):
        raise NotAMarket("key_repeated", "需求或银行重复")
    places = keys.cast(pl.String).cast(pl.Enum(among.cast(pl.String)), strict=False).to_physical()
    if places.null_count():
        raise NotAMarket("key_unknown", "匹配中出现未列明的需求或银行")
    return places.cast(pl.Int64).to_numpy()


def _order(need: np.ndarray, rank: np.ndarray, bank: np.ndarray) -> np.ndarray:
    """Need by need in the firm's order; pairs that stand so already, as those of `match` do, are not sorted again."""
    key = need * (int(rank.max(initial=0)) + 1) + rank
    if (np.diff(key) > 0).all():
        return np.arange(len(key))
    return np.lexsort((bank, rank, need))


def _small(keys: np.ndarray) -> np.ndarray:
    """The keys in the fewest bytes: two bytes are sorted ten times as fast as eight."""
    return keys.astype(np.min_scalar_type(int(keys.max(initial=0))))
