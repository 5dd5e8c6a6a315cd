"""Talks put into rounds: by König's theorem so many as the busiest bank or firm has talks, in the order with the least waiting."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

End = tuple[str, str]  # "bank" or "firm", and its name
Held = dict[End, dict[int, End]]


def coloured(talks: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """A round from 1 for each talk of a bank and a firm, nobody in two at once."""
    ends = {(bank, firm): (("bank", bank), ("firm", firm)) for bank, firm in talks}
    busiest = max(Counter(end for both in ends.values() for end in both).values(), default=0)
    held: Held = {end: {} for both in ends.values() for end in both}
    for bank, firm in ends.values():
        ours, theirs = _free(held[bank], busiest), _free(held[firm], busiest)
        if ours != theirs:
            _swap(held, firm, ours, theirs)
        held[bank][ours], held[firm][ours] = firm, bank
    found = {
        (end[1], other[1]): round_
        for end, rounds in held.items()
        if end[0] == "bank"
        for round_, other in rounds.items()
    }
    order = _least_waiting(found, _fullest_first(found))
    return {talk: order[round_] for talk, round_ in found.items()}


def waiting(seats: Iterable[tuple[str, str, int]]) -> int:
    """Rounds that banks and firms sit through without a talk, between their first and their last."""
    own: dict[End, list[int]] = defaultdict(list)
    for bank, firm, round_ in seats:
        own["bank", bank].append(round_)
        own["firm", firm].append(round_)
    return sum(max(rounds) - min(rounds) + 1 - len(rounds) for rounds in own.values())


def _free(held: dict[int, End], rounds: int) -> int:
    return next(round_ for round_ in range(rounds) if round_ not in held)


def _swap(held: Held, start: End, ours: int, theirs: int) -> None:
    """Exchange two rounds along the chain that leaves `start` by `ours`; it never comes back to the other end."""
    chain, end, round_ = [start], start, ours
    while round_ in held[end]:
        end, round_ = held[end][round_], theirs if round_ == ours else ours
        chain.append(end)
    for end in chain:
        first, second = held[end].pop(ours, None), held[end].pop(theirs, None)
        held[end] |= {theirs: first} if first else {}
        held[end] |= {ours: second} if second else {}


def _fullest_first(found: dict[tuple[str, str], int]) -> dict[int, int]:
    """Rounds renumbered from 1, the fullest first, so that tables fall idle at the end and not between."""
    talks = Counter(found.values())
    ranked = sorted(talks.items(), key=lambda each: (-each[1], each[0]))
    return {round_: place for place, (round_, _) in enumerate(ranked, 1)}


def _least_waiting(found: dict[tuple[str, str], int], order: dict[int, int]) -> dict[int, int]:
    """Exchange two whole rounds as long as that shortens the waiting; whatever the order, nobody is in two at once."""
    own: dict[End, list[int]] = defaultdict(list)
    for (bank, firm), round_ in sorted(found.items()):
        own["bank", bank].append(round_)
        own["firm", firm].append(round_)
    busy = [rounds for rounds in own.values() if len(rounds) > 1]
    meets = {round_: [rounds for rounds in busy if round_ in rounds] for round_ in order}
    better = True
    while better:
        better = False
        for one, other in combinations(sorted(order), 2):
            touched = meets[one] + [rounds for rounds in meets[other] if one not in rounds]
            before = _span(touched, order)
            order[one], order[other] = order[other], order[one]
            if _span(touched, order) < before:
                better = True
            else:
                order[one], order[other] = order[other], order[one]
    return order


def _span(ends: Sequence[Sequence[int]], order: dict[int, int]) -> int:
    places = [[order[round_] for round_ in rounds] for rounds in ends]
    return sum(max(own) - min(own) for own in places)
