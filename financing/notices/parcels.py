"""Messages (投递): packed with the notice itself, taken by one sender at a time, tried again with growing pauses (F96, F-41).

A message is taken in a transaction of its own, sent outside of any, and what came of it is written in another. Whoever dies in between
leaves a lease that runs out: the message goes out again under the same id, so that at most its reader's mail program sees it twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from financing.access import require
from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.notices import rules
from financing.notices.model import Delivery, Notice, NoticeAddress, NoticeHabit, Parcel
from financing.notices.rules import FINAL, LEASE, Fate, Habits, Medium, Pace, Parceled, Robot, Trouble
from financing.notices.secrets import secret_of
from financing.outbox import WAITS
from financing.people.model import User

#: Lines in one message; the rest is on the site.
MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a message: an act, the number of the matter, and when."""

    act: Act
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Outbound:
    """All a sender needs: nothing of the matter but its number."""

    parcel_id: int
    address_id: int
    medium: Medium
    robot: Robot | None
    target: str
    secret: str
    kind: Parceled
    lang: str
    made_at: datetime
    asked_at: datetime
    lines: tuple[Said, ...]
    more: int


def pack(desk: Desk, notices: Sequence[Notice]) -> None:
    """Put each notice into a message for each confirmed address of its reader; exactly once for each way."""
    if not notices:
        return
    readers = [one.user_id for one in notices]
    live = (
        NoticeAddress.user_id.in_(readers),
        NoticeAddress.confirmed_at.is_not(None),
        NoticeAddress.ended_at.is_(None),
    )
    addresses = desk.all(NoticeAddress, *live)
    if not addresses:
        return
    habits = {one.user_id: one.habits for one in desk.all(NoticeHabit, NoticeHabit.user_id.in_(readers))}
    desk.session.flush()
    for notice in notices:
        for address in addresses:
            if address.user_id == notice.user_id:
                _pack_one(desk, notice, address, habits.get(notice.user_id, Habits()))


def _pack_one(desk: Desk, notice: Notice, address: NoticeAddress, habits: Habits) -> None:
    pace = habits.pace(address.medium, rules.group(notice.act))
    if pace is Pace.NEVER:
        return
    due_at = rules.due(pace, habits, desk.now.astimezone(BEIJING), desk.calendar.works)
    parcel = _digest(desk, address, due_at) if pace is Pace.DAILY else put(desk, address, Parceled.SINGLE, due_at)
    desk.add(Delivery(notice_id=notice.id, medium=address.medium, parcel_id=parcel.id))


def _digest(desk: Desk, address: NoticeAddress, due_at: datetime) -> Parcel:
    """The digest that waits for this moment, held so that it is not sent while a line is added; else a new one."""
    waiting = desk.select(Parcel).where(
        Parcel.address_id == address.id, Parcel.kind == Parceled.DIGEST, Parcel.due_at == due_at, Parcel.tries == 0
    )
    found: Parcel | None = desk.session.scalar(waiting.with_for_update())
    return found or put(desk, address, Parceled.DIGEST, due_at)


def put(desk: Desk, address: NoticeAddress, kind: Parceled, due_at: datetime) -> Parcel:
    """A message to an address, for the sender to take from its hour on."""
    parcel = desk.add(
        Parcel(
            user_id=address.user_id, address_id=address.id, medium=address.medium, kind=kind, made_at=desk.now, due_at=due_at
        )
    )  # fmt: skip
    desk.session.flush()
    return parcel


def send_code(desk: Desk, address: NoticeAddress) -> Parcel:
    """The message with the code that confirms an address."""
    return put(desk, address, Parceled.CODE, desk.now)


