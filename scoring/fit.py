"""Learn a card from outcomes (评分卡学习): few columns, monotone bands, whole points, judged on firms it has not seen.

Three things are done, and the same three inside every fold: columns are cut into ranked bins; stairs of risk are
climbed over all columns, then over the best of them, until few are left; the stairs become whole points that add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from scoring.facts import Better, Fact
from scoring.fit_bins import MISSING, Codes, Cuts, codes, cut
from scoring.fit_steps import ROUNDS, Stairs, climb
from scoring.judge import Flags, JudgeFault, Measure, Numbers, judge

ITEMS, FULL_MARKS, FOLDS = 12, 100, 5

DIVISIONS, SMALL = 3, 2_000
"""Up to so many firms are divided into folds three times, and their scores averaged: one division is a matter of luck."""

SURE = 3.0
"""Standard errors above chance; fewer would call noise a finding, since folds share firms and vary more than theory says."""

FAILURES_AN_ITEM = 3
"""So many failures (or good firms, if they are fewer) earn a card one item."""

LEAST = 5
"""The fewest bad and the fewest good firms from which anything is learned."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One column that may become an item: its fact, its values (NaN where nothing is known), and which way is good.

    A flag is 1 or 0, a choice its place in the list of the fact. Without a sign the outcomes show it.
    """

    fact: Fact
    values: Numbers
    better: Better | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """One column of a learned card: its cuts and the whole points of each bin, best first; `missing` where unknown."""

    column: int
    cuts: Cuts
    points: tuple[int, ...]
    missing: int

    def marks(self, values: Numbers) -> Numbers:
        """Points of each firm."""
        table = np.zeros(MISSING + 1)
        table[: len(self.points)] = self.points
        table[MISSING] = self.missing
        return table[self.cuts.codes(values)]


@dataclass(frozen=True, slots=True)
class Learned:
    """A card as learned: its scales, heaviest first, what each firm scored out of fold, and how well that separates."""

    traits: tuple[Trait, ...]
    bad: Flags
    scales: tuple[Scale, ...]
    full_marks: int
    unseen: Numbers
    measure: Measure


def fit(
    traits: Sequence[Trait], bad: Flags, *, items: int = ITEMS, full_marks: int = FULL_MARKS, seed: int = 0
) -> Learned:
    """Learn a card of at most so many items; the same input gives the same card.

    Raises `JudgeFault` where there are too few outcomes, or where the card does not separate firms it has not seen: its
    out-of-fold AUC must stand `SURE` standard errors of pure chance above one half.
    """
    _enough(bad)
    usable = [trait for trait in traits if len(np.unique(trait.values[np.isfinite(trait.values)])) > 1]
    columns = [trait.values for trait in usable]
    unseen = np.zeros(len(bad))
    divisions = DIVISIONS if len(bad) <= SMALL else 1
    for division in range(divisions):
        for held in folds(bad, seed + division):
            part = [Trait(trait.fact, trait.values[~held], trait.better) for trait in usable]
            unseen[held] += total(learn(part, bad[~held], items, full_marks), columns, len(bad))[held]
    unseen /= divisions
    measure = judge("card", unseen, bad, {}, seed=seed)[0]
    if measure.auc < sure(bad):
        raise _nothing(measure, bad)
    return Learned(tuple(usable), bad, learn(usable, bad, items, full_marks), full_marks, unseen, measure)


def sure(bad: Flags) -> float:
    """The AUC that chance does not reach: its standard error for a score without content is that of Mann–Whitney's U."""
    failed, good = int(bad.sum()), int((~bad).sum())
    return 0.5 + SURE * sqrt((failed + good + 1) / (12 * failed * good))


