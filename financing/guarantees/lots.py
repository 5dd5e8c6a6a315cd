"""Lots (抽签): who comes out of a pool under a seed. Pure, so that anybody can work it out again by hand.

The seed is the SHA-256 of "number of the meeting:link of the journal line of its call": it exists only once the meeting has been
called and the pool stands, and nobody can choose it. Each expert's ticket is the SHA-256 of "seed:expert"; the lowest tickets win.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection


def seed(meeting: str, link: str) -> str:
    """The seed of a meeting's lots, in hexadecimal."""
    return _digest(f"{meeting}:{link}")


def ticket(seed: str, expert: int) -> str:
    """The ticket of one expert, in hexadecimal."""
    return _digest(f"{seed}:{expert}")


def order(seed: str, pool: Collection[int]) -> tuple[int, ...]:
    """The whole pool in the order of its tickets, whatever order it was given in."""
    return tuple(sorted(pool, key=lambda expert: (ticket(seed, expert), expert)))


def drawn(seed: str, pool: Collection[int], count: int, unable: Collection[int] = ()) -> tuple[int, ...]:
    """Who comes out: the first `count` in order but those who cannot come, each of whom the next in order replaces."""
    return tuple(expert for expert in order(seed, pool) if expert not in unable)[:count]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