def take(desk: Desk) -> Outbound | None:
    """The next message that is due, leased to whoever asks; another sender skips it. None when nothing is due.

    What has nowhere to go any more is dropped on the way.
    """
    due = desk.select(Parcel).where(Parcel.fate == Fate.WAITING, Parcel.due_at <= desk.now)
    order = due.order_by(Parcel.due_at, Parcel.id).limit(1).with_for_update(skip_locked=True)
    while (parcel := desk.session.scalar(order)) is not None:
        if parcel.tries > len(WAITS):  # taken again and again by senders that never came back
            parcel.fate, parcel.trouble = Fate.DEAD, Trouble.TIMED_OUT
        elif (ready := _addressed(desk, parcel)) is not None:
            parcel.due_at, parcel.tries = _leased(parcel, desk.now), parcel.tries + 1
            return ready
        else:
            parcel.fate = Fate.DROPPED
        desk.session.flush()
    return None


def _leased(parcel: Parcel, now: datetime) -> datetime:
    """When another sender may try, should this one never come back."""
    return now + max(LEASE, WAITS[min(parcel.tries, len(WAITS) - 1)])


def _addressed(desk: Desk, parcel: Parcel) -> Outbound | None:
    """The message with its address, or None when the address or its owner is gone."""
    address, user = desk.get(NoticeAddress, parcel.address_id), desk.get(User, parcel.user_id)
    unproved = parcel.kind is not Parceled.CODE and address.confirmed_at is None
    secret = secret_of(desk, address)
    if address.ended_at is not None or unproved or not user.active or secret is None:
        return None
    habit = desk.find(NoticeHabit, NoticeHabit.user_id == user.id)
    lines = _lines(desk, parcel)
    return Outbound(
        parcel.id, address.id, address.medium, address.robot, address.target, secret, parcel.kind,
        (habit.habits if habit else Habits()).lang, parcel.made_at, address.asked_at, tuple(lines[:MOST_LINES]), len(lines[MOST_LINES:]),
    )  # fmt: skip


def _lines(desk: Desk, parcel: Parcel) -> list[Said]:
    held = desk.select(Notice).join(Delivery, Delivery.notice_id == Notice.id).where(Delivery.parcel_id == parcel.id)
    found: Iterable[Notice] = desk.session.scalars(held.order_by(Notice.at, Notice.id))
    return [Said(one.act, rules.number(one.number), one.at) for one in found]


def went_out(desk: Desk, parcel_id: int) -> None:
    """The other side has taken the message; whoever reports twice changes nothing."""
    parcel = desk.get(Parcel, parcel_id, lock=True)
    if parcel.fate is Fate.WAITING:
        parcel.fate, parcel.sent_at, parcel.trouble = Fate.SENT, desk.now, None
        address = desk.get(NoticeAddress, parcel.address_id)
        address.trouble = address.trouble_at = None


def did_not(desk: Desk, parcel_id: int, trouble: Trouble) -> None:
    """Try again later, or give up: for good at once when trying again would not help. The owner sees it on the site."""
    parcel = desk.get(Parcel, parcel_id, lock=True)
    if parcel.fate is not Fate.WAITING:
        return
    parcel.trouble = trouble
    if trouble in FINAL or parcel.tries > len(WAITS):
        parcel.fate = Fate.DEAD
    else:
        parcel.due_at = desk.now + WAITS[parcel.tries - 1]
    address = desk.get(NoticeAddress, parcel.address_id)
    address.trouble, address.trouble_at = trouble, desk.now


def not_wanted(desk: Desk, parcel_id: int) -> None:
    """Its reader has stopped meanwhile: the message goes nowhere."""
    desk.get(Parcel, parcel_id).fate = Fate.DROPPED


def send_again(desk: Desk, parcel: Parcel) -> None:
    """Try a message that was given up once more (再发一次), under the id it had; asking twice is asking once."""
    require(desk.actor, Act.SEND_AGAIN, parcel)
    desk.session.refresh(parcel, with_for_update=True)
    if parcel.fate is Fate.DEAD:
        parcel.fate, parcel.tries, parcel.due_at = Fate.WAITING, 0, desk.now
        desk.note(Act.SEND_AGAIN, parcel)


def troubled(desk: Desk) -> list[NoticeAddress]:
    """One's own addresses that the last message did not reach."""
    return desk.all(NoticeAddress, NoticeAddress.ended_at.is_(None), NoticeAddress.trouble.is_not(None))
