"""Steps of risk learned together (逐步提升): every column a staircase that only ever climbs from its best bin to its worst.

Each round looks at every step of every column, takes the one that explains most of what the outcomes leave unexplained,
and raises it a tenth of the way. So effects shared by two columns are counted once, and no step can go against its sign.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.fit_bins import MISSING, Codes
from scoring.judge import Flags, Numbers

ROUNDS = 400
"""Rounds of the final fit; choosing columns takes half as many. More change little, as each is small."""

RATE = 0.1
"""The part of a step that one round takes."""

SHRINK = 5.0
"""Added to the information behind a step: a step seen on few failures is taken short."""

WIDTH = MISSING + 1


@dataclass(frozen=True, slots=True)
class Stairs:
    """Added risk (log-odds) by column and bin, 0 in the best bin; what is missing stands in the last place."""

    risk: Numbers

    def spread(self, seen: Codes) -> Numbers:
        """How far each column moves these firms apart (standard deviation)."""
        return np.array([self.risk[at][seen[:, at]].std() for at in range(seen.shape[1])])


def climb(seen: Codes, bad: Flags, rounds: int = ROUNDS) -> Stairs:
    """Learn the stairs of all columns at once from codes (firms down, columns across) and outcomes."""
    columns = seen.shape[1]
    flat = (seen + np.arange(columns) * WIDTH).ravel()
    steps, relief = np.zeros((columns, WIDTH)), np.zeros(columns)
    odds = np.full(len(bad), _logit(bad.mean()))
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-odds))
        column, step, size = _best(flat, bad - chance, chance * (1 - chance), columns)
        if not size:
            break
        if size > 0:
            steps[column, step] += size
        else:
            relief[column] += size
        odds += size * (seen[:, column] >= step)
        chance = 1 / (1 + np.exp(-odds))
        odds += (bad - chance).sum() / ((chance * (1 - chance)).sum() + SHRINK)
    risk = steps.cumsum(axis=1)
    risk[:, MISSING] = np.clip(risk[:, MISSING] + relief, 0, None)
    return Stairs(risk)


def _best(flat: Codes, residual: Numbers, weight: Numbers, columns: int) -> tuple[int, int, float]:
    """Column, bin and size of the step worth most: upwards from a bin, or, negative, what is missing relieved."""
    pull, hold = (
        np.bincount(flat, np.repeat(side, columns), columns * WIDTH).reshape(columns, WIDTH)[:, ::-1].cumsum(1)[:, ::-1]
        for side in (residual, weight)
    )
    worth = np.maximum(pull, 0) ** 2 / (hold + SHRINK)
    worth[:, 0] = 0
    worth[:, MISSING] = np.minimum(pull[:, MISSING], 0) ** 2 / (hold[:, MISSING] + SHRINK)
    column, step = divmod(int(worth.argmax()), WIDTH)
    return column, step, float(RATE * pull[column, step] / (hold[column, step] + SHRINK)) if worth.max() > 0 else 0.0


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))
