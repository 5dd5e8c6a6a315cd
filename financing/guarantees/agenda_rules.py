"""The order of an agenda (议程顺序, F114): those that return first, then as their needs were handed in. No database here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a case stands in the queue; the lesser is heard before the greater.

    A case that was put off or set back has waited for the committee once already, so that its class comes first. Within a class
    the moment counts in which the need was last handed in whole: its day, and on one day the line of the journal.
    """

    first_time: bool
    submitted_on: date
    line: int  # of the journal; 0 where there is none
    number: str


@dataclass(frozen=True, slots=True)
class Queued:
    """A case in the queue."""

    place: Place
    case_id: int
    number: str


def ahead(of: Place, waiting: Iterable[Queued]) -> tuple[Queued, ...]:
    """Who should be heard before a place, in order."""
    return tuple(sorted((one for one in waiting if one.place < of), key=lambda one: one.place))


def passed_over(tabled: Collection[Queued], ready: Iterable[Queued]) -> tuple[Queued, ...]:
    """Who is ready and stays off an agenda on which somebody stands who came later; nobody when nothing is tabled."""
    return ahead(max(one.place for one in tabled), ready) if tabled else ()
