"""The balance of a loan by its plan (余额曲线), worked out as a path for a template; told apart by shape and words, never by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scoring.schedule import Due

WIDTH, HEIGHT, EDGE = 600, 96, 8


@dataclass(frozen=True, slots=True)
class Curve:
    """Steps from the first day to the last, and where today stands; empty when nothing was paid out."""

    width: int
    height: int
    path: str
    today: int | None
    first: date
    last: date


def curve(plan: Sequence[Due], starts: date, today: date) -> Curve | None:
    """Principal owed by the plan after each day, as steps; None without a plan."""
    total = sum(due.principal for due in plan)
    if not plan or not total:
        return None
    last = plan[-1].day
    length = max(1, (last - starts).days)
    left, steps = total, [f"M{EDGE} {EDGE}"]
    for due in plan:
        left -= due.principal
        across = EDGE + (WIDTH - 2 * EDGE) * (due.day - starts).days // length
        steps.append(f"H{across}V{EDGE + (HEIGHT - 2 * EDGE) * (total - left) // total}")
    passed = (today - starts).days
    at = EDGE + (WIDTH - 2 * EDGE) * passed // length if 0 <= passed <= length else None
    return Curve(WIDTH, HEIGHT, "".join(steps), at, starts, last)
