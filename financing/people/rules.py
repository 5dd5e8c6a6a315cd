"""Passwords, patience and the life of a session, as plain arithmetic."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

LONGEST = 128
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
MOST_SESSIONS = 3
TOUCH = timedelta(minutes=1)
INVITED_FOR = timedelta(days=7)
KNOWN_FOR = timedelta(days=30)


class Waits(StrEnum):
    """What a session still waits for after the password; until then it opens nothing else."""

    CODE = "code"
    SETUP = "setup"


class Weakness(StrEnum):
    """Why a password will not do."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    LOGIN = "login"


def shortest(*, firm: bool) -> int:
    """Characters a password must have: firms 12, everybody who decides over others 15."""
    return 12 if firm else 15


def weakness(password: str, login: str, *, firm: bool) -> Weakness | None:
    """The first reason against a password, or None. No composition rules: length is what counts (C-15)."""
    small = password.lower()
    if len(password) < shortest(firm=firm):
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    if len(login) >= 3 and login.lower() in small:
        return Weakness.LOGIN
    if len(set(small)) < 5 or _left_without(small) < 8:
        return Weakness.COMMON
    return None


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
