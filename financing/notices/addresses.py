"""Where and how one person wants to be told (通知方式): addresses confirmed by a code, paces, and the stop link."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.journal import Private
from financing.notices import parcels, secrets
from financing.notices.model import NoticeAddress, NoticeHabit
from financing.notices.rules import CODE_LASTS, CODE_TRIES, Habits, Medium, Robot
from financing.setting_refusals import CodeOver, NotAHook, NotAnAddress

#: What mail programs everywhere take, and nothing that could end a header line or name a second reader.
EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")


def email(text: str) -> str:
    """An e-mail address, its host in small letters; NotAnAddress for all else."""
    said = text.strip()
    if len(said) > 254 or not EMAIL.fullmatch(said) or ".." in said or ".@" in said:
        raise NotAnAddress(given=said[:80])
    name, _at, host = said.rpartition("@")
    return f"{name}@{host.lower()}"


def hook(text: str, hosts: Collection[str]) -> str:
    """The https address of a robot on one of these hosts (a port only where the list names it); NotAHook for all else."""
    said = text.strip()
    parts = urlsplit(said)
    plain = said.isascii() and said.isprintable() and len(said) <= 500 and not re.search(r"[\s\\]", said)
    if not plain or parts.scheme != "https" or parts.fragment or "@" in parts.netloc or parts.netloc not in hosts:
        raise NotAHook(hosts=sorted(hosts))
    return said


def mine(desk: Desk) -> dict[Medium, NoticeAddress]:
    """One's own addresses, one for each way."""
    return {one.medium: one for one in desk.all(NoticeAddress, NoticeAddress.ended_at.is_(None))}


def habits(desk: Desk) -> Habits:
    """One's own habits, or the usual ones."""
    found = desk.find(NoticeHabit)
    return found.habits if found else Habits()


def add(desk: Desk, medium: Medium, target: str, *, robot: Robot | None = None, secret: str = "") -> NoticeAddress:
    """Name an address (a former one of the same way ends) and send it a code; nothing else goes there before it is confirmed."""
    if (former := mine(desk).get(medium)) is not None:
        former.ended_at = desk.now
        desk.session.flush()
    address = desk.add(
        NoticeAddress(user_id=desk.actor.id, medium=medium, robot=robot, target=target, asked_at=desk.now)
    )
    secrets.seal(desk, address, secret)
    desk.session.flush()
    desk.note(Act.ADD_ADDRESS, address, medium=medium, target=Private(target))
    parcels.send_code(desk, address)
    return address


def confirm(desk: Desk, address: NoticeAddress, given: str, expected: str) -> int | None:
    """Confirm an address by the code it was sent: None when it is right, else how many tries are left. CodeOver.

    A wrong guess is counted, so the desk must be closed before anybody is told.
    """
    desk.session.refresh(address, with_for_update=True)
    require(desk.actor, Act.CONFIRM_ADDRESS, address)
    if address.ended_at is not None or address.tries >= CODE_TRIES or desk.now > address.asked_at + CODE_LASTS:
        raise CodeOver
    if re.sub(r"\D", "", given) != expected:
        address.tries += 1
        return CODE_TRIES - address.tries
    if address.confirmed_at is None:
        address.confirmed_at = desk.now
        desk.note(Act.CONFIRM_ADDRESS, address, medium=address.medium)
    return None


def drop(desk: Desk, address: NoticeAddress) -> None:
    """Take one's own address away: nothing goes there any more."""
    require(desk.actor, Act.DROP_ADDRESS, address)
    _end(desk, Act.DROP_ADDRESS, address)


def stop(desk: Desk, address: NoticeAddress) -> None:
    """What the signed link in a message does, for whoever follows it; stopping twice is stopping once."""
    _end(desk, Act.STOP_NOTICES, address)


def _end(desk: Desk, act: Act, address: NoticeAddress) -> None:
    desk.session.refresh(address, with_for_update=True)
    if address.ended_at is None:
        address.ended_at = desk.now
        desk.note(act, address, medium=address.medium)


def choose(
    desk: Desk, *, lang: str, hour: int, workdays: bool, quiet_from: int, quiet_until: int, paces: Mapping[str, str]
) -> None:
    """How one wants to be told from now on; what is packed already goes as it was packed."""
    said: dict[str, Any] = {
        "lang": lang,
        "hour": hour,
        "workdays": workdays,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
    }
    habit = desk.find(NoticeHabit, NoticeHabit.user_id == desk.actor.id)
    if habit is None:
        habit = desk.add(NoticeHabit(user_id=desk.actor.id, paces=dict(paces), **said))
    for name, value in {**said, "paces": dict(paces)}.items():
        setattr(habit, name, value)
    desk.session.flush()
    desk.note(Act.SET_NOTICES, habit, **said, paces=dict(paces))
