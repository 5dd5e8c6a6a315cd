"""Votes and grades held against what became of the guarantees (决策检验, F78): counts, rates, and how sure one may be. No database.

A guarantee counts once twelve months have passed since its issue; it went badly when it was paid for by then, or was more than ninety days
overdue on that day. Few cases are told together with others or not at all, so that no single firm can be made out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor

from financing.guarantees.rules import Vote
from financing.money import Rate, divide_half_up
from scoring.judge_groups import wilson

PPM = 1_000_000
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Closed:
    """One guarantee whose time has passed: how it went, its grade, and who voted how."""

    number: str
    grade: str
    bad: bool
    votes: tuple[tuple[int, Vote], ...] = ()


@dataclass(frozen=True, slots=True)
class Observed:
    """One group: how many, how many went badly, the rate and its bounds at 95 % by Wilson (outwards to a millionth).

    `cases` are the guarantees behind it: as many as counted, or fewer where each has several votes.
    """

    key: str
    count: int
    bad: int
    cases: int

    @property
    def rate(self) -> Rate:
        return Rate(divide_half_up(self.bad * PPM, self.count))

    @property
    def bounds(self) -> tuple[Rate, Rate]:
        low, high = wilson(self.bad, self.count)
        return Rate(floor(low * PPM)), Rate(ceil(high * PPM))


@dataclass(frozen=True, slots=True)
class Table:
    """Groups in their order; `hidden` says that some cases stand in no group, for they are too few."""

    rows: tuple[Observed, ...]
    hidden: bool

    @property
    def reversed(self) -> tuple[tuple[str, str], ...]:
        """Neighbours the wrong way round: the better one went badly more often."""
        known = [row for row in self.rows if row.key != OTHERS]
        return tuple((a.key, b.key) for a, b in pairwise(known) if a.bad * b.count > b.bad * a.count)

    @property
    def apart(self) -> tuple[tuple[str, str], ...]:
        """Of these, those whose bounds do not even touch: hardly chance."""
        of = {row.key: row for row in self.rows}
        return tuple((a, b) for a, b in self.reversed if of[a].bounds[0] > of[b].bounds[1])


def by_grade(cases: Iterable[Closed], order: Sequence[str], least: int) -> Table:
    """Cases by grade, the best first."""
    return _table([(case.grade, case.bad, case.number) for case in cases], order, least)


def by_vote(cases: Iterable[Closed], least: int) -> Table:
    """Every vote that counted beside what became of its case; whose it was is not told."""
    return _table([(vote.value, case.bad, case.number) for case in cases for _, vote in case.votes], list(Vote), least)


def of_member(cases: Iterable[Closed], member: int) -> Table:
    """One's own votes beside what became of the cases, every one of them: they are one's own."""
    own = [(vote.value, case.bad, case.number) for case in cases for voter, vote in case.votes if voter == member]
    return _table(own, list(Vote), 1)


def _table(told: Sequence[tuple[str, bool, str]], order: Sequence[str], least: int) -> Table:
    """Groups of fewer than `least` cases are told together as others, and not at all where they are still too few together."""
    every = [*order, *sorted({key for key, _, _ in told} - set(order))]
    rows = [_row(key, [one for one in told if one[0] == key]) for key in every]
    few = {row.key for row in rows if 0 < row.cases < least}
    kept = tuple(row for row in rows if row.cases >= least)
    others = _row(OTHERS, [one for one in told if one[0] in few])
    if others.cases >= least:
        return Table((*kept, others), hidden=False)
    return Table(kept, hidden=bool(few))


def _row(key: str, told: Sequence[tuple[str, bool, str]]) -> Observed:
    return Observed(key, len(told), sum(bad for _, bad, _ in told), len({number for _, _, number in told}))
