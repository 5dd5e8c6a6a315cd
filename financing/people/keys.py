"""Keys of banks' own systems (接口密钥, F106): given by the bank's administrator, taken by the officer who answers for it.

Two people, because the administrator reads no dossier: whoever gives a key never sees it, whoever takes it may already do all that
it opens. A key does nothing its officer may not do, and ends with the officer's account.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from financing import journal, parameters
from financing.access import SYSTEM, VISITOR, Actor, Role, require
from financing.acts import Act
from financing.bank_refusals import NotAnOfficer
from financing.db import Database
from financing.desk import Desk, opened
from financing.journal import Clue, Private
from financing.key_refusals import KeyTaken, KeyUnknown
from financing.once import digest
from financing.parameters import Figure
from financing.people import key_rules, tries
from financing.people.key_model import ApiKey
from financing.people.key_rules import KeyScope, KeyState
from financing.people.model import User
from financing.refusals import OutOfRange


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who comes with a key: the officer it acts for, and what it was given for."""

    actor: Actor
    scopes: frozenset[KeyScope]


@dataclass(frozen=True, slots=True)
class KeyView:
    """One key as the bank's own people see it."""

    key: ApiKey
    officer: str
    state: KeyState
    acts: tuple[Act, ...]


def usual_days(desk: Desk) -> Figure:
    """How long a key counts unless the bank says otherwise."""
    return parameters.figure("api_key_days", desk.today)


def give(desk: Desk, user: User, *, name: str, scopes: Iterable[KeyScope], days: int) -> ApiKey:
    """Set up a key that this officer of one's own bank will take and answer for."""
    require(desk.actor, Act.GIVE_KEY, user)
    if user.role is not Role.BANKER or not user.active or user.bank_id is None:
        raise NotAnOfficer
    most = parameters.figure("api_key_most_days", desk.today).value
    if not 1 <= days <= most:
        raise OutOfRange(field="days", least=1, most=most)
    until, wanted = desk.now + timedelta(days=days), sorted(set(scopes))
    key = desk.add(
        ApiKey(bank_id=user.bank_id, user_id=user.id, name=name, scopes=wanted, until=until, given_at=desk.now,
               given_by=desk.actor.id)
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.GIVE_KEY, key, user=user.id, scopes=wanted, until=until, name=Private(name))
    return key


def take(desk: Desk, key: ApiKey) -> str:
    """The key itself, told once to the officer who answers for it; KeyTaken ever after."""
    desk.session.refresh(key, with_for_update=True)
    require(desk.actor, Act.TAKE_KEY, key)
    if key.stands(desk.now) is not KeyState.WAITING:
        raise KeyTaken
    secret = key_rules.BEGINNING + secrets.token_urlsafe(key_rules.RANDOM)
    key.prefix, key.digest, key.taken_at = secret[: key_rules.SHOWN], digest(secret), desk.now
    desk.note(Act.TAKE_KEY, key)
    return secret


def revoke(desk: Desk, key: ApiKey) -> None:
    """End a key at once; ending it twice is ending it once."""
    desk.session.refresh(key, with_for_update=True)
    require(desk.actor, Act.REVOKE_KEY, key)
    if key.revoked_at is None:
        key.revoked_at, key.revoked_by = desk.now, desk.actor.id
        desk.note(Act.REVOKE_KEY, key)


def used(desk: Desk, **facts: object) -> None:
    """What a key has read that is not one dossier: one line, before anything leaves (I-11)."""
    desk.note(Act.USE_KEY, desk.get(ApiKey, desk.actor.key_id or 0), **facts)


def of_bank(desk: Desk) -> list[KeyView]:
    """The keys of one's own bank, the latest first."""
    rows = desk.session.execute(
        desk.select(ApiKey)
        .join(User, User.id == ApiKey.user_id)
        .add_columns(User.name)
        .order_by(ApiKey.given_at.desc())
    )
    return [KeyView(key, officer, key.stands(desk.now), _acts(desk, key)) for key, officer in rows]


def _acts(desk: Desk, key: ApiKey) -> tuple[Act, ...]:
    stands = key.stands(desk.now)
    open_ones = {KeyState.WAITING: (Act.TAKE_KEY, Act.REVOKE_KEY), KeyState.IN_FORCE: (Act.REVOKE_KEY,)}
    return tuple(act for act in open_ones.get(stands, ()) if desk.may(act, key))


def who(database: Database, secret: str, address: str, now: datetime, clue: Clue) -> Bearer:
    """Whom a key stands for now, read anew each time and counted; KeyUnknown, TooManyTries.

    The count is committed by itself, so that requests which come to nothing are counted as well.
    """
    if not key_rules.WELL_FORMED.fullmatch(secret):
        raise KeyUnknown  # no guess at a key: nothing to count
    with opened(database, SYSTEM, now) as desk:
        key, user = _found(desk, secret)
        if key is None or user is None:
            tries.ask(desk, address, "key")
            bearer = None
        else:
            tries.per_minute(desk, f"key\n{key.id}", parameters.figure("api_requests_per_minute", desk.today).value)
            bearer = _bearer(key, user) if _alive(key, user, now) else None
            key.used_at = now if bearer else key.used_at
    if bearer:
        return bearer
    if key is not None and user is not None:
        _turned_away(database, _bearer(key, user).actor, key, now, clue)
    raise KeyUnknown


def _found(desk: Desk, secret: str) -> tuple[ApiKey | None, User | None]:
    key = desk.session.scalar(select(ApiKey).where(ApiKey.digest == digest(secret)).with_for_update())
    return key, desk.session.get(User, key.user_id) if key else None


def _alive(key: ApiKey, user: User, now: datetime) -> bool:
    """A key counts as long as it stands and its officer is an active officer of the same bank."""
    officer = user.active and user.role is Role.BANKER and user.bank_id == key.bank_id
    return officer and key.stands(now) is KeyState.IN_FORCE


def _bearer(key: ApiKey, user: User) -> Bearer:
    """The officer, named together with the key, so that journal, viewings and papers tell both."""
    actor = Actor(user.id, user.role, None, key.bank_id, f"{user.name}（{key.name}）", key.id)
    return Bearer(actor, frozenset(KeyScope(scope) for scope in key.scopes))


def _turned_away(database: Database, actor: Actor, key: ApiKey, now: datetime, clue: Clue) -> None:
    """A key that counts no more is still known: its use is on record, at most a hundred times an hour."""
    with opened(database, VISITOR, now, write=False) as desk:
        counted = journal.denied(desk.session, actor, now)
    if counted:
        with opened(database, actor, now, clue) as desk:
            desk.note(Act.DENIED, key, code=KeyUnknown.code)
