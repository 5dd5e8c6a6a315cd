"""Which way a notice goes and when (通知方式), without a database: groups of acts, paces, quiet hours, codes, troubles."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

#: How long a code to confirm an address is good for, and how often one may guess at it.
CODE_LASTS, CODE_TRIES = timedelta(minutes=30), 5
#: How long a sender may take over a message before another one tries; longer than all its time limits together.
LEASE = timedelta(minutes=3)
#: Readable numbers of matters and months; whatever else a notice carries never leaves the house.
NUMBER = re.compile(r"[A-Z]{2}\d{4}-\d{4,6}(-\d{1,3})?|\d{4}-\d{2}")


class Medium(StrEnum):
    """A way out of the house; the notice on the site itself is always there."""

    EMAIL = "email"
    CHAT = "chat"


class Robot(StrEnum):
    """Whose work chat a robot speaks in."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    PLAIN = "plain"  # JSON of ours, signed


class Group(StrEnum):
    """Events that one chooses a pace for together."""

    NEEDS = "needs"
    GUARANTEE = "guarantee"
    BANKS = "banks"
    SESSIONS = "sessions"
    REST = "rest"


class Pace(StrEnum):
    NOW = "now"
    DAILY = "daily"
    NEVER = "never"


class Lang(StrEnum):
    """In which languages a message speaks; Chinese comes first."""

    ZH = "zh"
    EN = "en"


class Parceled(StrEnum):
    """What a message is."""

    SINGLE = "single"
    DIGEST = "digest"
    CODE = "code"
    BULLETIN = "bulletin"


class Fate(StrEnum):
    """What has become of a message."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"  # given up, until somebody tries again
    DROPPED = "dropped"  # its address is gone


class Trouble(StrEnum):
    """Why a message did not go out, as far as an operator can act on it."""

    NOT_SET_UP = "not_set_up"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    NOT_TRUSTED = "not_trusted"
    PUT_OFF = "put_off"
    REFUSED = "refused"
    NOT_ALLOWED = "not_allowed"


#: Trying again would not help.
FINAL = frozenset({Trouble.REFUSED, Trouble.NOT_ALLOWED})

_BEGINS: Mapping[Group, frozenset[str]] = {
    Group.NEEDS: frozenset({"need", "paper", "flag", "survey", "condition", "contest", "clock", "supplement", "extension"}),
    Group.GUARANTEE: frozenset(
        {"case", "meeting", "security", "interest", "expert", "letter", "entry", "guarantee", "terms", "agreement", "return", "alarm", "compensation", "part", "breaker", "recovery", "review", "share", "check", "warning"}
    ),
    Group.BANKS: frozenset({"match", "dossier", "consent", "offer", "item", "claim", "release", "drawdown", "reversal"}),
    Group.SESSIONS: frozenset({"session", "guest", "intent", "commitment"}),
}  # fmt: skip


def group(act: str) -> Group:
    """The group of an act by the first part of its word; whatever nobody claims is the rest."""
    return next((one for one, begins in _BEGINS.items() if act.split(".", maxsplit=1)[0] in begins), Group.REST)


@dataclass(frozen=True, slots=True)
class Habits:
    """How one person wants to be told: hours are of the day in Beijing."""

    lang: str = "zh"
    hour: int = 9
    workdays: bool = True
    quiet_from: int = 22
    quiet_until: int = 7
    paces: Mapping[str, str] = field(default_factory=dict)

    def pace(self, medium: Medium, group: Group) -> Pace:
        """At once, unless chosen otherwise."""
        return Pace(self.paces.get(f"{medium}_{group}", Pace.NOW))


def due(pace: Pace, habits: Habits, local: datetime, works: Callable[[date], bool]) -> datetime:
    """When a message about something that happened at `local` (Beijing) goes out: after the quiet hours, or with the next digest."""
    if pace is Pace.NOW:
        return _after_quiet(habits, local)
    day = local.date() if local.hour < habits.hour else local.date() + timedelta(days=1)
    while habits.workdays and not works(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(habits.hour), local.tzinfo)


def _after_quiet(habits: Habits, local: datetime) -> datetime:
    begin, end = habits.quiet_from, habits.quiet_until
    quiet = begin <= local.hour < end if begin <= end else local.hour >= begin or local.hour < end
    if not quiet:
        return local
    day = local.date() if local.hour < end else local.date() + timedelta(days=1)
    return datetime.combine(day, time(end), local.tzinfo)


def code(secret: bytes, address_id: int, asked_at: datetime) -> str:
    """The eight digits that prove who reads an address; worked out, never stored."""
    said = f"address\n{address_id}\n{asked_at.timestamp():.6f}".encode()
    return f"{int.from_bytes(hmac.digest(secret, said, hashlib.sha256)[:8]) % 10**8:08d}"


def stop_token(secret: bytes, key: int, what: str = "stop") -> str:
    """What stands in the stop link: the address or subscription it stops, and our signature that it came from us."""
    return f"{key:x}.{_signed(secret, key, what)}"


def _signed(secret: bytes, key: int, what: str) -> str:
    return hmac.new(secret, f"{what}\n{key}".encode(), hashlib.sha256).hexdigest()[:40]


def stopped(secret: bytes, token: str, what: str = "stop") -> int | None:
    """What a stop link names, or None when it is not of our making."""
    if not re.fullmatch(r"[0-9a-f]{1,16}\.[0-9a-f]{40}", token):
        return None
    key = int(token.partition(".")[0], 16)
    return key if hmac.compare_digest(stop_token(secret, key, what), token) else None


def number(said: str) -> str:
    """The number of a matter when it is one, else nothing: a credit code or a name never leaves the house."""
    return said if NUMBER.fullmatch(said) else ""
