"""Identifiers of the big zone: the same for the same seed, kind and number, and never twice in one kind."""

from __future__ import annotations

import hashlib
from functools import cache

#: An odd factor makes the number walk through all of 52 bits before it comes back.
FACTOR, MASK = 0x9E3779B97F4A7, (1 << 52) - 1


@cache
def _start(seed: int, kind: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}:{kind}".encode()).digest()[:7]) & MASK


def key(seed: int, kind: str, number: int) -> int:
    """The id of the n-th thing of a kind."""
    return (_start(seed, kind) + number * FACTOR) & MASK | 1 << 52
