"""Columns cut into bins of about equal size (分箱), ranked from least to most risk; edges a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np
from numpy.typing import NDArray

from scoring.facts import Better
from scoring.judge import Flags, Numbers, auc

BINS = 20
"""The most bins of one column."""

FIRMS_A_BIN = 10
"""The fewest firms a bin is meant to hold."""

MISSING = BINS
"""The code of a value that is not there: after the worst bin, so that what is not known counts as worst until it proves better."""

Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where one column is cut: rising edges, and which way is good. With higher better, a firm on an edge is above it."""

    edges: tuple[Decimal, ...]
    better: Better

    @property
    def bins(self) -> int:
        return len(self.edges) + 1

    def codes(self, column: Numbers) -> Codes:
        """0 for the best bin up to `bins` - 1 for the worst; `MISSING` where there is no number."""
        higher = self.better == "higher"
        above = np.searchsorted([float(edge) for edge in self.edges], column, "right" if higher else "left")
        return np.where(np.isfinite(column), len(self.edges) - above if higher else above, MISSING)


def cut(column: Numbers, bad: Flags, better: Better | None) -> Cuts:
    """Edges between neighbouring values at quantiles; a sign that nobody gave is the one the outcomes show."""
    known = np.isfinite(column)
    better = better or shown(column[known], bad[known])
    values = np.unique(column[known])
    if len(values) < 2:
        return Cuts((), better)
    bins = int(np.clip(known.sum() // FIRMS_A_BIN, 2, BINS))
    at = np.unique(np.quantile(column[known], np.arange(1, bins) / bins, method="inverted_cdf"))
    places = np.minimum(np.searchsorted(values, at), len(values) - 2)
    pairs = {int(place): (float(values[place]), float(values[place + 1])) for place in places}
    return Cuts(tuple(between(*pair, better) for pair in pairs.values()), better)


def shown(column: Numbers, bad: Flags) -> Better:
    """Which way is good by the outcomes alone; higher when they do not tell."""
    if bad.all() or not bad.any():
        return "higher"
    return "higher" if auc(column, bad) >= 0.5 else "lower"


def between(low: float, high: float, better: Better) -> Decimal:
    """The roundest number that parts two neighbouring values: at most `high` with higher better, else at least `low`."""
    up = better == "higher"
    for places in range(-_size(low, high), 19):
        unit = Decimal(1).scaleb(-places)
        steps = (Decimal(high if up else low) / unit).to_integral_value(ROUND_FLOOR if up else ROUND_CEILING)
        edge = steps * unit
        if (low < float(edge) <= high) if up else (low <= float(edge) < high):
            return Decimal(f"{edge.normalize() + 0:f}")
    return Decimal(repr(high if up else low))


def _size(low: float, high: float) -> int:
    return max(0, Decimal(max(abs(low), abs(high))).adjusted())


def codes(columns: Sequence[Numbers], cuts: Sequence[Cuts]) -> Codes:
    """Every column as codes, firms down, columns across."""
    return np.stack([each.codes(column) for column, each in zip(columns, cuts, strict=True)], axis=1)
