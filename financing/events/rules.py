"""Training and events (培训与活动, F122): states, who may come, who moves up from the waiting list. No database here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow

#: No event of ours has more places, and no firm brings more people.
MOST_PLACES, MOST_EACH = 2_000, 20


class EventKind(StrEnum):
    OWNERS = "owners"
    SAFETY = "safety"
    ENVIRONMENT = "environment"
    POLICY = "policy"
    FINANCE = "finance"
    SKILLS = "skills"
    SALON = "salon"


class Audience(StrEnum):
    """Which firms may come."""

    ALL = "all"
    SMALL = "small"
    INDUSTRY = "industry"


class EventState(StrEnum):
    OPEN = "open"
    HELD = "held"
    CANCELLED = "cancelled"


EVENT_FLOW = Flow(
    start=EventState.OPEN,
    steps={
        (EventState.OPEN, Act.MOVE_EVENT): EventState.OPEN,
        (EventState.OPEN, Act.HOLD_EVENT): EventState.HELD,
        (EventState.OPEN, Act.CANCEL_EVENT): EventState.CANCELLED,
    },
)


class PlaceState(StrEnum):
    """What has become of one firm's sign-up."""

    PLACED = "placed"
    WAITING = "waiting"
    LEFT = "left"
    CAME = "came"
    MISSED = "missed"
    LAPSED = "lapsed"  # the event came or was called off before a place was free


S = PlaceState
PLACE_FLOW = Flow(
    start=S.PLACED,
    steps={
        (S.WAITING, Act.MOVE_UP): S.PLACED,
        **{(state, Act.LEAVE_EVENT): S.LEFT for state in (S.PLACED, S.WAITING)},
        **{(state, Act.TICK_CAME): S.CAME for state in (S.PLACED, S.MISSED)},
        **{(state, Act.TICK_MISSED): S.MISSED for state in (S.PLACED, S.CAME)},
        (S.CAME, Act.RATE_EVENT): S.CAME,
    },
    follows={
        (S.PLACED, Act.HOLD_EVENT): S.MISSED,
        (S.WAITING, Act.HOLD_EVENT): S.LAPSED,
        **{(state, Act.CANCEL_EVENT): S.LAPSED for state in (S.PLACED, S.WAITING)},
    },
)
#: A firm stands once on the list of an event.
STANDING = (S.PLACED, S.WAITING, S.CAME, S.MISSED)
#: Whose people take up places.
SEATED = (S.PLACED, S.CAME, S.MISSED)


@dataclass(frozen=True, slots=True)
class Party:
    """A firm on the waiting list, with how many people."""

    id: int
    people: int


def moving_up(waiting: Sequence[Party], free: int) -> tuple[int, ...]:
    """Who gets a place now: in the order of signing up, everybody whose people all fit into what is still free.

    A large party that does not fit yet keeps its turn and does not hold up a smaller one behind it.
    """
    up: list[int] = []
    for party in waiting:
        if party.people <= free:
            up.append(party.id)
            free -= party.people
    return tuple(up)


def invited(audience: Audience, branch: str, size: str, industry: str) -> bool:
    """Whether a firm of this size (划型) and industry (GB/T 4754 code) may come; `branch` is how its code has to begin."""
    if audience is Audience.SMALL:
        return size in {"small", "micro"}
    return audience is Audience.ALL or industry.startswith(branch)
