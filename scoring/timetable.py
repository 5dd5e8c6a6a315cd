"""The timetable of a forum session (对接会排期): who talks to whom in which round, without a clash.

First the talks are chosen by capacity (no firm or bank gets more talks than there are rounds): as many firms as possible
get one talk, then two, up to `least`; then as many talks as possible, so that tables do not stand idle; then they are
spread over the firms, and of all that is left the greatest weight is served. What is chosen is then put into rounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array, eye_array, hstack

from scoring.lexicographic import lexicographic
from scoring.timetable_rounds import coloured, waiting


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
    """The seats by round and bank, the talks left out, and the firms that got fewer than `least` though they wanted them.

    `gap` is how far at most the choice of talks is from the best, as a share; 0 is proved best.
    """

    seats: tuple[Seat, ...]
    left_out: tuple[Talk, ...]
    short: tuple[str, ...]
    gap: float = 0

    @property
    def rounds(self) -> int:
        """The rounds in use."""
        return max((seat.round for seat in self.seats), default=0)

    @property
    def idle(self) -> int:
        """Rounds in which a bank of this session has nobody at its table, over the rounds in use."""
        return self.rounds * len({seat.bank for seat in self.seats}) - len(self.seats)

    @property
    def waiting(self) -> int:
        """Rounds that banks and firms sit through without a talk, between their first and their last."""
        return waiting((seat.bank, seat.firm, seat.round) for seat in self.seats)


class TalkRepeated(ValueError):
    """The same bank and firm were given twice, or a weight is below 1."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(f"{talk.bank} 与 {talk.firm} 的洽谈重复，或权重小于 1")
        self.code = "talk_repeated"
        self.facts = {"bank": talk.bank, "firm": talk.firm, "weight": talk.weight}


def timetable(talks: Iterable[Talk], rounds: int, least: int = 1) -> Timetable:
    """Seat the wanted talks in so many rounds; the same wishes give the same timetable in whatever order they come."""
    wanted = checked(talks)
    chosen, gap = _choose(wanted, rounds, least) if wanted and rounds > 0 else ([], 0.0)
    seats = coloured((talk.bank, talk.firm) for talk in chosen)
    return told(wanted, [Seat(round_, *talk) for talk, round_ in seats.items()], least, gap)


def told(wanted: Sequence[Talk], seats: Iterable[Seat], least: int, gap: float) -> Timetable:
    """The timetable with these seats, and whom of those who asked it leaves out."""
    seated = tuple(sorted(seats))
    served, asked = Counter(seat.firm for seat in seated), Counter(talk.firm for talk in wanted)
    pairs = {(seat.bank, seat.firm) for seat in seated}
    return Timetable(
        seats=seated,
        left_out=tuple(talk for talk in wanted if (talk.bank, talk.firm) not in pairs),
        short=tuple(firm for firm in sorted(asked) if served[firm] < min(least, asked[firm])),
        gap=gap,
    )


def checked(talks: Iterable[Talk]) -> list[Talk]:
    """The talks in order; TalkRepeated where one is given twice."""
    wanted = sorted(talks)
    times = Counter((talk.bank, talk.firm) for talk in wanted)
    for talk in wanted:
        if talk.weight < 1 or times[talk.bank, talk.firm] > 1:
            raise TalkRepeated(talk)
    return wanted


def _choose(wanted: Sequence[Talk], rounds: int, least: int) -> tuple[list[Talk], float]:
    """The talks that can be held, and the gap."""
    firms, banks = incidence([talk.firm for talk in wanted]), incidence([talk.bank for talk in wanted])
    fair = Levels(firms, min(least, rounds) + 1)
    limits = [LinearConstraint(fair.wide(firms), ub=rounds), LinearConstraint(fair.wide(banks), ub=rounds)]
    aims = fair.aims(np.ones(len(wanted)), np.array([talk.weight for talk in wanted], float))
    found, gap = lexicographic(aims, [*limits, *fair.limits()], fair.most(np.ones(len(wanted))))
    return [talk for talk, keep in zip(wanted, found, strict=False) if keep], gap


def incidence(ends: Sequence[Hashable]) -> csr_array:
    """One row per end, one column per talk."""
    places = {end: place for place, end in enumerate(dict.fromkeys(ends))}
    rows = [places[end] for end in ends]
    return csr_array((np.ones(len(ends)), (rows, range(len(ends)))), shape=(len(places), len(ends)))


@dataclass(frozen=True)
class Levels:
    """Fairness between firms: a variable for each firm and level counts its talks up to that level, behind the talks' own.

    `firms` has a row for each firm and a column for each variable of a talk; `held` is what each firm has had before.
    """

    firms: csr_array
    number: int
    held: np.ndarray | None = None

    def limits(self) -> list[LinearConstraint]:
        """No firm counts for more than it has."""
        count, own = self.firms.shape[0], eye_array(self.firms.shape[0], format="csr")
        blank = csr_array((count, count))
        had = np.zeros(count) if self.held is None else self.held
        return [
            LinearConstraint(
                csr_array(hstack([self.firms, *(-own if place == level else blank for place in range(self.number))])),
                lb=-had,
            )
            for level in range(self.number)
        ]

    def aims(self, *others: np.ndarray) -> list[np.ndarray]:
        """All levels but the last, the first of the other aims, the last level, and the other aims that remain."""
        count, talks = self.firms.shape
        levels = [np.zeros(talks + count * self.number) for _ in range(self.number)]
        for place, level in enumerate(levels):
            level[talks + place * count : talks + (place + 1) * count] = 1
        first, *rest = (np.concatenate([other, np.zeros(count * self.number)]) for other in others)
        return [*levels[:-1], first, levels[-1], *rest]

    def wide(self, rows: csr_array) -> csr_array:
        """Rows over the talks' variables alone."""
        return csr_array(hstack([rows, csr_array((rows.shape[0], self.firms.shape[0] * self.number))]))

    def most(self, talks: np.ndarray) -> np.ndarray:
        """The most each variable may be."""
        return np.concatenate([talks, np.repeat(np.arange(1.0, self.number + 1), self.firms.shape[0])])
