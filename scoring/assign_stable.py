"""The stable assignment (稳定分配): no need and bank would both rather have each other than what they were given.

Every need asks its banks one after the other; a bank keeps those who stand first in its line as far as its limits reach,
and turns down the rest (deferred acceptance, Gale and Shapley 1962). A line is served in order and nobody is overtaken:
where an amount does not fit any more, nobody behind it is served either. So the answer does not depend on who asks first,
and every need gets the best it can have in any assignment of this kind.
"""

from __future__ import annotations

import numpy as np

from scoring.market import Market

FEW = 24  # banks at a time that are quicker looked through one by one


def stable(market: Market) -> np.ndarray:
    """The chosen pairs, as places in the market's arrays, in order."""
    held = np.zeros(len(market.need), bool)  # by place in the line
    edge = market.bank_starts[1:].copy()  # behind this place a bank turns everybody down
    ask = market.starts[:-1].copy()
    asking = np.repeat(np.arange(len(market.needs)), market.each)
    while len(asking):
        asking = asking[ask[asking] < market.starts[asking + 1]]
        first = np.concatenate([[True], asking[1:] != asking[:-1]])[: len(asking)]
        now, later = asking[first], asking[~first]
        pair = ask[now]
        ask[now] += 1
        place = market.place[pair]
        kept = place < edge[market.bank[pair]]
        held[place[kept]] = True
        turned = _turn_down(market, held, edge, np.unique(market.bank[pair[kept]]))
        asking = np.sort(np.concatenate([later, now[~kept], market.need[market.line[turned]]]))
    return np.sort(market.line[np.flatnonzero(held)])


def _turn_down(market: Market, held: np.ndarray, edge: np.ndarray, banks: np.ndarray) -> np.ndarray:
    """Let these banks keep what fits, from the head of the line; the places they turn down."""
    turned = [np.empty(0, np.int64)]
    for bank in banks.tolist():
        start = market.bank_starts[bank]
        places = start + np.flatnonzero(held[start : edge[bank]])
        fits = _fitting(market, bank, places)
        if fits < len(places):
            edge[bank] = places[fits]
            held[places[fits:]] = False
            turned.append(places[fits:])
    return np.concatenate(turned)


def _fitting(market: Market, bank: int, places: np.ndarray) -> int:
    """How many of those at the head of the line fit within the bank's limits."""
    fits = min(len(places), int(market.most[bank]))
    if not market.by_number:
        total = np.cumsum(market.amount[market.need[market.line[places[:fits]]]])
        fits = int(np.searchsorted(total, market.most_fen[bank], side="right"))
    return fits
