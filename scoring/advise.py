"""The shortest lawful way to a better grade (提升路径): fewest changes, then soonest, then least effort; exact, not greedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scoring.card import Card
from scoring.changes import Case, Change, Group
from scoring.links import linked
from scoring.sheet import Sheet, Value

__all__ = ["Advice", "Case", "Change", "Goal", "Outcome", "Supply", "Way", "advise", "goals", "ways"]

Cost = tuple[int, int, int, tuple[int, ...]]


class Outcome(StrEnum):
    """What the search came to."""

    REACHED = "reached"  # the changes are enough
    FAR = "far"  # all lawful changes together are not
    BLOCKED = "blocked"  # a red line that the firm cannot leave behind


@dataclass(frozen=True, slots=True)
class Goal:
    """A grade or the admission line, by the least total; `admits` where it also asks that the firm qualifies."""

    grade: str
    points: int
    admits: bool


@dataclass(frozen=True, slots=True)
class Supply:
    """A missing fact to be handed in before anything can be decided; what it will show, nobody knows."""

    fact: str
    most: int


@dataclass(frozen=True, slots=True)
class Advice:
    """One way to a goal.

    `total` and `grade` are those of a new score with the changes made, `best` the most points that can be had at all;
    `blocked` names the red lines that stay, `links` which other facts of the card move with a change.
    """

    goal: Goal
    outcome: Outcome
    total: int
    grade: str
    best: int
    changes: tuple[Change, ...] = ()
    supplies: tuple[Supply, ...] = ()
    blocked: tuple[str, ...] = ()
    links: Mapping[str, tuple[str, ...]] | None = None

    @property
    def months(self) -> int:
        """Months until the last change is there."""
        return max((change.months for change in self.changes), default=0)

    @property
    def after(self) -> dict[str, Value]:
        """The facts as changed."""
        return {change.fact: change.after for change in self.changes}


@dataclass(frozen=True, slots=True)
class Way:
    """A goal with the advice that is certain, and one that hopes for missing facts where it is shorter or the only one."""

    goal: Goal
    sure: Advice
    hoped: Advice | None


def goals(card: Card, found: Sheet) -> tuple[Goal, ...]:
    """What lies ahead of a score, nearest first: the admission line while the firm does not qualify, and every better grade."""
    above = [
        Goal(grade, least, admits=least >= card.line) for grade, least in card.grades.items() if least > found.total
    ]
    if not found.qualified and all(goal.points != card.line for goal in above):
        above.append(Goal(card.grade(card.line), card.line, admits=True))
    return tuple(sorted(above, key=lambda goal: goal.points))


def ways(case: Case) -> tuple[Way, ...]:
    """The way to every goal of a firm, nearest first; nothing for a firm that qualifies with the best grade."""
    found = case.sheet()
    sure, hoped = (_search(case, supplying=supplying) for supplying in (False, True))
    return tuple(_way(case, found, goal, sure, hoped) for goal in goals(case.card, found))


def advise(case: Case, goal: Goal, *, supplying: bool = False) -> Advice:
    """The best way to one goal; with `supplying`, missing facts may turn out as well as they can."""
    return _advice(case, case.sheet(), goal, _search(case, supplying=supplying), sure=not supplying)


def _search(case: Case, *, supplying: bool) -> _Search:
    return _Search(case.groups(supplying=supplying), case.card.full_marks)


def _way(case: Case, found: Sheet, goal: Goal, sure: _Search, hoped: _Search) -> Way:
    certain = _advice(case, found, goal, sure, sure=True)
    if certain.outcome is Outcome.BLOCKED or not found.missing:
        return Way(goal, certain, None)
    lucky = _advice(case, found, goal, hoped, sure=False)
    shorter = lucky.outcome is Outcome.REACHED and (
        certain.outcome is Outcome.FAR or len(lucky.changes) < len(certain.changes)
    )
    return Way(goal, certain, lucky if shorter else None)


def _advice(case: Case, found: Sheet, goal: Goal, search: _Search, *, sure: bool) -> Advice:
    best = found.total + sum(max((option.gain for option in group.options), default=0) for group in search.groups)
    stuck = tuple(veto.key for group in search.groups if not group.options for veto in group.forced)
    if stuck:
        return Advice(goal, Outcome.BLOCKED, found.total, found.grade, best, blocked=stuck)
    supplies = _supplies(case, found) if goal.admits else ()
    risk = sum(line.points for line in found.lines if sure and line.fact in {supply.fact for supply in supplies})
    changes = search.shortest(goal.points - found.total + risk)
    if changes is None:
        return Advice(goal, Outcome.FAR, found.total, found.grade, best, supplies=supplies)
    after = case.sheet({change.fact: change.after for change in changes})
    left = _supplies(case, after) if goal.admits else ()
    moved = {change.fact: linked(change.fact, case.read) for change in changes}
    return Advice(goal, Outcome.REACHED, after.total, after.grade, best, changes, left, links=moved)


def _supplies(case: Case, found: Sheet) -> tuple[Supply, ...]:
    """The fewest missing facts to hand in until there is enough to judge: the weightiest first."""
    weights = {fact: sum(line.most for line in found.lines if line.fact == fact) for fact in found.missing}
    left, chosen = found.missing_weight, []
    for fact in sorted(weights, key=lambda fact: -weights[fact]):
        if left <= case.card.missing_most:
            break
        chosen.append(Supply(fact, weights[fact]))
        left -= weights[fact]
    return tuple(chosen)


class _Search:
    """The cheapest cost of every gain of points, for every limit of months; worked out once for all goals."""

    def __init__(self, groups: tuple[Group, ...], most: int) -> None:
        self.groups, self.most = groups, most
        self.limits = sorted({option.longest for group in groups for option in group.options})
        self.tables: dict[int, dict[int, Cost]] = {}

    def shortest(self, need: int) -> tuple[Change, ...] | None:
        """Fewest changes, then soonest, then fewest bands, then fewest months in all; None where nothing is enough."""
        fewest = self._cheapest(need, self.limits[-1])
        if fewest is None:
            return None
        soonest = (cost for within in self.limits if (cost := self._cheapest(need, within)) and cost[0] == fewest[0])
        options = (group.options[place] for group, place in zip(self.groups, next(soonest)[3], strict=True))
        return tuple(change for option in options for change in option.changes)

    def _cheapest(self, need: int, within: int) -> Cost | None:
        if within not in self.tables:
            self.tables[within] = self._table(within)
        return min((cost for gain, cost in self.tables[within].items() if gain >= need), default=None)

    def _table(self, within: int) -> dict[int, Cost]:
        """Dynamic programming, group by group; forced groups come first, after them no group can lose points."""
        reached: dict[int, Cost] = {0: (0, 0, 0, ())}
        for group in self.groups:
            options = [
                (n, option.gain, option.cost) for n, option in enumerate(group.options) if option.longest <= within
            ]
            onward: dict[int, Cost] = {}
            for gain, (count, steps, months, places) in reached.items():
                for place, more, (also, climbed, lasting) in options:
                    total = gain + more if group.forced else min(gain + more, self.most)
                    cost = (count + also, steps + climbed, months + lasting, (*places, place))
                    if total not in onward or cost < onward[total]:
                        onward[total] = cost
            reached = onward
        return reached
