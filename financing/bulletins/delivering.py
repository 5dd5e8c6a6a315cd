"""An issue on its way to its readers (发送): a message for each reader and way, once; what it says is read when it goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from financing.acts import Act
from financing.bulletins import naming
from financing.bulletins.model import Bulletin, BulletinDelivery, Subscription
from financing.bulletins.rules import BulletinState, Section
from financing.desk import BEIJING, Desk
from financing.notices import parcels, rules
from financing.notices.model import NoticeAddress, NoticeHabit
from financing.notices.rules import Habits, Medium, Pace, Parceled
from financing.people.model import User


@dataclass(frozen=True, slots=True)
class Issue:
    """What a message of an issue says: of topics that are not for everybody the heading alone."""

    bulletin_id: int
    subscription_id: int
    title: str
    sections: tuple[Section, ...]


def pack(desk: Desk, _once: str, payload: dict[str, Any]) -> int:
    """Make a message for every reader of an issue that is out, by each of their ways; how many are new."""
    bulletin = desk.get(Bulletin, payload["bulletin"], lock=True)
    if bulletin.state is not BulletinState.PUBLISHED:
        return 0
    known = {
        (one.user_id, one.medium) for one in desk.all(BulletinDelivery, BulletinDelivery.bulletin_id == bulletin.id)
    }
    topics = {section.topic for section in bulletin.told}
    readers = {
        one.user_id: one for one in desk.all(Subscription, Subscription.ended_at.is_(None)) if topics & one.wanted
    }
    habits = {one.user_id: one.habits for one in desk.all(NoticeHabit, NoticeHabit.user_id.in_(readers))}
    names = {user.id: user.name for user in desk.all(User, User.id.in_(readers), User.active.is_(True))}
    new = [
        (address, names[address.user_id])
        for address in _addresses(desk, list(names))
        if address.medium.value in readers[address.user_id].media and (address.user_id, address.medium) not in known
    ]
    for address, name in new:
        _put(desk, bulletin, address, name, habits.get(address.user_id, Habits()))
    desk.note(Act.SEND_BULLETIN, bulletin, number=bulletin.number, messages=len(new))
    return len(new)


def _addresses(desk: Desk, users: list[int]) -> list[NoticeAddress]:
    live = (NoticeAddress.confirmed_at.is_not(None), NoticeAddress.ended_at.is_(None))
    return desk.all(NoticeAddress, NoticeAddress.user_id.in_(users), *live, by=NoticeAddress.id)


def _put(desk: Desk, bulletin: Bulletin, address: NoticeAddress, name: str, habits: Habits) -> None:
    due_at = rules.due(Pace.NOW, habits, desk.now.astimezone(BEIJING), desk.calendar.works)
    parcel = parcels.put(desk, address, Parceled.BULLETIN, due_at)
    desk.add(
        BulletinDelivery(
            bulletin_id=bulletin.id, user_id=address.user_id, name=name, medium=Medium(address.medium), parcel_id=parcel.id,
            at=desk.now,
        )
    )  # fmt: skip


def issue_of(desk: Desk, parcel_id: int) -> Issue | None:
    """What the message says; None when its reader has stopped the bulletin meanwhile."""
    sent = desk.find(BulletinDelivery, BulletinDelivery.parcel_id == parcel_id)
    wants = desk.find(Subscription, Subscription.user_id == sent.user_id) if sent else None
    if sent is None or wants is None or not wants.live:
        return None
    bulletin = desk.get(Bulletin, sent.bulletin_id)
    own = tuple(one for one in naming.covered(desk, bulletin.told) if one.topic in wants.wanted)
    return Issue(bulletin.id, wants.id, bulletin.title, own) if own else None
