"""Default rates by grade and by band of the score (校准), with counts and bounds that few firms make wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

from scoring.judge import Flags, Numbers

WILSON = 1.959963984540054
"""The two-sided 95 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Group:
    """One grade or band: its firms, how many of them went bad, and the 95 % bounds of that share (Wilson)."""

    name: str
    firms: int
    bad: int

    @property
    def rate(self) -> float:
        return self.bad / self.firms

    @property
    def bounds(self) -> tuple[float, float]:
        return wilson(self.bad, self.firms)


def wilson(bad: int, firms: int) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927): honest also for few firms and for none that failed."""
    squared = WILSON**2
    middle = (bad + squared / 2) / (firms + squared)
    half = WILSON / (firms + squared) * sqrt(bad * (firms - bad) / firms + squared / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def by_grade(grades: Sequence[str], scores: Numbers, bad: Flags) -> tuple[Group, ...]:
    """Grades in the order of their firms' mean score, best first."""
    names, places = np.unique(np.asarray(grades, dtype=str), return_inverse=True)
    means = np.bincount(places, weights=scores) / np.bincount(places)
    return _groups([str(name) for name in names], places, bad, [int(at) for at in np.argsort(-means, kind="stable")])


def by_band(scores: Numbers, bad: Flags, bands: int = 5) -> tuple[Group, ...]:
    """Bands of about equal size, highest scores first; firms of one score stay together. Named by their bounds."""
    edges = np.unique(np.quantile(scores, np.arange(1, bands) / bands, method="inverted_cdf"))
    places = np.unique(np.searchsorted(edges, scores, "left"), return_inverse=True)[1]
    spans = [(scores[places == at].min(), scores[places == at].max()) for at in range(places.max() + 1)]
    names = [f"{low:g}–{high:g}" if low < high else f"{low:g}" for low, high in spans]
    return _groups(names, places, bad, list(range(len(names)))[::-1])


def inversions(groups: Sequence[Group]) -> tuple[tuple[str, str], ...]:
    """Neighbours in the wrong order: the better group failed more often than the worse one after it."""
    return tuple((better.name, worse.name) for better, worse in pairwise(groups) if better.rate > worse.rate)


def _groups(names: Sequence[str], places: np.ndarray, bad: Flags, order: Sequence[int]) -> tuple[Group, ...]:
    firms, failed = np.bincount(places), np.bincount(places, weights=bad)
    return tuple(Group(names[at], int(firms[at]), int(failed[at])) for at in order)
