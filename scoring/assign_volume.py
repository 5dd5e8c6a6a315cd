"""Assignments as a whole-number programme: the best total where banks limit amounts, and of equal ones the nearest to the stable.

Filling amounts is a knapsack for every bank, which no quick method solves exactly; HiGHS searches up to a number of nodes,
not of seconds, so that the same market always gets the same answer.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from scoring.assign_stable import stable
from scoring.market import UNLIMITED, Market

NODES = 2_000
NEAR = 20_000  # pairs up to which equal assignments are told apart


def total_by_volume(market: Market, nodes: int = NODES) -> tuple[np.ndarray, int]:
    """The chosen pairs, as places in the market's arrays, in order, and what no assignment can be worth more than."""
    worth, fallback = market.points + 1, stable(market)
    if not len(worth):
        return fallback, 0
    found = _most(worth, _limits(market), nodes)
    bound = int(np.floor(-found.mip_dual_bound + 1e-6)) if found.mip_dual_bound is not None else int(worth.sum())
    chosen = np.flatnonzero(found.x > 0.5) if found.x is not None else fallback
    return max(chosen, fallback, key=lambda pairs: int(worth[pairs].sum())), bound


def nearest(market: Market, chosen: np.ndarray) -> np.ndarray:
    """Of the assignments worth as much as this one, the one that shares most pairs with the stable: nobody moves for nothing."""
    if not 0 < len(market.need) <= NEAR:
        return chosen
    shared, worth = np.zeros(len(market.need)), (market.points + 1).astype(float)
    shared[stable(market)] = 1
    found = _most(shared, [*_limits(market), LinearConstraint(worth, lb=worth[chosen].sum())], NODES)
    return chosen if found.x is None else np.flatnonzero(found.x > 0.5)


def _most(gain: np.ndarray, limits: list[LinearConstraint], nodes: int) -> OptimizeResult:
    ones = np.ones(len(gain))
    options = {"mip_rel_gap": 0, "node_limit": nodes}
    return milp(-gain.astype(float), integrality=ones, bounds=Bounds(0, 1), constraints=limits, options=options)


def _limits(market: Market) -> list[LinearConstraint]:
    """No need goes to more banks than it may, no bank takes more needs or more money than it said."""
    ones, places = np.ones(len(market.need)), np.arange(len(market.need))
    shape = (len(market.banks), len(market.need))
    limits = [
        LinearConstraint(csr_array((ones, (market.need, places))), ub=market.each),
        LinearConstraint(csr_array((ones, (market.bank, places)), shape), ub=market.most.astype(float)),
    ]
    if market.by_number:
        return limits
    fen = int(np.gcd.reduce(market.amount)) or 1  # small whole numbers keep the solver exact
    most = np.where(market.most_fen == UNLIMITED, market.amount.sum(), market.most_fen) // fen
    amounts = csr_array(((market.amount // fen)[market.need].astype(float), (market.bank, places)), shape)
    return [*limits, LinearConstraint(amounts, ub=most.astype(float))]
