"""A tree over the lines of the journal (日志树): one line is proved by some twenty digests; standard library only.

node = SHA-256(0x02 ‖ left ‖ right) over the leaves of `journal_check`, each half as full as RFC 6962 section 2.1 has it: the left one holds the
largest power of two below the number of leaves. Whole subtrees are its peaks, the largest first; who keeps them goes on without the leaves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY = hashlib.sha256(b"").digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x02" + left + right).digest()


def grown(peaks: Sequence[bytes], count: int, leaves: Iterable[bytes]) -> tuple[list[bytes], int]:
    """The peaks and the number of leaves once these leaves have come after the `count` that were there."""
    found = list(peaks)
    for one in leaves:
        top, size = one, count
        while size % 2:  # as many whole subtrees close as the number ends in ones
            top, size = node(found.pop(), top), size // 2
        found.append(top)
        count += 1
    return found, count


def root(peaks: Sequence[bytes]) -> bytes:
    """The one digest of the whole tree."""
    if not peaks:
        return EMPTY
    top = peaks[-1]
    for left in reversed(peaks[:-1]):
        top = node(left, top)
    return top


def root_of(leaves: Iterable[bytes]) -> bytes:
    return root(grown((), 0, leaves)[0])


def path(leaves: Sequence[bytes], place: int) -> list[bytes]:
    """What stands beside the way from the leaf at this place (from nought) up to the root, the nearest first."""
    if len(leaves) < 2:
        return []
    half = _half(len(leaves))
    if place < half:
        return [*path(leaves[:half], place), root_of(leaves[half:])]
    return [*path(leaves[half:], place - half), root_of(leaves[:half])]


def climbed(leaf: bytes, place: int, count: int, beside: Sequence[bytes]) -> bytes:
    """The root that a leaf at this place among `count` leads to; ValueError when the way has another length than that tree."""
    turns: list[bool] = []
    while count > 1:
        half = _half(count)
        left = place < half
        turns.append(left)
        place, count = (place, half) if left else (place - half, count - half)
    if len(turns) != len(beside):
        raise ValueError("路径长度不符 | the way has another length")
    for left, other in zip(reversed(turns), beside, strict=True):
        leaf = node(leaf, other) if left else node(other, leaf)
    return leaf


def _half(count: int) -> int:
    """The largest power of two below a number."""
    return 1 << (count - 1).bit_length() - 1
