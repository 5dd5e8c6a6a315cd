"""What has been kept long enough (到期清除): erased each night by the periods of the register, with a row that tells how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from financing import parameters
from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.erasing_walls import ERASED
from financing.events.model import Event, EventPlace
from financing.forums.day_model import Guest
from financing.forums.model import ForumSession
from financing.journal import Entry
from financing.notices.model import NoticeAddress
from financing.parties.model import Firm
from financing.people.model import Invitation, LoginSession, Tries, User
from financing.personal import erasing, holds
from financing.personal.model import Expired
from financing.personal.rules import Held

#: The figure of a firm of which nothing has to be kept any more.
YEARS = "personal_case_years"
#: Erases what is older than a moment; how many rows.
Sweep = Callable[[Desk, datetime], int]


def run(desk: Desk) -> int:
    """Everything whose time is over; how many rows were erased."""
    return sum(_swept(desk, held, key, sweep) for held, (key, sweep) in SWEEPS.items()) + _silent(desk)


def _swept(desk: Desk, held: Held, key: str, sweep: Sweep) -> int:
    before = desk.today - timedelta(days=parameters.figure(key, desk.today).value)
    return _told(desk, held, key, before, sweep(desk, datetime.combine(before, datetime.min.time(), BEIJING)))


def _told(desk: Desk, held: Held, key: str, before: date, count: int) -> int:
    if count:
        told = Expired(day=desk.today, held=held, before=before, figure=key, rows=count, at=desk.now)
        desk.note(Act.EXPIRE_PERSONAL, desk.add(told), held=held, before=before, rows=count)
    return count


def _sign_ins(desk: Desk, before: datetime) -> int:
    over = delete(LoginSession).where(LoginSession.started_at < before, LoginSession.until < desk.now)
    return _gone(desk, over) + _gone(desk, delete(Tries).where(Tries.last_at < before))


def _invitations(desk: Desk, before: datetime) -> int:
    over = func.coalesce(Invitation.used_at, Invitation.until) < before
    return _gone(desk, update(Invitation).where(over, Invitation.name != ERASED).values(name=ERASED))


def _channels(desk: Desk, before: datetime) -> int:
    over = (NoticeAddress.ended_at < before, NoticeAddress.target != ERASED)
    return _gone(desk, update(NoticeAddress).where(*over).values(target=ERASED, secret="", sealed=None))


def _taking_part(desk: Desk, before: datetime) -> int:
    """Who came to an event, and who sat at the table of a firm: the number of people stays."""
    ended = select(Event.id).where(Event.ends < before)
    places = update(EventPlace).where(EventPlace.event_id.in_(ended), EventPlace.phone != ERASED)
    held = select(ForumSession.id).where(ForumSession.day < before.date())
    guests = update(Guest).where(Guest.session_id.in_(held), Guest.person.not_in(("", ERASED)))
    return _gone(desk, places.values(names=[], phone=ERASED)) + _gone(desk, guests.values(person=ERASED))


def _accounts(desk: Desk, before: datetime) -> int:
    """Closed accounts, so long after their last sign-in."""
    last = func.coalesce(User.used_at, User.joined_at)
    over = select(User).where(User.active.is_(False), last < before, User.name != ERASED)
    found = list(desk.session.scalars(over))
    for user in found:
        erasing.person(desk, user)
    return len(found)


def _gone(desk: Desk, statement: Any) -> int:
    done: Any = desk.session.execute(statement)
    return int(done.rowcount)


SWEEPS: Mapping[Held, tuple[str, Sweep]] = {
    Held.SIGN_IN: ("personal_sign_in_days", _sign_ins),
    Held.INVITATION: ("personal_invitation_days", _invitations),
    Held.CHANNEL: ("personal_channel_days", _channels),
    Held.TAKING_PART: ("personal_taking_part_days", _taking_part),
    Held.ACCOUNT: ("personal_account_days", _accounts),
}


def silent(desk: Desk) -> list[int]:
    """Firms of which nothing has to be kept and nothing was heard for the years of a case file, not erased yet."""
    years = parameters.figure(YEARS, desk.today).value
    before = datetime.combine(holds.later(desk.today, -years), datetime.min.time(), BEIJING)
    heard = select(Entry.seq).where(Entry.firm_id == Firm.id, Entry.at >= before).exists()
    old = select(Firm.id).where(Firm.registered_at < before, Firm.representative != ERASED, ~heard)
    return [key for key in desk.session.scalars(old.order_by(Firm.id)) if not holds.of_firm(desk, key)]


def _silent(desk: Desk) -> int:
    keys = silent(desk)
    for key in keys:
        erasing.firm(desk, desk.session.get_one(Firm, key))
    years = parameters.figure(YEARS, desk.today).value
    return _told(desk, Held.CONTACT, YEARS, holds.later(desk.today, -years), len(keys))


def report(desk: Desk, most: int) -> list[Expired]:
    """What was erased, night by night, the newest first."""
    return desk.all(Expired, by=Expired.day.desc())[:most]
