"""The yearly survey (年初调查摸底): its questions by year, what an answer asks for, when it opens. No database here."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from financing.helping.rules import Topic

FILE = Path(__file__).parent / "surveys.toml"


class Wish(StrEnum):
    """What a firm says to one question: nothing, something to reach this year, or help now."""

    FINE = "fine"
    GOAL = "goal"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Question:
    """One question, asked in both languages; of a topic there is one at most."""

    topic: Topic
    says: str
    english: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions from a year on."""

    since: int
    source: str
    questions: tuple[Question, ...]


@cache
def sheets() -> tuple[Sheet, ...]:
    """Every set of questions, the oldest first."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["survey"]
    made = [
        Sheet(
            row["from"],
            row["source"],
            tuple(Question(Topic(q["topic"]), q["says"], q["english"]) for q in row["question"]),
        )
        for row in rows
    ]
    return tuple(sorted(made, key=lambda one: one.since))


def asked(year: int) -> Sheet:
    """The questions of a year: the newest set that has begun; the first one for earlier years."""
    begun = [one for one in sheets() if one.since <= year]
    return begun[-1] if begun else sheets()[0]


def opens(year: int, day: int, next_open: Callable[[date], date]) -> date:
    """The day on which the survey of a year opens: that day of January, or the next on which offices are open."""
    return next_open(date(year, 1, day))
