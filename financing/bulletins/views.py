"""What people see of the bulletin: the archive, one issue as its reader may see it, and what became of its messages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from financing.acts import Act
from financing.bulletins import naming
from financing.bulletins.model import Bulletin, BulletinDelivery
from financing.bulletins.rules import BulletinState, Section
from financing.desk import Desk
from financing.listed import Listed, listed
from financing.notices.model import Parcel
from financing.notices.rules import Fate
from financing.roles import Role


@dataclass(frozen=True, slots=True)
class Shown:
    """An issue as one reader sees it: `hidden` sections are for people with an account."""

    bulletin: Bulletin
    sections: tuple[Section, ...]
    hidden: int
    acts: tuple[Act, ...]
    scheduled: bool  # published, and still to go out


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of an issue, and what became of it."""

    delivery: BulletinDelivery
    parcel: Parcel


@dataclass(frozen=True, slots=True)
class Sending:
    """All messages of an issue by what became of them."""

    counts: Counter[Fate]
    again: int  # tried more than once
    rows: Listed[Sent]


def archive(desk: Desk, page: int) -> Listed[Bulletin]:
    """Every issue in sight, the newest first."""
    query = desk.select(Bulletin).where(Bulletin.state != BulletinState.DROPPED)
    return listed(desk, query.order_by(Bulletin.drafted_at.desc(), Bulletin.number.desc()), page, lambda one: one)


def one(desk: Desk, bulletin: Bulletin) -> Shown:
    """An issue for whoever asks: a visitor reads what is for everybody."""
    out = bulletin.state is BulletinState.PUBLISHED
    told = naming.covered(desk, bulletin.told) if out else bulletin.told
    shown = tuple(each for each in told if each.open or desk.actor.role is not Role.VISITOR)
    acts = tuple(act for act in desk.acts(bulletin) if act is not Act.EDIT_BULLETIN)
    scheduled = bulletin.send_at is not None and bulletin.send_at > desk.now
    return Shown(bulletin, shown, len(told) - len(shown), acts, scheduled)


def sending(desk: Desk, bulletin: Bulletin, page: int) -> Sending:
    """The messages of an issue, those that did not get through first."""
    query = desk.select(BulletinDelivery).join(Parcel, Parcel.id == BulletinDelivery.parcel_id).add_columns(Parcel)
    query = query.where(BulletinDelivery.bulletin_id == bulletin.id)
    found = [parcel for _, parcel in desk.session.execute(query)]
    first = query.order_by((Parcel.fate == Fate.DEAD).desc(), BulletinDelivery.name, BulletinDelivery.medium)
    counts = Counter(parcel.fate for parcel in found)
    return Sending(counts, sum(parcel.tries > 1 for parcel in found), listed(desk, first, page, Sent))
