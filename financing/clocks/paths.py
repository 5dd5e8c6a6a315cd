"""Steps that do not wait for each other (并联办理, F121): which needs which, when each can begin, the longest path. No database here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Task(StrEnum):
    """What is done to a need before the committee, each by whoever's desk it is."""

    HANDLE = "handle"
    SCORE = "score"
    VISIT = "visit"
    REVIEW = "review"
    OPEN = "open"


#: What has to be over before a task can begin, and nothing else has: score and visit go on at the same time.
NEEDS: Mapping[Task, frozenset[Task]] = {
    Task.HANDLE: frozenset(),
    Task.SCORE: frozenset({Task.HANDLE}),
    Task.VISIT: frozenset({Task.HANDLE}),
    Task.REVIEW: frozenset({Task.VISIT}),
    Task.OPEN: frozenset({Task.SCORE, Task.REVIEW}),
}
#: The limit of each task in working days.
DAYS: Mapping[Task, str] = {
    Task.HANDLE: "need_handling_days",
    Task.SCORE: "need_scoring_days",
    Task.VISIT: "survey_visit_days",
    Task.REVIEW: "survey_review_days",
    Task.OPEN: "case_opening_days",
}


class Progress(StrEnum):
    DONE = "done"
    OPEN = "open"  # everything it needs is over: its desk can work now
    WAITS = "waits"


class Circular(ValueError):
    """The steps wait for each other in a circle."""


@dataclass(frozen=True, slots=True)
class Span:
    """From the end of one working day to the end of another, counted from the first step's beginning; `critical` on the longest path."""

    begin: int
    end: int
    critical: bool


def spans(needs: Mapping[T, frozenset[T]], days: Mapping[T, int]) -> dict[T, Span]:
    """When each step begins and ends if all keep their limits and none waits without need; Circular."""
    order = _ordered(needs)
    ends: dict[T, int] = {}
    for one in order:
        ends[one] = max((ends[each] for each in needs[one]), default=0) + days[one]
    longest = max(ends.values(), default=0)
    latest = dict.fromkeys(order, longest)  # the last moment at which each may end
    for one in reversed(order):
        for each in needs[one]:
            latest[each] = min(latest[each], latest[one] - days[one])
    return {one: Span(ends[one] - days[one], ends[one], latest[one] == ends[one]) for one in order}


def longest(needs: Mapping[T, frozenset[T]], days: Mapping[T, int]) -> int:
    """The limit of all steps together: the longest path through them, not their sum."""
    return max((span.end for span in spans(needs, days).values()), default=0)


def _ordered(needs: Mapping[T, frozenset[T]]) -> list[T]:
    """Every step after all that it needs."""
    order: list[T] = []
    left = list(needs)
    while left:
        ready = [one for one in left if needs[one] <= set(order)]
        if not ready:
            raise Circular(left)
        order += ready
        left = [one for one in left if one not in ready]
    return order


def progress(needs: Mapping[T, frozenset[T]], done: frozenset[T]) -> dict[T, Progress]:
    """What is over, what can be worked on now, all at once, and what waits."""
    return {
        one: Progress.DONE if one in done else Progress.OPEN if needs[one] <= done else Progress.WAITS for one in needs
    }
