"""The timetable of a forum session (对接会排期): who talks to whom in which round, without a clash.

First the talks are chosen by capacity (no firm or bank gets more talks than there are rounds): as many firms as possible
get one talk, then two, up to `least`, and within that the greatest weight is served. What is chosen is then coloured:
by König's theorem a bipartite graph needs no more rounds than its busiest bank or firm has talks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack


@dataclass(frozen=True, slots=True, order=True)
class Talk:
    """A talk somebody wants; a greater weight (at least 1) is served first."""

    bank: str
    firm: str
    weight: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """One talk in its round, the rounds counted from 1."""

    round: int
    bank: str
    firm: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """The seats by round and bank, the talks left out, and the firms that got fewer than `least` though they wanted them."""

    seats: tuple[Seat, ...]
    left_out: tuple[Talk, ...]
    short: tuple[str, ...]

    @property
    def rounds(self) -> int:
        """The rounds in use."""
        return max((seat.round for seat in self.seats), default=0)

    @property
    def idle(self) -> int:
        """Rounds in which a bank of this session has nobody at its table, over the rounds in use."""
        return self.rounds * len({seat.bank for seat in self.seats}) - len(self.seats)


class TalkRepeated(ValueError):
    """The same bank and firm were given twice, or a weight is below 1."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(f"{talk.bank} 与 {talk.firm} 的洽谈重复，或权重小于 1")
        self.code = "talk_repeated"
        self.facts = {"bank": talk.bank, "firm": talk.firm, "weight": talk.weight}


def timetable(talks: Iterable[Talk], rounds: int, least: int = 1) -> Timetable:
    """Seat the wanted talks in so many rounds; the same wishes give the same timetable in whatever order they come."""
    wanted = sorted(talks)
    _check(wanted)
    chosen = _choose(wanted, rounds, least) if wanted and rounds > 0 else []
    served, asked = Counter(talk.firm for talk in chosen), Counter(talk.firm for talk in wanted)
    return Timetable(
        seats=tuple(sorted(_seat(chosen))),
        left_out=tuple(sorted(set(wanted) - set(chosen))),
        short=tuple(firm for firm in sorted(asked) if served[firm] < min(least, asked[firm])),
    )


def _check(wanted: Sequence[Talk]) -> None:
    times = Counter((talk.bank, talk.firm) for talk in wanted)
    for talk in wanted:
        if talk.weight < 1 or times[talk.bank, talk.firm] > 1:
            raise TalkRepeated(talk)


def _choose(wanted: Sequence[Talk], rounds: int, least: int) -> list[Talk]:
    """The talks that can be held: firms with one talk first, then with two, and then the greatest weight."""
    firms, banks = _incidence([talk.firm for talk in wanted]), _incidence([talk.bank for talk in wanted])
    met: list[int] = []
    for _ in range(min(least, rounds)):
        level = len(met) + 1
        gain = np.concatenate([np.zeros(len(wanted) + (level - 1) * firms.shape[0]), np.ones(firms.shape[0])])
        met.append(round(gain @ _solve(gain, firms, banks, rounds, [*met, 0])))
    # Among equal weights more talks are better, so that tables do not stand idle.
    weights = np.array([talk.weight * (len(wanted) + 1) + 1 for talk in wanted], dtype=float)
    gain = np.concatenate([weights, np.zeros(len(met) * firms.shape[0])])
    kept = _solve(gain, firms, banks, rounds, met)[: len(wanted)] > 0.5
    return [talk for talk, keep in zip(wanted, kept, strict=True) if keep]


def _incidence(ends: Sequence[Hashable]) -> csr_array:
    """One row per end, one column per talk."""
    places = {end: place for place, end in enumerate(dict.fromkeys(ends))}
    rows = [places[end] for end in ends]
    return csr_array((np.ones(len(ends)), (rows, range(len(ends)))), shape=(len(places), len(ends)))


def _solve(gain: np.ndarray, firms: csr_array, banks: csr_array, rounds: int, met: Sequence[int]) -> np.ndarray:
    """Most gain within capacity, where level n counts each firm up to its n-th talk and must reach what was met before."""
    number, talks = firms.shape
    blank = csr_array((number, number))
    limits = [
        LinearConstraint(_wide(firms, [blank] * len(met)), ub=rounds),
        LinearConstraint(_wide(banks, [csr_array((banks.shape[0], number))] * len(met)), ub=rounds),
    ]
    for place, floor in enumerate(met):
        own = [-_unit(number) if other == place else blank for other in range(len(met))]
        limits.append(LinearConstraint(_wide(firms, own), lb=0))
        total = np.zeros(talks + number * len(met))
        total[talks + place * number : talks + (place + 1) * number] = 1
        limits.append(LinearConstraint(total, lb=floor))
    most = np.concatenate([np.ones(talks), *(np.full(number, level + 1.0) for level in range(len(met)))])
    found = milp(
        -gain, integrality=np.ones(len(gain)), bounds=Bounds(0, most), constraints=limits, options={"mip_rel_gap": 0}
    )
    return np.asarray(found.x)


def _unit(number: int) -> csr_array:
    return csr_array((np.ones(number), (range(number), range(number))), shape=(number, number))


def _wide(left: csr_array, rest: Sequence[csr_array]) -> csr_array:
    return csr_array(hstack([left, *rest]))


def _seat(chosen: Sequence[Talk]) -> list[Seat]:
    """Colour the talks one by one; where both ends share no free round, swap two rounds along the path between them."""
    busiest = max(Counter(end for talk in chosen for end in _ends(talk)).values(), default=0)
    held: dict[tuple[str, str], dict[int, tuple[str, str]]] = {end: {} for talk in chosen for end in _ends(talk)}
    for talk in chosen:
        bank, firm = _ends(talk)
        ours, theirs = _free(held[bank], busiest), _free(held[firm], busiest)
        if ours != theirs:
            _swap(held, firm, ours, theirs)
        held[bank][ours], held[firm][ours] = firm, bank
    order = _fullest_first(held)
    return [
        Seat(order[round_], end[1], other[1])
        for end, rounds in held.items()
        if end[0] == "bank"
        for round_, other in rounds.items()
    ]


def _ends(talk: Talk) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("bank", talk.bank), ("firm", talk.firm)


def _free(held: dict[int, tuple[str, str]], rounds: int) -> int:
    return next(round_ for round_ in range(rounds) if round_ not in held)


def _swap(
    held: dict[tuple[str, str], dict[int, tuple[str, str]]], start: tuple[str, str], ours: int, theirs: int
) -> None:
    """Exchange two rounds along the chain that leaves `start` by `ours`; it never comes back to the other end."""
    chain, end, round_ = [start], start, ours
    while round_ in held[end]:
        end, round_ = held[end][round_], theirs if round_ == ours else ours
        chain.append(end)
    for end in chain:
        first, second = held[end].pop(ours, None), held[end].pop(theirs, None)
        held[end] |= {theirs: first} if first else {}
        held[end] |= {ours: second} if second else {}


def _fullest_first(held: dict[tuple[str, str], dict[int, tuple[str, str]]]) -> dict[int, int]:
    """Rounds renumbered from 1, the fullest first, so that tables fall idle at the end and not between."""
    talks = Counter(round_ for end, rounds in held.items() if end[0] == "bank" for round_ in rounds)
    return {
        round_: place
        for place, (round_, _) in enumerate(sorted(talks.items(), key=lambda each: (-each[1], each[0])), 1)
    }
