"""Passwords, patience and the life of a session, as plain arithmetic."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address

from financing.roles import Role

LONGEST = 128
MIXED = 3  # kinds of characters out of four, where a zone asks for them
#: Words that guessers try first: the commonest, and those of the zone, the banks and the product.
BLOCKED = (
    "password", "passw0rd", "qwerty", "asdfgh", "zxcvbn", "letmein", "welcome", "iloveyou", "admin", "administrator", "root", "woaini",
    "123456", "654321", "111111", "000000", "666666", "888888", "112233", "123123", "abcdef", "abc123", "a1b2c3", "1q2w3e", "1qaz2wsx",
    "yuanrong", "yuanrongtong", "park", "zone", "kaifaqu", "jingkaiqu", "yinhang", "bank", "icbc", "danbao", "finance",
    "园融通", "经开区", "开发区", "银行", "担保", "密码",
)  # fmt: skip

FREE_TRIES = 5
#: Waits after each further failure; the last one repeats, and no account is ever locked for good (F-29).
WAITS = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 240, 480, 900))
FORGIVEN_AFTER = timedelta(days=1)
ADDRESS_TRIES, ADDRESS_WINDOW = 30, timedelta(minutes=1)

WHOLE_LIFE = timedelta(hours=8)
TOUCH = timedelta(minutes=1)
INVITED_FOR = timedelta(days=7)
FIRST_FOR = timedelta(minutes=30)  # a code from the command line, made for whoever sits beside it (C-18)
KNOWN_FOR = timedelta(days=30)


#: Roles that decide, move money or let others in: nobody is given one by a single person (SECURITY §1.2).
BY_TWO = frozenset({Role.MEMBER, Role.CHAIR, Role.FUND, Role.LEADER, Role.ADMIN})
#: Administrators by their remit and auditors: what one of them does, another looks after.
THREE = frozenset({Role.ADMIN, Role.AUDITOR})


class Waits(StrEnum):
    """What a session still waits for after the password; until then it opens nothing else."""

    CODE = "code"
    SETUP = "setup"
    PASSWORD = "password"  # noqa: S105  a new one, where the zone asks for a change


class Weakness(StrEnum):
    """Why a password will not do."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    LEAKED = "leaked"
    LOGIN = "login"
    PLAIN = "plain"
    SAME = "same"


def shortest(*, firm: bool) -> int:
    """Characters a password must have: firms 12, everybody who decides over others 15."""
    return 12 if firm else 15


def weakness(password: str, login: str, *, firm: bool, mixed: bool = False) -> Weakness | None:
    """The first reason against a password, or None. Length is what counts (C-15); `mixed` where a zone asks for kinds of characters too."""
    small = password.lower()
    if len(password) < shortest(firm=firm):
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    if len(login) >= 3 and login.lower() in small:
        return Weakness.LOGIN
    if len(set(small)) < 5 or _left_without(small) < 8:
        return Weakness.COMMON
    return Weakness.PLAIN if mixed and kinds(password) < MIXED else None


def kinds(password: str) -> int:
    """Of how many kinds its characters are: small letters, capitals, digits, others."""
    tests = (str.islower, str.isupper, str.isdigit)
    plain = sum(any(test(sign) for sign in password) for test in tests)
    return plain + any(not any(test(sign) for test in tests) for sign in password)


def _left_without(password: str) -> int:
    """Characters that remain when every word guessers try is taken out."""
    for word in sorted(BLOCKED, key=len, reverse=True):
        password = password.replace(word, "")
    return len(password)


def wait_after(failures: int) -> timedelta:
    """How long an account answers no further try after so many failures in a row."""
    if failures < FREE_TRIES:
        return timedelta(0)
    return WAITS[min(failures - FREE_TRIES, len(WAITS) - 1)]


def idle(*, firm: bool) -> timedelta:
    """How long a session lives without a request: firms half an hour, staff a quarter."""
    return timedelta(minutes=30 if firm else 15)


def alive(seen_at: datetime, until: datetime, now: datetime, *, firm: bool) -> bool:
    """Whether a session still counts; a clock set back a little ends nothing."""
    return now < until and now - seen_at < idle(firm=firm)


BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


def device(agent: str) -> str:
    """A browser by what it says of itself: its name and its system, nothing finer; empty where it says nothing known."""
    found = (next((name for sign, name in known if sign in agent), "") for known in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, found))


def shortened(address: str) -> str:
    """An address without its end: the network, not the machine; empty for what is none."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if known.version == 4:
        return ".".join([*str(known).split(".")[:2], "*", "*"])
    return ":".join([*known.exploded.split(":")[:3], "*"])
