"""Whole-number programmes with several aims, the first before the second and so on, each with its proof or its gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

NODES = 2_000  # of the search, not seconds: the same question always gets the same answer


def lexicographic(
    aims: Iterable[np.ndarray], limits: Sequence[LinearConstraint], most: np.ndarray
) -> tuple[np.ndarray, float]:
    """Whole numbers from 0 to `most` within the limits that do most for the first aim, of those for the second, ...

    Aims are whole gains, one a variable. Also the widest gap to the optimum that any aim was left with: 0 is proved.
    """
    held, gap, best = list(limits), 0.0, np.zeros(len(most))
    for aim in aims:
        found = milp(
            -aim,
            integrality=np.ones(len(most)),
            bounds=Bounds(0, most),
            constraints=held,
            options={"mip_rel_gap": 0, "node_limit": NODES},
        )
        best = best if found.x is None else np.round(found.x)
        gap = max(gap, 1.0 if found.x is None else float(found.mip_gap or 0))
        held.append(LinearConstraint(aim, lb=float(aim @ best)))
    return best, gap
