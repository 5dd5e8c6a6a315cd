"""What people see of declared interests: a member their own, the office who has declared, the chair and auditors what was declared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from financing.access import DECIDERS, Role
from financing.desk import Desk
from financing.guarantees import experts, interests
from financing.guarantees.committee_model import InterestDeclaration
from financing.guarantees.interest_rules import Interest
from financing.people.model import User


@dataclass(frozen=True, slots=True)
class Shown:
    """One declaration as it is read: its number in the year, when it was made, its lines in order."""

    id: int
    year: int
    number: int
    at: datetime
    mark: str
    lines: tuple[Interest, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """A member's own page: the years open to declare for, and everything declared so far, the newest first."""

    years: tuple[int, ...]
    year: int
    shown: tuple[Shown, ...]

    @property
    def due(self) -> bool:
        return all(one.year != self.year for one in self.shown)

    def supplements(self, year: int) -> bool:
        """Whether a further declaration for a year would add to one that stands."""
        return any(one.year == year for one in self.shown)


@dataclass(frozen=True, slots=True)
class Member:
    """One member in the office's list: when they declared for the year and how often they added; None: due."""

    id: int
    name: str
    role: Role
    expert: bool
    declaration: int | None
    at: datetime | None
    parts: int


def own(desk: Desk) -> Own:
    """What the member at the desk declared."""
    rows = desk.all(InterestDeclaration, InterestDeclaration.user_id == desk.actor.id)
    return Own(interests.years(desk.today), desk.today.year, tuple(_newest_first(rows)))


def register(desk: Desk) -> tuple[Member, ...]:
    """Everybody on the committee, officers beside them, and whether they have declared for this year: the days alone, nothing of what they said."""
    first, at = func.min(InterestDeclaration.id), func.min(InterestDeclaration.at)
    this_year = select(InterestDeclaration.user_id, first.label("id"), at.label("at"), func.count().label("parts"))
    this_year = this_year.where(InterestDeclaration.year == desk.today.year).group_by(InterestDeclaration.user_id)
    made = {row.user_id: row for row in desk.session.execute(this_year)}
    people = select(User.id, User.name, User.role).where(User.active, User.role.in_(DECIDERS))
    called_by_lot = experts.on_register(desk)
    found = [
        Member(
            key,
            name,
            role,
            key in called_by_lot,
            row.id if row else None,
            row.at if row else None,
            row.parts if row else 0,
        )
        for key, name, role in desk.session.execute(people.order_by(User.name, User.id))
        for row in (made.get(key),)
    ]
    return tuple(
        sorted(
            found, key=lambda one: (one.declaration is not None, one.role is not Role.CHAIR, one.role is Role.OFFICER)
        )
    )


def of_member(desk: Desk, declaration: InterestDeclaration) -> tuple[str, tuple[Shown, ...]]:
    """A member's name, and all they declared for the year of one declaration."""
    same = (InterestDeclaration.user_id == declaration.user_id, InterestDeclaration.year == declaration.year)
    name = desk.session.get_one(User, declaration.user_id).name
    return name, tuple(_newest_first(desk.all(InterestDeclaration, *same)))


def _newest_first(rows: Iterable[InterestDeclaration]) -> list[Shown]:
    shown = (
        Shown(row.id, row.year, row.number, row.at, row.mark, tuple(map(Interest.from_json, row.lines))) for row in rows
    )
    return sorted(shown, key=lambda one: (one.year, one.number), reverse=True)
