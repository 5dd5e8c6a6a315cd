"""Messages as the administrator sees them: whose, by which way, what became of them; never where they went or what they said."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func

from financing.desk import Desk
from financing.listed import Listed, listed
from financing.notices.model import Parcel
from financing.notices.rules import Fate, Medium, Trouble
from financing.people.model import User


@dataclass(frozen=True, slots=True)
class ParcelLine:
    parcel: Parcel
    person: str


@dataclass(frozen=True, slots=True)
class Deliveries:
    counts: dict[Fate, int]
    troubles: dict[tuple[Medium, Trouble], int]
    rows: Listed[ParcelLine]


def deliveries(desk: Desk, fate: Fate | None, page: int) -> Deliveries:
    """All messages, those given up first, then the newest; `fate` narrows the list."""
    counted = desk.select(Parcel, Parcel.fate).add_columns(func.count()).group_by(Parcel.fate)
    counts = {Fate(found): count for found, count in desk.session.execute(counted)}
    stuck = desk.select(Parcel, Parcel.medium, Parcel.trouble).add_columns(func.count())
    stuck = stuck.where(Parcel.trouble.is_not(None)).group_by(Parcel.medium, Parcel.trouble)
    troubles = {(Medium(medium), Trouble(why)): count for medium, why, count in desk.session.execute(stuck)}
    query = desk.select(Parcel).join(User, User.id == Parcel.user_id).add_columns(User.name)
    query = query.where(Parcel.fate == fate) if fate else query
    first = query.order_by((Parcel.fate == Fate.DEAD).desc(), Parcel.made_at.desc(), Parcel.id)
    return Deliveries(counts, troubles, listed(desk, first, page, ParcelLine))
