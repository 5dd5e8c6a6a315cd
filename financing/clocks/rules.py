"""Time limits (限时办结): counting working days around standstills, colours, the ladder of who is told. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.calendar import DAY, Calendar, Due
from financing.flow import Flow


class Step(StrEnum):
    """The steps of a need that have a limit of their own."""

    HANDLING = "handling"
    SCORING = "scoring"
    OPENING = "opening"
    DEFERRAL = "deferral"


#: The limit of each step in working days; a deferral's day is named by the committee.
LIMITS: Mapping[Step, str] = {
    Step.HANDLING: "need_handling_days",
    Step.SCORING: "need_scoring_days",
    Step.OPENING: "case_opening_days",
}


class Timing(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class Halt(StrEnum):
    """Why a clock stands still (行政许可法 45): the firm reads the word, so there is no "other"."""

    PAPER = "paper"
    HEARING = "hearing"
    TEST = "test"
    INSPECTION = "inspection"
    EXPERT = "expert"
    COURT = "court"
    REGISTRY = "registry"


class Delay(StrEnum):
    """Why a step is late (优化营商环境条例 36), shown to the firm."""

    WORKLOAD = "workload"
    COMPLEX = "complex"
    WAITED = "waited"
    SYSTEM = "system"
    MISTAKE = "mistake"


class Extending(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    TURNED_DOWN = "turned_down"


EXTENDING = Flow(
    start=Extending.ASKED,
    steps={
        (Extending.ASKED, Act.AGREE_EXTENSION): Extending.AGREED,
        (Extending.ASKED, Act.TURN_DOWN_EXTENSION): Extending.TURNED_DOWN,
    },
)


class Rung(StrEnum):
    """The ladder (逐级提醒): who is told of a late step, one after the other."""

    HELPER = "helper"
    SECTION = "section"
    DIRECTOR = "director"
    LEADER = "leader"


#: After how many working days past the deadline each rung is told.
LADDER: Mapping[Rung, str] = {
    Rung.HELPER: "escalation_helper_days",
    Rung.SECTION: "escalation_section_days",
    Rung.DIRECTOR: "escalation_director_days",
    Rung.LEADER: "escalation_leader_days",
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A standstill: days from `since` until the day before `until` are not counted."""

    since: date
    until: date


def due(calendar: Calendar, start: date, days: int, stops: Iterable[Stop] = ()) -> Due:
    """The last day of a limit of so many working days; neither the starting day nor a day of a standstill counts.

    Standstills come in order and do not overlap. A clock taken up again has at least that day, or the next open one.
    """
    day = calendar.after(start, days).day
    for stop in stops:
        since, until = max(stop.since, start + DAY), max(stop.until, start + DAY)
        if since <= day and since < until:
            left = calendar.left(since - DAY, day)
            day = calendar.after(until - DAY, left).day if left else calendar.next_open(until)
    return Due(day, provisional=not calendar.knows(start, day))


def late(calendar: Calendar, due_on: date, today: date) -> int:
    """Working days since the deadline; none on the last day itself, nor over the days off that follow."""
    return max(0, calendar.left(due_on, today)) if today > due_on else 0


def reached(offsets: Mapping[Rung, int], due_on: date, today: date, calendar: Calendar) -> tuple[Rung, ...]:
    """The rungs that must have been told by today: none until the deadline has passed."""
    if today <= due_on:
        return ()
    gone = late(calendar, due_on, today)
    return tuple(rung for rung in Rung if gone >= offsets[rung])


#: The parts of a limit, in tenths, at which what is left turns red and amber.
RED_TENTHS, AMBER_TENTHS = 2, 5


def colour(left: int, whole: int) -> str:
    """Green with more than half of the limit left, amber up to half, red from a fifth down and when it is over (working days).

    The one rule of urgency: badges, the status line and the work list all ask here.
    """
    if left < 0 or 10 * left <= RED_TENTHS * whole:
        return "red"
    return "amber" if 10 * left <= AMBER_TENTHS * whole else "green"


def borders(calendar: Calendar, today: date, whole: int) -> tuple[date, date]:
    """The last due days that are red and amber today by `colour`, so that a list can be put in order where it is stored."""
    red = calendar.after(today, RED_TENTHS * whole // 10).day
    amber = calendar.after(today, AMBER_TENTHS * whole // 10).day
    return _last(calendar, red), _last(calendar, amber)


def _last(calendar: Calendar, day: date) -> date:
    """A day and the days off behind it leave the same number of working days."""
    while not calendar.works(day + DAY):
        day += DAY
    return day
