"""Figures of law and business (参数) by date: what a rule asks for on a given day, and where that comes from."""

from __future__ import annotations

import tomllib
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


@cache
def figures() -> tuple[Figure, ...]:
    """All figures on file, in order of their dates."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["figure"]
    read = [Figure(since=row.pop("from"), **row) for row in rows]
    return tuple(sorted(read, key=lambda figure: figure.since))


def figure(key: str, on: date) -> Figure:
    """The figure in force on a day; LookupError when none was yet."""
    known = [f for f in figures() if f.key == key and f.since <= on]
    if not known:
        raise LookupError(f"{key}: 该日尚无数值 | no figure in force on {on}")
    return known[-1]
