"""A tree over the lines of the journal (日志树): one line is proved by some twenty digests; standard library only.

node = H(0x02 ‖ left ‖ right) over the leaves of `journal_check`, each half as full as RFC 6962 section 2.1 has it: the left one holds the
largest power of two below the number of leaves. Whole subtrees are its peaks, the largest first; who keeps them goes on without the leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from financing.journal_check import SHA256, hashed


def node(left: bytes, right: bytes, by: str = SHA256) -> bytes:
    """What two subtrees come to; `by` names H: one tree has one, whatever its leaves were hashed with."""
    return hashed(by, b"\x02" + left + right)


def grown(peaks: Sequence[bytes], count: int, leaves: Iterable[bytes], by: str = SHA256) -> tuple[list[bytes], int]:
    """The peaks and the number of leaves once these leaves have come after the `count` that were there."""
    found = list(peaks)
    for one in leaves:
        top, size = one, count
        while size % 2:  # as many whole subtrees close as the number ends in ones
            top, size = node(found.pop(), top, by), size // 2
        found.append(top)
        count += 1
    return found, count


def root(peaks: Sequence[bytes], by: str = SHA256) -> bytes:
    """The one digest of the whole tree."""
    if not peaks:
        return hashed(by, b"")
    top = peaks[-1]
    for left in reversed(peaks[:-1]):
        top = node(left, top, by)
    return top


def root_of(leaves: Iterable[bytes], by: str = SHA256) -> bytes:
    return root(grown((), 0, leaves, by)[0], by)


def path(leaves: Sequence[bytes], place: int, by: str = SHA256) -> list[bytes]:
    """What stands beside the way from the leaf at this place (from nought) up to the root, the nearest first."""
    if len(leaves) < 2:
        return []
    half = _half(len(leaves))
    if place < half:
        return [*path(leaves[:half], place, by), root_of(leaves[half:], by)]
    return [*path(leaves[half:], place - half, by), root_of(leaves[:half], by)]


def climbed(leaf: bytes, place: int, count: int, beside: Sequence[bytes], by: str = SHA256) -> bytes:
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
        leaf = node(leaf, other, by) if left else node(other, leaf, by)
    return leaf


def _half(count: int) -> int:
    """The largest power of two below a number."""
    return 1 << (count - 1).bit_length() - 1
