"""The second factor (二次验证): time codes, passkeys and recovery codes of one's own account, and who needs one (C-16)."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, select

from financing import parameters
from financing.access import Role
from financing.acts import Act
from financing.desk import Desk
from financing.once import digest
from financing.people import alerts, sessions, totp
from financing.people.model import Passkey, User
from financing.people.rules import Waits
from financing.refusals import NotFound
from financing.sealing import ring
from financing.sign_refusals import FactorWanted, HalfwayIn, NoFactor, WrongProof

PLACE = "account.second_factor"
#: Letters and digits that nobody takes for one another; twenty-four of them are a hundred and twenty random bits, so that a plain digest keeps
#: them (ASVS 6.5.2). Codes given before had sixteen, and serve until they are used or made anew.
SIGNS, SIGNS_OF_ONE, CODES = "0123456789abcdefghjkmnpqrstvwxyz", 24, 10
LENGTHS = frozenset({16, SIGNS_OF_ONE})


@dataclass(frozen=True, slots=True)
class Set:
    """What came of a change of the factor: the session's new token, and recovery codes where new ones were made, told once."""

    token: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody can prove themselves with."""

    coded: bool
    passkeys: tuple[Passkey, ...]
    left: int  # recovery codes
    needed: bool

    @property
    def any(self) -> bool:
        return self.coded or bool(self.passkeys)


def needed(role: Role, on: date) -> bool:
    """Whether this role does nothing without a second factor, on a day."""
    return parameters.figure(f"second_factor_{role}", on).value == 1


def has_one(desk: Desk, user: User) -> bool:
    """Whether the person can prove themselves by more than the password."""
    key = exists().where(Passkey.user_id == user.id)
    return user.second_factor is not None or bool(desk.session.scalar(select(key)))


def waits(desk: Desk, user: User, *, strict: bool) -> Waits | None:
    """What a session waits for after the right password; `strict` where this deployment asks for what the roles need."""
    if has_one(desk, user):
        return Waits.CODE
    return Waits.SETUP if strict and needed(user.role, desk.today) else overdue(desk, user)


def overdue(desk: Desk, user: User) -> Waits | None:
    """A new password is waited for where the zone asks for a change from time to time and the time is over (C-19)."""
    days = parameters.figure("password_days", desk.today).value
    since = user.password_at or user.joined_at
    return Waits.PASSWORD if days and desk.now - since >= timedelta(days=days) else None


def mine(desk: Desk, user: User) -> Factors:
    keys = desk.all(Passkey, Passkey.user_id == user.id, by=Passkey.made_at)
    return Factors(
        user.second_factor is not None, tuple(keys), len(user.recovery.split()), needed(user.role, desk.today)
    )


def proposed(desk: Desk, token: str) -> bytes:
    """The secret that this session would set up: the same as often as its page is shown, known to no other session."""
    return ring(desk.session).derived(f"second factor\n{token}")[: totp.SECRET]


def set_codes(desk: Desk, user: User, token: str, said: str) -> Set:
    """Turn on time codes by the first right one; an earlier secret ends. WrongProof."""
    secret = proposed(desk, token)
    step = totp.found(secret, _digits(said), desk.now, 0)
    if step is None:
        raise WrongProof(field="time_code")
    user.second_factor, user.factor_step = ring(desk.session).seal(PLACE, user.id, secret), step
    desk.note(Act.SET_FACTOR, user)
    alerts.changed(desk, user, Act.SET_FACTOR)
    return changed(desk, user, token)


def drop_codes(desk: Desk, user: User, token: str) -> Set:
    """Turn off time codes; FactorWanted for the last factor of who needs one."""
    user.second_factor, user.factor_step = None, 0
    _still_proved(desk, user)
    desk.note(Act.DROP_FACTOR, user)
    alerts.changed(desk, user, Act.DROP_FACTOR)
    return changed(desk, user, token)


def drop_passkey(desk: Desk, user: User, passkey: Passkey, token: str) -> Set:
    """Remove one's own passkey; FactorWanted as above."""
    desk.session.delete(passkey)
    desk.session.flush()
    _still_proved(desk, user)
    desk.note(Act.DROP_PASSKEY, user)
    alerts.changed(desk, user, Act.DROP_PASSKEY)
    return changed(desk, user, token)


def renew_codes(desk: Desk, user: User) -> tuple[str, ...]:
    """Ten new recovery codes, told once; the earlier ones end."""
    if not has_one(desk, user):
        raise NoFactor
    desk.note(Act.RENEW_CODES, user)
    alerts.changed(desk, user, Act.RENEW_CODES)
    return _new_codes(user)


def reset(desk: Desk, user: User) -> None:
    """Take away every second factor of somebody who has lost theirs; their sessions end, and they set one up after the password."""
    if user.id == desk.actor.id:
        raise NotFound(kind="User")
    user.second_factor, user.factor_step, user.recovery = None, 0, ""
    for passkey in desk.session.scalars(select(Passkey).where(Passkey.user_id == user.id)):
        desk.session.delete(passkey)
    sessions.end(desk, user.id)
    desk.note(Act.RESET_FACTOR, user)
    alerts.changed(desk, user, Act.RESET_FACTOR)


def changed(desk: Desk, user: User, token: str) -> Set:
    """After any change of the factor: this session under a new name, every other one ended, codes where there were none."""
    waited = sessions.at_hand(desk, token).waits
    if waited is Waits.CODE:
        raise HalfwayIn(waits=waited)
    desk.session.flush()
    new = sessions.renew(desk, token, overdue(desk, user) if waited else None)
    desk.session.flush()
    sessions.end(desk, user.id, but=new)
    if not has_one(desk, user):
        user.recovery = ""
        return Set(new)
    return Set(new, () if user.recovery else _new_codes(user))


def code_fits(desk: Desk, user: User, said: str) -> bool:
    """Whether a time code is right now and was not used; it never counts again. Call with the account locked."""
    if user.second_factor is None:
        return False
    secret = ring(desk.session).open(PLACE, user.id, user.second_factor)
    step = totp.found(secret, _digits(said), desk.now, user.factor_step)
    user.factor_step = step or user.factor_step
    return step is not None


def recovery_fits(user: User, said: str) -> bool:
    """Whether it is a recovery code that is left; it is not any more. Call with the account locked."""
    left, one = user.recovery.split(), digest(_signs(said))
    if one not in left:
        return False
    user.recovery = " ".join(other for other in left if other != one)
    return True


def _still_proved(desk: Desk, user: User) -> None:
    if needed(user.role, desk.today) and not has_one(desk, user):
        raise FactorWanted


def _new_codes(user: User) -> tuple[str, ...]:
    codes = ["".join(secrets.choice(SIGNS) for _ in range(SIGNS_OF_ONE)) for _ in range(CODES)]
    user.recovery = " ".join(digest(code) for code in codes)
    return tuple("-".join(code[at : at + 4] for at in range(0, SIGNS_OF_ONE, 4)) for code in codes)


def _digits(said: str) -> str:
    return re.sub(r"\s", "", said)


def _signs(said: str) -> str:
    return re.sub(r"[\s-]", "", said).lower()


def looks_like_recovery(said: str) -> bool:
    """As many signs as a code has, with or without dashes."""
    return len(_signs(said)) in LENGTHS
