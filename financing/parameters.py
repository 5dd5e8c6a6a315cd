"""Figures of law and business (参数) by date: what a rule asks for on a given day, and where that comes from.

Those shipped stand in parameters.toml; those the zone has set by two people stand in its database, and an open desk brings them along.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

FILE = Path(__file__).parent / "parameters.toml"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure from a day on: a whole number in its unit, with its source and how sure we are of it."""

    key: str
    value: int
    unit: str
    since: date
    source: str
    confidence: Literal["A", "B", "C"]


#: Reads the zone's own figures, in the order they were set; whoever opens a desk says how. Nothing is read until a figure is asked for.
ZONE: ContextVar[Callable[[], tuple[Figure, ...]]] = ContextVar("ZONE", default=tuple)


@cache
def figures() -> tuple[Figure, ...]:
    """All figures on file, in order of their dates."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["figure"]
    read = [Figure(since=row.pop("from"), **row) for row in rows]
    return tuple(sorted(read, key=lambda figure: figure.since))


@cache
def _shipped(key: str) -> tuple[Figure, ...]:
    """Those of one name: they are asked for by the thousand when all loans are looked over."""
    return tuple(one for one in figures() if one.key == key)


def figure(key: str, on: date) -> Figure:
    """The figure in force on a day: the latest, and from the same day the zone's own; LookupError when none was yet."""
    zone = [one for one in ZONE.get()() if one.key == key]
    known = [one for one in (*_shipped(key), *zone) if one.since <= on]
    if not known:
        raise LookupError(f"{key}: 该日尚无数值 | no figure in force on {on}")
    return max(reversed(known), key=lambda found: found.since)  # of several from one day the last one set
