"""Sessions (登录): begun by the right password, whole after the second factor, known by a token that only the browser holds."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, or_, select

from financing.access import FIRM, SYSTEM, Actor
from financing.acts import Act
from financing.db import Database
from financing.desk import Desk, opened
from financing.once import digest
from financing.parameters import figure
from financing.people import rules
from financing.people.model import LoginSession, Passkey, User
from financing.people.rules import Waits
from financing.refusals import NotSignedIn

#: Who comes by a token: what makes an actor, how long the session has been, what it waits for, when it was last proved, and
#: whether by more than a password.
WHO = (
    select(
        *(User.id, User.role, User.firm_id, User.bank_id, User.name, LoginSession.seen_at, LoginSession.until),
        LoginSession.waits,
        User.remit,
        func.coalesce(LoginSession.stepped_up_at, LoginSession.started_at).label("proved_at"),
        or_(User.second_factor.is_not(None), exists().where(Passkey.user_id == User.id)).label("factored"),
    )
    .join(LoginSession, LoginSession.user_id == User.id)
    .where(LoginSession.token_hash == bindparam("token"), User.active, User.slept_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody with a session: who, what it still waits for, and when they last proved that it is they."""

    actor: Actor
    waits: Waits | None
    proved_at: datetime
    factored: bool  # by a second factor: who has one never proves anything without it


def coming(database: Database, token: str, now: datetime) -> Coming | None:
    """Who is behind a token, read anew each time; None when the session or the account has ended.

    Every page begins here: one statement of columns, put together once and asked by itself.
    """
    with database.single.connect() as connection:
        found = connection.execute(WHO, {"token": digest(token)}).one_or_none()
    if found is None or not rules.alive(found.seen_at, found.until, now, firm=found.role in FIRM):
        return None
    if now - found.seen_at >= rules.TOUCH:
        with opened(database, SYSTEM, now) as desk:
            desk.session.get_one(LoginSession, digest(token)).seen_at = now
    return Coming(Actor(*found[:5], remit=found.remit), found.waits, found.proved_at, found.factored)


def who(database: Database, token: str, now: datetime) -> Actor | None:
    """The actor behind a token; None also while the session waits for anything."""
    found = coming(database, token, now)
    return found.actor if found and found.waits is None else None


def begin(desk: Desk, user: User, address: str, agent: str, waits: Waits | None, former: str) -> str:
    """A new session's token; what this browser had before ends (`former`, its token), and of those beyond the most allowed the longest unused."""
    if (old := desk.session.get(LoginSession, digest(former))) and old.until > desk.now:
        old.until = desk.now
    _end_oldest(desk, user)
    facts = {"address": digest(address), "device": rules.device(agent), "place": rules.shortened(address)}
    return _put(desk, user.id, waits, started_at=desk.now, until=desk.now + rules.WHOLE_LIFE, **facts)


def renew(desk: Desk, token: str, waits: Waits | None) -> str:
    """The same session, proved now, under a new name: the old name is worth nothing from here on (I-28)."""
    old = at_hand(desk, token)
    until, old.until = old.until, desk.now
    kept = {name: getattr(old, name) for name in ("started_at", "address", "device", "place")}
    return _put(desk, old.user_id, waits, until=until, **kept)


def at_hand(desk: Desk, token: str) -> LoginSession:
    """The open session of the person at the desk by its token, locked; NotSignedIn."""
    found = desk.session.get(LoginSession, digest(token), with_for_update=True, populate_existing=True)
    if found is None or found.until <= desk.now or found.user_id != desk.actor.id:
        raise NotSignedIn
    return found


def _put(desk: Desk, user_id: int, waits: Waits | None, **facts: Any) -> str:
    token = secrets.token_urlsafe(32)
    own = facts | {"token_hash": digest(token), "user_id": user_id, "waits": waits}
    desk.add(LoginSession(**own, seen_at=desk.now, stepped_up_at=desk.now))
    return token


def _end_oldest(desk: Desk, user: User) -> None:
    """Leave room for one more: the sessions longest unused end first."""
    most = figure("sign_ins_most", desk.today).value
    for old in open_ones(desk, user.id)[most - 1 :]:
        old.until = desk.now


def open_ones(desk: Desk, user_id: int) -> list[LoginSession]:
    """The open sessions of a person, the latest used first."""
    mine = (LoginSession.user_id == user_id, LoginSession.until > desk.now)
    return list(desk.session.scalars(select(LoginSession).where(*mine).order_by(LoginSession.seen_at.desc())))


def devices(desk: Desk, user_id: int) -> set[str]:
    """The devices a person has signed in on lately, as they said of themselves."""
    lately = (LoginSession.user_id == user_id, LoginSession.started_at > desk.now - rules.KNOWN_FOR)
    return set(desk.session.scalars(select(LoginSession.device).where(*lately).distinct()))


def end(desk: Desk, user_id: int, *, but: str = "", only: str = "") -> int:
    """End the open sessions of a person, all `but` the one of a token, or `only` that one; how many ended."""
    chosen = [
        one
        for one in open_ones(desk, user_id)
        if (not but or one.token_hash != digest(but)) and (not only or one.token_hash == digest(only))
    ]
    for one in chosen:
        one.until = desk.now
    return len(chosen)


def end_some(desk: Desk, user: User, token: str, mark: str) -> int:
    """End the person's session of this mark, or with none all but the one at hand; how many ended."""
    marked = [
        one
        for one in open_ones(desk, user.id)
        if mark_of(one) == mark or (not mark and one.token_hash != digest(token))
    ]
    for one in marked:
        one.until = desk.now
    desk.note(Act.END_SIGN_IN, user, ended=len(marked))
    return len(marked)


def mark_of(session: LoginSession) -> str:
    """What a page calls a session: of no use to whoever wants to take it over."""
    return session.token_hash[:16]


def sign_out(desk: Desk, user: User, token: str) -> None:
    """End this session."""
    end(desk, user.id, only=token)
    desk.note(Act.SIGN_OUT, user)


def sign_out_everywhere(desk: Desk, user: User) -> None:
    """End every session of the person at the desk."""
    end(desk, user.id)
    desk.note(Act.SIGN_OUT, user, everywhere=True)
