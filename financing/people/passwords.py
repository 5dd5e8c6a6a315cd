"""Password hashes (argon2id, 19 MiB, two passes), at most two at once so that a hundred sign-ins cannot eat the memory."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16, type=Type.ID)
_AT_ONCE = BoundedSemaphore(2)


def hashed(password: str) -> str:
    with _AT_ONCE:
        return HASHER.hash(password)


def fits(hash_: str, password: str) -> bool:
    with _AT_ONCE:
        try:
            return HASHER.verify(hash_, password)
        except (VerificationError, InvalidHashError):
            return False


def stale(hash_: str) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return HASHER.check_needs_rehash(hash_)


@cache
def nobody() -> str:
    """A hash that no password fits: an unknown account takes the same time as a known one (F-30)."""
    return hashed("\0")
