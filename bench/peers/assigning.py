"""Two plain ways to assign needs to banks: deferred acceptance need by need, and a linear programme."""

from __future__ import annotations

from heapq import heappush, heapreplace

import numpy as np

from scoring.market import Market


def one_by_one(market: Market) -> np.ndarray:
    """Deferred acceptance in plain Python, every bank a heap; one bank a need, banks limit numbers."""
    starts, bank, place = market.starts.tolist(), market.bank.tolist(), market.place.tolist()
    most, held, line = market.most.tolist(), [[] for _ in market.banks], market.line.tolist()
    ask, need_of = starts[:-1], market.need.tolist()
    for first in range(len(market.needs)):
        need = first
        while ask[need] < starts[need + 1]:
            pair, ask[need] = ask[need], ask[need] + 1
            own = held[bank[pair]]
            if len(own) < most[bank[pair]]:
                heappush(own, -place[pair])
                break
            if own and -own[0] > place[pair]:
                need = need_of[line[-heapreplace(own, -place[pair])]]
    return np.sort(market.line[[-place for own in held for place in own]])


def programme(market: Market) -> int:
    """The greatest worth by HiGHS, whose vertices are whole where banks limit numbers."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    pairs, ones = np.arange(len(market.need)), np.ones(len(market.need))
    rows = [csr_array((ones, (side, pairs))) for side in (market.need, market.bank)]
    limits = np.concatenate([np.full(rows[0].shape[0], market.each), market.most[: rows[1].shape[0]]])
    return round(-linprog(-(market.points + 1.0), A_ub=vstack(rows), b_ub=limits, bounds=(0, 1)).fun)
