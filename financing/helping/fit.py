"""Who fits a firm (帮扶人选): by what its open problems are about, by what helpers are good at, and by load. No database here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from financing.helping.rules import Topic


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody has in hand: firms helped, requests not closed, tasks not done."""

    firms: int = 0
    requests: int = 0
    tasks: int = 0

    @property
    def total(self) -> int:
        return self.firms + self.requests + self.tasks


@dataclass(frozen=True, slots=True)
class Candidate:
    id: int
    name: str
    unit: str
    skills: frozenset[Topic]
    load: Load


@dataclass(frozen=True, slots=True)
class Fit:
    """One candidate for one firm: the problems they can deal with and how many of each, and their load."""

    candidate: Candidate
    covers: Mapping[Topic, int]

    @property
    def covered(self) -> int:
        return sum(self.covers.values())


def ranked(problems: Mapping[Topic, int], candidates: Collection[Candidate]) -> list[Fit]:
    """The best first: who can deal with most of the problems, then who has least in hand, then by name and number."""
    fits = [Fit(one, {topic: n for topic, n in problems.items() if topic in one.skills and n}) for one in candidates]
    return sorted(fits, key=lambda fit: (-fit.covered, fit.candidate.load.total, fit.candidate.name, fit.candidate.id))


def team(problems: Mapping[Topic, int], chosen: Candidate, others: Collection[Candidate], most: int) -> list[Fit]:
    """Who beside the helper: one after the other whoever covers most of what nobody covers yet, never more than `most`."""
    left = Counter({topic: n for topic, n in problems.items() if topic not in chosen.skills})
    rest, found = [one for one in others if one.id != chosen.id], list[Fit]()
    while rest and len(found) < most and (best := ranked(left, rest)[0]).covered:
        found.append(best)
        rest = [one for one in rest if one.id != best.candidate.id]
        left = Counter({topic: n for topic, n in left.items() if topic not in best.candidate.skills})
    return found


def reasons(problems: Mapping[Topic, int], fits: Sequence[Fit], chosen: int) -> dict[str, object]:
    """What a choice rested on, for the record: the problems, the place of whoever was chosen, their load and what they cover."""
    place = next((n for n, fit in enumerate(fits, 1) if fit.candidate.id == chosen), None)
    kept: dict[str, object] = {
        "problems": {topic.value: n for topic, n in sorted(problems.items())},
        "place": place,
        "of": len(fits),
    }
    if place is None:
        return kept
    one = fits[place - 1]
    return kept | {"covers": sorted(topic.value for topic in one.covers), "load": one.candidate.load.total}
