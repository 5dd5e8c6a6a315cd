"""A figure over time as steps (阶梯图): one line that changes on the day a value comes into force, worked out as numbers for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from financing.parameters import Figure

WIDTH, HEIGHT, TOP, FOOT, SIDE = 640, 150, 28, 26, 12
AHEAD = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value begins: its place, and whether its words stand to the left of it."""

    x: int
    y: int
    figure: Figure
    left: bool


@dataclass(frozen=True, slots=True)
class Steps:
    width: int
    height: int
    base: int
    path: str
    marks: tuple[Mark, ...]
    today: int


def steps(figures: Sequence[Figure], today: date) -> Steps:
    """The values in order of their days; of two from one day the last one."""
    kept = list({one.since: one for one in sorted(figures, key=lambda one: one.since)}.values())
    first, last = kept[0].since, max(kept[-1].since, today) + AHEAD
    most, base = max(1, *(one.value for one in kept)), HEIGHT - FOOT

    def across(day: date) -> int:
        return SIDE + (WIDTH - 2 * SIDE) * (day - first).days // max((last - first).days, 1)

    marks = tuple(
        Mark(x := across(one.since), base - (base - TOP) * one.value // most, one, x > WIDTH * 2 // 3) for one in kept
    )
    path = f"M{marks[0].x} {marks[0].y}" + "".join(f"H{mark.x}V{mark.y}" for mark in marks[1:]) + f"H{WIDTH - SIDE}"
    return Steps(WIDTH, HEIGHT, base, path, marks, across(max(first, today)))
