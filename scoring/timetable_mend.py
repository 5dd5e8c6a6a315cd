"""A timetable set right at the last minute (临时调整): a bank stays away, a firm is late, a round is lost, a talk is added.

What has been held stays. Of all ways to seat the rest, firms are served as fairly as before, as many talks as possible are
held, and of those ways the one that moves the fewest talks is taken: people have written down where they sit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint

from scoring.lexicographic import lexicographic
from scoring.timetable import Levels, Seat, Talk, Timetable, checked, incidence, told

MANY = 20_000  # places to choose from: so many are searched for the proved best, beyond that whoever can stay stays


@dataclass(frozen=True, slots=True)
class Closed:
    """A round in which a bank or a firm is not there; nobody named: the round is lost to all."""

    round: int
    bank: str | None = None
    firm: str | None = None

    def bars(self, seat: Seat) -> bool:
        return (
            self.round == seat.round
            and (self.bank is None or self.bank == seat.bank)
            and (self.firm is None or self.firm == seat.firm)
        )


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """A talk that changes: from its round to another, to none (it cannot be held), or from none (it is new)."""

    before: int | None
    bank: str
    firm: str
    after: int | None


@dataclass(frozen=True, slots=True)
class Mended:
    """The new timetable, and every talk that is elsewhere than before."""

    table: Timetable
    moves: tuple[Move, ...]


def mend(
    former: Iterable[Seat],
    talks: Iterable[Talk],
    rounds: int,
    *,
    closed: Iterable[Closed] = (),
    past: int = 0,
    least: int = 1,
) -> Mended:
    """Seat the wanted talks again, with the fewest moves; the seats of the first `past` rounds stay as they are.

    The table's gap is 0 where that is proved; in a very large session it tells how many talks there might be more.

    `talks` are all that are wanted now, those already held among them or not; TalkRepeated where one is given twice.
    """
    seats, bars = sorted(former), tuple(closed)
    held = [seat for seat in seats if seat.round <= past]
    done = {(seat.bank, seat.firm) for seat in held}
    wanted = checked(talks)
    places = (
        Seat(round_, talk.bank, talk.firm)
        for talk in wanted
        if (talk.bank, talk.firm) not in done
        for round_ in range(past + 1, rounds + 1)
    )
    open_ = [seat for seat in places if not any(bar.bars(seat) for bar in bars)]
    bound = len(held) + _fullest(open_)
    if large := len(open_) > MANY:
        held, open_ = _stay(held, open_, set(seats))
    chosen, gap = _choose(open_, wanted, held, set(seats), least) if open_ else ([], 0.0)
    table = told(wanted, [*held, *chosen], least, 1 - (len(held) + len(chosen)) / max(1, bound) if large else gap)
    return Mended(table, _moves(seats, table.seats))


def _fullest(open_: Sequence[Seat]) -> int:
    """More talks than this there cannot be: each bank and each firm holds one a round, and each talk once."""
    return min(
        sum(min(len(rounds), len(talks)) for rounds, talks in own.values())
        for own in (_own(open_, "bank", "firm"), _own(open_, "firm", "bank"))
    )


def _own(open_: Sequence[Seat], end: str, other: str) -> dict[str, tuple[set[int], set[str]]]:
    own: dict[str, tuple[set[int], set[str]]] = {}
    for seat in open_:
        rounds, talks = own.setdefault(getattr(seat, end), (set(), set()))
        rounds.add(seat.round)
        talks.add(getattr(seat, other))
    return own


def _stay(held: Sequence[Seat], open_: Sequence[Seat], former: set[Seat]) -> tuple[list[Seat], list[Seat]]:
    """Whoever can stay stays, and the places that leaves open: exact search over all places takes too long there."""
    kept = [seat for seat in open_ if seat in former]
    talks = {(seat.bank, seat.firm) for seat in kept}
    busy = {(seat.round, end) for seat in kept for end in (("bank", seat.bank), ("firm", seat.firm))}
    free = [
        seat
        for seat in open_
        if (seat.bank, seat.firm) not in talks
        and not busy & {(seat.round, ("bank", seat.bank)), (seat.round, ("firm", seat.firm))}
    ]
    return [*held, *kept], free


def _choose(
    open_: Sequence[Seat], wanted: Sequence[Talk], held: Sequence[Seat], former: set[Seat], least: int
) -> tuple[list[Seat], float]:
    """The seats to take, and the gap."""
    firms = incidence([seat.firm for seat in open_])
    had = Counter(seat.firm for seat in held)
    before = np.array([had[firm] for firm in dict.fromkeys(seat.firm for seat in open_)], float)
    fair = Levels(firms, least + 1, before)
    once = [
        incidence(ends)
        for ends in (
            [(seat.bank, seat.firm) for seat in open_],
            [(seat.round, seat.bank) for seat in open_],
            [(seat.round, seat.firm) for seat in open_],
        )
    ]
    weights = {(talk.bank, talk.firm): talk.weight for talk in wanted}
    ones = np.ones(len(open_))
    aims = fair.aims(
        ones,
        np.array([seat in former for seat in open_], float),
        np.array([weights[seat.bank, seat.firm] for seat in open_], float),
    )
    # What is kept comes before how the rest is spread.
    aims[-3], aims[-2] = aims[-2], aims[-3]
    limits = [*(LinearConstraint(fair.wide(rows), ub=1) for rows in once), *fair.limits()]
    found, gap = lexicographic(aims, limits, fair.most(ones))
    return [seat for seat, taken in zip(open_, found, strict=False) if taken], gap


def _moves(before: Iterable[Seat], after: Iterable[Seat]) -> tuple[Move, ...]:
    former, now = ({(seat.bank, seat.firm): seat.round for seat in seats} for seats in (before, after))
    every = {*former, *now}
    moved = [talk for talk in every if former.get(talk) != now.get(talk)]
    return tuple(
        sorted(
            (Move(former.get(talk), *talk, now.get(talk)) for talk in moved),
            key=lambda move: (move.before or 0, move.bank, move.firm),
        )
    )
