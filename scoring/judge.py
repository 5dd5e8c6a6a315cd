"""How well a score tells bad from good (评分检验): AUC, KS, Gini and PSI, each against plain measures, with intervals.

A score is higher for lower risk; `bad` marks the firms whose loan failed. Everything here is numpy on whole columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

DRAWS = 2_000
"""Bootstrap samples behind an interval."""

INTERVAL = (2.5, 97.5)
"""The middle 95 % of the samples, in percent."""


class JudgeFault(ValueError):
    """Figures that cannot be judged; the sentence says why and what to do, in both languages."""

    def __init__(self, code: str, sentence: str, **facts: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Measure:
    """How one column separates; `difference` is the judged score's AUC less this column's, with its interval.

    AUC in 0 … 1, 0.5 for chance; of the judged score itself the difference is None.
    """

    name: str
    auc: float
    low: float
    high: float
    ks: float
    difference: tuple[float, float, float] | None = None

    @property
    def gini(self) -> float:
        return 2 * self.auc - 1


@dataclass(frozen=True, slots=True)
class Ladder:
    """One column sorted: the place of each firm among the different values, lowest first, and their number."""

    places: NDArray[np.intp]
    steps: int

    @classmethod
    def of(cls, scores: Numbers) -> Ladder:
        values, places = np.unique(scores, return_inverse=True)
        return cls(places, len(values))

    def counts(self, firms: NDArray[np.intp] | Flags) -> Numbers:
        """How many of these firms stand on each step."""
        return np.bincount(self.places[firms], minlength=self.steps).astype(np.float64)


def auc(scores: Numbers, bad: Flags) -> float:
    """The chance that a good firm stands above a bad one, a tie counting half (Mann–Whitney)."""
    _both(bad)
    ladder = Ladder.of(scores)
    return _area(ladder.counts(~bad), ladder.counts(bad))


def ks(scores: Numbers, bad: Flags) -> float:
    """The greatest distance between the two distributions (Kolmogorov–Smirnov), 0 … 1."""
    _both(bad)
    ladder = Ladder.of(scores)
    return float(np.abs(_shares(ladder.counts(bad)) - _shares(ladder.counts(~bad))).max())


def roc(scores: Numbers, bad: Flags) -> Numbers:
    """The curve as rows of (share of good refused, share of bad refused), as the line rises from nobody to everybody."""
    _both(bad)
    ladder = Ladder.of(scores)
    rising = np.column_stack([_shares(ladder.counts(~bad)), _shares(ladder.counts(bad))])
    return np.vstack([np.zeros((1, 2)), rising])


def psi(expected: Numbers, actual: Numbers, bins: int = 10) -> float:
    """How far a population has moved (Population Stability Index), over bands of equal size of the expected one.

    Below 0.1 is steady, above 0.25 has moved. An empty band counts as half a firm, so that the figure stays finite.
    """
    if not len(expected) or not len(actual):
        raise JudgeFault("nobody", "没有可比较的分数，请检查分数列 | no scores to compare: check the score column")
    edges = np.unique(np.quantile(expected, np.arange(1, bins) / bins))
    before, after = (
        np.maximum(np.bincount(np.searchsorted(edges, side, "right"), minlength=len(edges) + 1), 0.5) / len(side)
        for side in (expected, actual)
    )
    return float(((after - before) * np.log(after / before)).sum())


def judge(
    name: str, scores: Numbers, bad: Flags, baselines: Mapping[str, Numbers], *, seed: int = 0, draws: int = DRAWS
) -> tuple[Measure, ...]:
    """The score first, then each baseline beside it, all on the same bootstrap samples (paired, good and bad apart).

    Every column is higher for lower risk and without gaps; raises `JudgeFault` unless there are bad and good firms.
    """
    _both(bad)
    columns = {name: scores, **{other: column for other, column in baselines.items() if other != name}}
    samples = _samples([Ladder.of(column) for column in columns.values()], bad, seed, draws)
    points = [auc(column, bad) for column in columns.values()]
    spans = [_span(samples[:, at]) for at in range(len(columns))]
    gaps = [_span(samples[:, 0] - samples[:, at]) for at in range(len(columns))]
    return tuple(
        Measure(
            other,
            points[at],
            *spans[at],
            ks(column, bad),
            difference=(points[0] - points[at], *gaps[at]) if at else None,
        )
        for at, (other, column) in enumerate(columns.items())
    )


def _span(samples: Numbers) -> tuple[float, float]:
    low, high = np.percentile(samples, INTERVAL)
    return float(low), float(high)


def _samples(ladders: Sequence[Ladder], bad: Flags, seed: int, draws: int) -> Numbers:
    """AUC of every column (across) in every sample (down)."""
    chance = np.random.default_rng(seed)
    sides = np.flatnonzero(~bad), np.flatnonzero(bad)
    found = np.empty((draws, len(ladders)))
    for row in found:
        good, failed = (side[chance.integers(0, len(side), len(side))] for side in sides)
        row[:] = [_area(ladder.counts(good), ladder.counts(failed)) for ladder in ladders]
    return found


def _area(good: Numbers, bad: Numbers) -> float:
    above = good.sum() - good.cumsum() + good / 2
    return float((bad * above).sum() / (good.sum() * bad.sum()))


def _shares(counts: Numbers) -> Numbers:
    rising: Numbers = counts.cumsum() / counts.sum()
    return rising


def _both(bad: Flags) -> None:
    if not len(bad):
        raise JudgeFault(
            "nobody",
            "没有一家企业同时有分数和结果，请检查企业代号是否一致 | no firm has both a score and an outcome: check the firm codes",
        )
    if bad.all() or not bad.any():
        wrong, only = ("正常", "good") if not bad.any() else ("违约", "bad")
        raise JudgeFault(
            "one_sided",
            f"{len(bad)} 家企业的结果全部是“{wrong}”，无法检验区分能力；两种结果都要有 | "
            f"all {len(bad)} firms turned out {only}: both kinds of outcome are needed",
            firms=len(bad),
        )
