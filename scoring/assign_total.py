"""The assignment with the best total (总分最优分配), exact: whole prices of banks first, then a flow along the pairs that are worth most.

A pair is worth its points and one more, for being served at all. By duality the greatest total equals the least sum of
what needs are left with and what the banks' places cost; points are whole, so whole prices reach it. Prices climb from
nothing, never above the least that are right: bank by bank to the worth of the first need too many (Crawford and Knoer
1981), and where banks want raising together, a flow finds them (Demange, Gale and Sotomayor 1986).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from scoring.market import Market

FIRST = 4  # node of the first bank


@dataclass(frozen=True)
class Grid:
    """The pairs as a grid, a column a need: what each is worth, at which bank; blanks are worth nothing at no bank."""

    worth: np.ndarray
    bank: np.ndarray
    pair: np.ndarray  # place in the market's arrays, -1: blank
    most: np.ndarray  # by bank, one more for no bank
    each: int

    @classmethod
    def of(cls, market: Market) -> Grid:
        degree = np.diff(market.starts)
        row = np.arange(len(market.need)) - market.starts[market.need]
        shape = int(degree.max(initial=0)), len(degree)
        worth, bank = np.zeros(shape, np.int16), np.full(shape, len(market.banks), np.int64)
        pair = np.full(shape, -1, np.int64)
        worth[row, market.need], bank[row, market.need] = market.points + 1, market.bank
        pair[row, market.need] = np.arange(len(market.need))
        most = np.minimum(np.append(market.most, len(degree)), len(degree)).astype(np.int64)
        return cls(worth, bank, pair, most, market.each)

    @property
    def top(self) -> int:
        return int(self.worth.max(initial=0)) + 1


@dataclass(frozen=True)
class Wishes:
    """What the needs want at some prices: what each pair leaves over, the least a need settles for, and the bar of each pair.

    The bar is the price up to which the need wants the pair, whatever else it may have at the other prices.
    """

    left: np.ndarray
    level: np.ndarray
    bar: np.ndarray

    @classmethod
    def at(cls, grid: Grid, prices: np.ndarray) -> Wishes:
        left = grid.worth - prices[grid.bank]
        tops = np.zeros((grid.each + 1, left.shape[1]), left.dtype)
        for row in left:
            carried = row
            for place, best in enumerate(tops):
                tops[place], carried = np.maximum(best, carried), np.minimum(best, carried)
        level, after = tops[-2], tops[-1]
        return cls(left, level, grid.worth - np.where(left >= level, after, level))


def total(market: Market) -> tuple[np.ndarray, int]:
    """The chosen pairs, as places in the market's arrays, in order, and what no assignment can be worth more than."""
    if not len(market.need):
        return np.empty(0, np.int64), 0
    grid = Grid.of(market)
    prices = np.zeros(len(grid.most), grid.worth.dtype)
    while True:
        prices, wishes = _climb(grid, prices)
        tight = Tight.of(grid, prices, wishes)
        banks, needs = tight.crowded()
        if not len(needs):
            break
        prices = _raise(grid, prices, wishes, banks, needs)
    return np.sort(grid.pair[tight.filled()]), _bound(grid, prices, wishes)


def _climb(grid: Grid, prices: np.ndarray) -> tuple[np.ndarray, Wishes]:
    """Raise each bank's price to the bar of the first need too many, until none changes."""
    cells = grid.bank * grid.top
    while True:
        wishes = Wishes.at(grid, prices)
        bars = np.bincount((cells + np.maximum(wishes.bar, 0)).ravel(), minlength=len(prices) * grid.top)
        crowd = np.cumsum(bars.reshape(-1, grid.top)[:, ::-1], axis=1)[:, ::-1]  # how many bars stand at least so high
        higher = np.maximum(prices, np.maximum((crowd > grid.most[:, None]).sum(axis=1) - 1, 0).astype(prices.dtype))
        higher[-1] = 0
        if (higher == prices).all():
            return prices, wishes
        prices = higher


def _bound(grid: Grid, prices: np.ndarray, wishes: Wishes) -> int:
    """The dual value: what is left to the needs and what the places cost."""
    best = -np.partition(-np.maximum(wishes.left, 0), min(grid.each, len(wishes.left)) - 1, axis=0)[: grid.each]
    return int(best.sum(dtype=np.int64)) + int(prices.astype(np.int64) @ grid.most)


