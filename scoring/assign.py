"""Assign needs to banks within what each bank takes (需求分配): stable, or with the best total, and what the choice between them costs whom.

Both are worth offering: the stable one leaves no need and bank that would rather have had each other; the best total
serves more needs better, over the heads of some. Neither depends on the order of rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scoring import assign_stable, assign_total, assign_volume
from scoring.market import Market


@dataclass(frozen=True)
class Assignment:
    """One way to assign the needs.

    `pairs` has the columns of `market.PAIRS`; `worth` is the sum of points and one more a pair, and `bound` what no
    assignment within the limits can be worth more than; `blocking` counts the pairs that would rather have each other.
    """

    pairs: pl.DataFrame
    points: int
    worth: int
    bound: int | None
    blocking: int

    @property
    def gap(self) -> float | None:
        """How far at most the worth is from the best, as a share of the bound; 0: proved best; None: not asked."""
        return None if self.bound is None else (self.bound - self.worth) / max(1, self.bound)


@dataclass(frozen=True)
class Difference:
    """What a need or a bank has under either assignment.

    `needs`: need, stable, total (points), change. `banks`: bank, stable and total (points), stable_needs, total_needs,
    stable_fen, total_fen (what of the limits is used), change. Everybody stands in it, in order of key.
    """

    needs: pl.DataFrame
    banks: pl.DataFrame


def stable(pairs: pl.DataFrame, needs: pl.DataFrame, banks: pl.DataFrame, each: int = 1) -> Assignment:
    """Every need goes to up to `each` banks, so that no need and bank are left who would rather have each other.

    The tables have the columns of `market.PAIRS`, `market.TURNS` and `market.LIMITS`; NotAMarket where they do not fit.
    """
    market = Market.of(pairs, needs, banks, each)
    return _told(market, assign_stable.stable(market), None)


def best_total(pairs: pl.DataFrame, needs: pl.DataFrame, banks: pl.DataFrame, each: int = 1) -> Assignment:
    """Every need goes to up to `each` banks, so that the points and the pairs together are the most there can be.

    Exact where banks limit numbers only; where they limit amounts, the gap says how far it may be from the best. Of equal
    assignments it is the nearest to the stable one, up to `assign_volume.NEAR` pairs.
    """
    market = Market.of(pairs, needs, banks, each)
    solve = assign_total.total if market.by_number else assign_volume.total_by_volume
    chosen, bound = solve(market)
    return _told(market, assign_volume.nearest(market, chosen), bound)


def difference(needs: pl.DataFrame, banks: pl.DataFrame, stable_: Assignment, total: Assignment) -> Difference:
    """Who gains and who loses where the best total takes the place of the stable assignment."""
    each = {"stable": stable_, "total": total}
    return Difference(
        _change(needs.select("need"), {name: _by_need(of, name) for name, of in each.items()}, "need"),
        _change(banks.select("bank"), {name: _by_bank(of, needs, name) for name, of in each.items()}, "bank"),
    )


def blocking(market: Market, chosen: np.ndarray) -> np.ndarray:
    """The pairs that would rather have each other than what was chosen, as places in the market's arrays.

    The need has fewer than it may, or prefers the bank to its last choice; the bank serves somebody behind it in line, or
    has room for it and for the first it turned down.
    """
    held, total = np.zeros(len(market.need), bool), len(market.need)
    held[chosen] = True
    number = np.bincount(market.need[chosen], minlength=len(market.needs))
    last = np.full(len(market.needs), -1)
    np.maximum.at(last, market.need[chosen], chosen)
    wants = ~held & ((number < market.each)[market.need] | (np.arange(total) < last[market.need]))
    served = np.full(len(market.banks), -1)
    np.maximum.at(served, market.bank[chosen], market.place[chosen])
    overtaken = wants & (market.place < served[market.bank])
    fits = wants & _room(market, chosen)
    first = np.full(len(market.banks), total)
    np.minimum.at(first, market.bank[wants], market.place[wants])
    heads = first[first < total]
    open_ = np.zeros(len(market.banks), bool)
    open_[market.bank[market.line[heads]]] = fits[market.line[heads]]
    return np.flatnonzero(overtaken | (fits & open_[market.bank]))


def _room(market: Market, chosen: np.ndarray) -> np.ndarray:
    """Whether each pair's bank could take one more need of this amount."""
    bank, number = market.bank[chosen], len(market.banks)
    taken = np.zeros(number, np.int64)
    np.add.at(taken, bank, market.amount[market.need[chosen]])
    places = (np.bincount(bank, minlength=number) < market.most)[market.bank]
    return np.asarray(places & (taken[market.bank] + market.amount[market.need] <= market.most_fen[market.bank]))


def _told(market: Market, chosen: np.ndarray, bound: int | None) -> Assignment:
    rank = 1 + chosen - market.starts[market.need[chosen]]
    pairs = pl.DataFrame(
        {
            "need": market.needs[market.need[chosen]],
            "bank": market.banks[market.bank[chosen]],
            "rank": rank,
            "points": market.points[chosen],
        }
    )
    points = int(market.points[chosen].sum())
    return Assignment(pairs, points, points + len(chosen), bound, len(blocking(market, chosen)))


def _by_need(of: Assignment, name: str) -> pl.DataFrame:
    return of.pairs.group_by("need").agg(pl.col("points").sum().alias(name))


def _by_bank(of: Assignment, needs: pl.DataFrame, name: str) -> pl.DataFrame:
    told = of.pairs.join(needs.select("need", "amount_fen"), on="need")
    return told.group_by("bank").agg(
        pl.col("points").sum().alias(name),
        pl.len().cast(pl.Int64).alias(f"{name}_needs"),
        pl.col("amount_fen").sum().alias(f"{name}_fen"),
    )


def _change(everybody: pl.DataFrame, parts: dict[str, pl.DataFrame], key: str) -> pl.DataFrame:
    for part in parts.values():
        everybody = everybody.join(part, on=key, how="left")
    change = (pl.col("total") - pl.col("stable")).alias("change")
    return everybody.with_columns(pl.exclude(key).fill_null(0)).with_columns(change).sort(key)
