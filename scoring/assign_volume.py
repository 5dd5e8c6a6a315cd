"""The assignment with the best total where banks limit amounts as well: a whole-number programme, with its proof or its gap.

Filling amounts is a knapsack for every bank, which no quick method solves exactly; HiGHS searches up to a number of nodes,
not of seconds, so that the same market always gets the same answer.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from scoring.assign_stable import stable
from scoring.market import UNLIMITED, Market

NODES = 2_000


def total_by_volume(market: Market, nodes: int = NODES) -> tuple[np.ndarray, int]:
    """The chosen pairs, as places in the market's arrays, in order, and what no assignment can be worth more than."""
    worth, places = market.points + 1, np.arange(len(market.need))
    fallback = stable(market)
    if not len(worth):
        return fallback, 0
    ones, number = np.ones(len(worth)), len(market.banks)
    fen = int(np.gcd.reduce(market.amount)) or 1  # small whole numbers keep the solver exact
    limited = np.where(market.most_fen == UNLIMITED, market.amount.sum(), market.most_fen) // fen
    limits = [
        LinearConstraint(csr_array((ones, (market.need, places))), ub=market.each),
        LinearConstraint(csr_array((ones, (market.bank, places)), (number, len(worth))), ub=market.most.astype(float)),
        LinearConstraint(
            csr_array(((market.amount // fen)[market.need].astype(float), (market.bank, places)), (number, len(worth))),
            ub=limited.astype(float),
        ),
    ]
    found = milp(
        -worth.astype(float), integrality=ones, bounds=Bounds(0, 1), constraints=limits,
        options={"mip_rel_gap": 0, "node_limit": nodes},
    )  # fmt: skip
    bound = int(np.floor(-found.mip_dual_bound + 1e-6)) if found.mip_dual_bound is not None else int(worth.sum())
    chosen = np.flatnonzero(found.x > 0.5) if found.x is not None else fallback
    return max(chosen, fallback, key=lambda pairs: int(worth[pairs].sum())), bound