def learn(traits: Sequence[Trait], bad: Flags, items: int, full_marks: int) -> tuple[Scale, ...]:
    """The whole way once: cut, choose, climb, count in whole points. Empty where no column moves anything."""
    cuts = [cut(trait.values, bad, trait.better) for trait in traits]
    places = [at for at, each in enumerate(cuts) if each.bins > 1]
    if not places:
        return ()
    seen = codes([traits[at].values for at in places], [cuts[at] for at in places])
    chosen = _chosen(seen, bad, min(items, max(1, int(min(bad.sum(), (~bad).sum())) // FAILURES_AN_ITEM)))
    stairs = climb(seen[:, chosen], bad)
    return _scales([places[at] for at in chosen], [cuts[places[at]] for at in chosen], stairs, full_marks)


def total(scales: Sequence[Scale], columns: Sequence[Numbers], firms: int) -> Numbers:
    """The points of each firm over all scales."""
    return sum((scale.marks(columns[scale.column]) for scale in scales), np.zeros(firms))


def folds(bad: Flags, seed: int, count: int = FOLDS) -> list[Flags]:
    """Firms held back in each fold: good and bad dealt out evenly, in an order drawn from the seed."""
    chance = np.random.default_rng(seed)
    dealt = np.empty(len(bad), int)
    for side in (bad, ~bad):
        dealt[side] = chance.permutation(side.sum()) % count
    return [dealt == fold for fold in range(count)]


def _chosen(seen: Codes, bad: Flags, items: int) -> list[int]:
    """The columns that move firms furthest when all climb together; twice as many first, then again among those."""
    kept = list(range(seen.shape[1]))
    for most in (2 * items, items):
        if len(kept) > most:
            far = climb(seen[:, kept], bad, ROUNDS // 2).spread(seen[:, kept])
            kept = sorted(kept[at] for at in np.argsort(-far, kind="stable")[:most])
    return kept


def _scales(places: Sequence[int], cuts: Sequence[Cuts], stairs: Stairs, full_marks: int) -> tuple[Scale, ...]:
    """Stairs as whole points that add up to the full marks; what rounds to nothing is left out."""
    risk = [row[: each.bins] for row, each in zip(stairs.risk, cuts, strict=True)]
    most = shared([row[-1] for row in risk], full_marks)
    found = [
        Scale(
            place,
            each,
            tuple(int(mark) for mark in np.rint(marks * (1 - row / row[-1]))),
            max(0, round(marks * (1 - float(stairs.risk[at, MISSING] / row[-1])))),
        )
        for at, (place, each, row, marks) in enumerate(zip(places, cuts, risk, most, strict=True))
        if marks
    ]
    return tuple(sorted(found, key=lambda scale: -scale.points[0]))


def shared(weights: Sequence[float], whole: int) -> list[int]:
    """Whole parts in the ratio of the weights, adding up exactly: the largest remainders are rounded up."""
    if not sum(weights) > 0:
        return [0] * len(weights)
    exact = np.asarray(weights) * whole / sum(weights)
    parts = np.floor(exact).astype(int)
    for at in np.argsort(parts - exact, kind="stable")[: whole - parts.sum()]:
        parts[at] += 1
    return [int(part) for part in parts]


def _enough(bad: Flags) -> None:
    failed, good = int(bad.sum()), int((~bad).sum())
    if min(failed, good) < LEAST:
        raise JudgeFault(
            "too_few_outcomes",
            f"只有 {failed} 家违约、{good} 家正常，至少各要 {LEAST} 家才能学习；请补充结果后再试 | "
            f"{failed} bad and {good} good firms: at least {LEAST} of each are needed to learn",
            bad=failed,
            good=good,
        )


def _nothing(measure: Measure, bad: Flags) -> JudgeFault:
    least = sure(bad)
    return JudgeFault(
        "nothing_learned",
        f"没有学到可用的规律：对未见过的企业 AUC 为 {measure.auc:.3f}，{len(bad)} 家企业、{bad.sum()} 家违约至少要到 {least:.3f} "
        "才能与随机区分，没有生成评分卡；请增加企业、指明方向或换用其他指标 | "
        f"nothing was learned: AUC {measure.auc:.3f} on unseen firms, chance alone may reach {least:.3f}; no card was written",
        auc=measure.auc,
        least=least,
    )