@dataclass(frozen=True)
class Tight:
    """Needs that have a choice among equals, as a network; what they want beyond doubt is theirs already.

    Nodes: 0 source, 1 sink, two more for what must flow, then the banks, then the needs with a choice.
    """

    given: np.ndarray  # grid of pairs wanted beyond doubt
    cells: tuple[np.ndarray, ...]  # grid places of the pairs to choose from
    banks: np.ndarray  # bank of each of these
    needs: np.ndarray  # number of the need among those with a choice
    columns: np.ndarray  # column of each of those
    asked: np.ndarray  # by need with a choice: how many more banks
    must: np.ndarray  # whether it must have them
    room: np.ndarray  # by bank: how many more needs
    priced: np.ndarray  # whether it must have them

    @classmethod
    def of(cls, grid: Grid, prices: np.ndarray, wishes: Wishes) -> Tight:
        real = grid.pair >= 0
        given = real & (wishes.bar > prices[grid.bank])
        cells = np.nonzero(real & (wishes.bar == prices[grid.bank]))
        which, needs = np.unique(cells[1], return_inverse=True)
        room = grid.most - np.bincount(grid.bank[given], minlength=len(prices))
        asked = grid.each - given[:, which].sum(axis=0)
        return cls(
            given, cells, grid.bank[cells], needs, which, asked, wishes.level[which] > 0, room[:-1], prices[:-1] > 0
        )

    def crowded(self) -> tuple[np.ndarray, np.ndarray]:
        """Banks that together cannot take the needs that must have one of them, and columns of those needs."""
        needs, pairs = np.flatnonzero(self.must), self.must[self.needs]
        arcs = (
            (np.zeros(len(needs)), self._need(needs), self.asked[needs]),
            (self._bank(), np.ones(len(self.room)), self.room),
            (self._need(self.needs[pairs]), self._bank(self.banks[pairs]), np.ones(pairs.sum())),
        )
        network = self._network(arcs)
        flow = maximum_flow(network, 0, 1)
        if flow.flow_value == self.asked[needs].sum():
            return np.empty(0, np.int64), np.empty(0, np.int64)
        reached = breadth_first_order(_rest(network, flow.flow), 0, return_predecessors=False) - FIRST
        banks = len(self.room)
        return reached[(reached >= 0) & (reached < banks)], self.columns[reached[reached >= banks] - banks]

    def filled(self) -> np.ndarray:
        """The chosen pairs of the grid, where every need and every bank with a price gets all it must have.

        What must flow leaves node 2 and enters node 3; the rest may flow from the source to the sink.
        """
        wanted, priced = self.asked[self.must].sum(), self.room[self.priced].sum()
        arcs = (
            (np.where(self.must, 2, 0), self._need(), self.asked),
            (self._bank(), np.where(self.priced, 3, 1), self.room),
            (self._need(self.needs), self._bank(self.banks), np.ones(len(self.banks))),
            ([0, 2, 1], [3, 1, 0], [wanted, priced, self.room.sum() + self.asked.sum()]),
        )
        flow = maximum_flow(self._network(arcs), 2, 3).flow.tocoo()
        wide = FIRST + len(self.room)
        used = (flow.row >= wide) & (flow.data > 0)
        taken = np.isin(
            self._need(self.needs) * wide + self._bank(self.banks),
            flow.row[used].astype(np.int64) * wide + flow.col[used],
        )
        chosen = self.given.copy()
        chosen[self.cells[0][taken], self.cells[1][taken]] = True
        return chosen

    def _bank(self, banks: np.ndarray | None = None) -> np.ndarray:
        return FIRST + (np.arange(len(self.room)) if banks is None else banks)

    def _need(self, needs: np.ndarray | None = None) -> np.ndarray:
        return FIRST + len(self.room) + (np.arange(len(self.asked)) if needs is None else needs)

    def _network(self, arcs: tuple[tuple[object, object, object], ...]) -> csr_array:
        """Arcs as (tails, heads, what they hold)."""
        tails, heads, hold = (np.concatenate(parts).astype(np.int32) for parts in zip(*arcs, strict=True))
        size = FIRST + len(self.room) + len(self.asked)
        return csr_array((hold, (tails, heads)), shape=(size, size))


def _rest(network: csr_array, flow: csr_array) -> csr_array:
    """What the arcs could still hold, backwards too."""
    rest = csr_array(network - flow)
    rest.eliminate_zeros()
    return rest


def _raise(grid: Grid, prices: np.ndarray, wishes: Wishes, banks: np.ndarray, needs: np.ndarray) -> np.ndarray:
    """Raise these banks together, until one of these needs sees as much elsewhere or somebody's bar at them is met."""
    within = np.zeros(len(prices), bool)
    within[banks] = True
    level = wishes.level[needs]
    elsewhere = np.where(within[grid.bank[:, needs]], 0, wishes.left[:, needs])
    below = np.where(elsewhere < level, elsewhere, 0).max(axis=0, initial=0)
    bars = (wishes.bar - prices[grid.bank])[within[grid.bank]]
    step = min(int((level - below).min()), int(bars[bars > 0].min(initial=grid.top)))
    return np.asarray(prices + within * step, prices.dtype)
