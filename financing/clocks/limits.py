"""How long steps may take (时限), by date: each step, all of them together, and how much may be agreed on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from financing import parameters
from financing.clock_refusals import OverallExceeded
from financing.clocks.paths import DAYS, NEEDS, longest
from financing.clocks.rules import LADDER, Rung
from financing.parameters import Figure

#: Figures that this file reads: the limits of steps, the overall limit, the ceiling of extensions.
KEYS = (*DAYS.values(), "need_overall_days", "extension_most_days")


def overall(on: date, read: Callable[[str, date], Figure] = parameters.figure) -> Figure:
    """The overall limit of the zone's own steps; OverallExceeded when the longest path through the steps is longer."""
    whole = read("need_overall_days", on)
    total = longest(NEEDS, {task: read(key, on).value for task, key in DAYS.items()})
    if total > whole.value:
        raise OverallExceeded(total=total, overall=whole.value)
    return whole


def check(read: Callable[[str, date], Figure] = parameters.figure, days: tuple[date, ...] = ()) -> None:
    """Hold the overall limit on every day on which a limit changes, shipped or set by the zone; OverallExceeded. Called at the start."""
    known = [one for one in (*parameters.figures(), *parameters.ZONE.get()()) if one.key in KEYS]
    first = max(min(one.since for one in known if one.key == key) for key in KEYS)
    for day in sorted({first, *days, *(one.since for one in known)}):
        if day >= first:
            overall(day, read)


def hold(key: str, value: int, since: date) -> None:
    """Whether the limits would still add up, were this figure so from a day on; called by whoever sets it. OverallExceeded."""
    if key in KEYS:
        check(lambda one, on: _as_if(key, value, since, one, on), (since,))


def _as_if(key: str, value: int, since: date, one: str, on: date) -> Figure:
    found = parameters.figure(one, on)
    return replace(found, value=value) if one == key and found.since <= since <= on else found


def ceiling(on: date) -> Figure:
    """How many working days all extensions of a need may add."""
    return parameters.figure("extension_most_days", on)


def ladder(on: date) -> dict[Rung, int]:
    """Working days past the deadline after which each rung is told."""
    return {rung: parameters.figure(key, on).value for rung, key in LADDER.items()}
