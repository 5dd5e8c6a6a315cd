"""What people see of outside experts: the register, and the lots of one meeting with everything needed to draw them again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from financing.access import Role
from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import experts, lots
from financing.guarantees.committee_model import Expert, ExpertDraw
from financing.guarantees.model import Meeting
from financing.guarantees.rules import MeetingState
from financing.people.model import User


@dataclass(frozen=True, slots=True)
class Listed:
    """One expert on the register, or taken off it."""

    id: int
    name: str
    field: str
    employer: str
    entered_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ticket:
    """One expert of a pool in the order of the lots."""

    expert: int
    name: str
    field: str
    employer: str
    ticket: str
    drawn: bool
    unable: bool


@dataclass(frozen=True, slots=True)
class Lots:
    """The lots of one meeting: the pool, the seed of its call, each draw; whether lots may be drawn now, and for the first time."""

    meeting: Meeting
    link: str
    seed: str
    tickets: tuple[Ticket, ...]
    draws: tuple[ExpertDraw, ...]
    may_draw: bool


def register(desk: Desk) -> tuple[tuple[Listed, ...], list[tuple[int, str]]]:
    """The register, those on it first, and the members' accounts that could be put on it."""
    names = {user.id: user for user in desk.all(User, by=User.name)}
    rows = [
        Listed(one.id, names[one.user_id].name, one.field, one.employer, one.entered_at, one.ended_at)
        for one in desk.all(Expert, by=Expert.entered_at)
        if one.user_id in names
    ]
    taken = experts.on_register(desk)
    free = [
        (user.id, f"{user.name}（{user.login}）")
        for user in names.values()
        if user.active and user.role is Role.MEMBER and user.id not in taken
    ]
    return tuple(sorted(rows, key=lambda row: row.ended_at is not None)), free


def of_meeting(desk: Desk, meeting: Meeting) -> Lots:
    """The lots of a meeting; before they are drawn the tickets are not shown, though the seed already stands."""
    pool, seed = experts.pool(desk, meeting)
    made = tuple(experts.draws(desk, meeting))
    may = meeting.state is MeetingState.CALLED and bool(pool) and desk.may(Act.DRAW_EXPERTS, meeting)
    shown = tickets(seed, pool, made[-1].drawn, made[-1].unable) if made else ()
    return Lots(meeting, experts.called(desk, meeting)[1], seed, shown, made, may)


def tickets(seed: str, pool: list[dict[str, Any]], drawn: list[int], unable: list[int]) -> tuple[Ticket, ...]:
    """A pool in the order of its tickets."""
    people = {one["expert"]: one for one in pool}
    return tuple(
        Ticket(
            key, people[key]["name"], people[key]["field"], people[key]["employer"], lots.ticket(seed, key), key in drawn,
            key in unable,
        )
        for key in lots.order(seed, list(people))
    )  # fmt: skip
