"""Short rows set side by side (分栏), read downwards, so that a table of months does not fill a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
Row = tuple[str, str, str]
#: Letters that three cells of a column hold when four or three columns share the width of the page.
HOLDS = {4: 22, 3: 32}
GAP = 3  # letters of space around a cell


@dataclass(frozen=True, slots=True)
class Columns(Generic[Item]):
    """Groups of rows, one beside the other, and the width of each cell of a row in per cent of the page."""

    groups: list[list[Item]]
    widths: tuple[float, ...] = ()


def columns(rows: Sequence[Row]) -> Columns[Row]:
    """Rows of three short cells in as many columns as their longest cells allow; every cell keeps to one line."""
    longest = [max(len(cell) for cell in cells) for cells in zip(*rows, strict=True)] or [1, 1, 1]
    count = next((count for count, letters in HOLDS.items() if sum(longest) <= letters), 2)
    whole = sum(longest) + GAP * len(longest)
    widths = tuple(round(100 / count * (letters + GAP) / whole, 2) for letters in longest)
    return Columns(split(rows, count), widths)


def split(rows: Sequence[Item], count: int) -> list[list[Item]]:
    """The rows in so many columns read downwards, of equal length but the last."""
    height = max(1, -(-len(rows) // count))
    return [list(rows[start : start + height]) for start in range(0, len(rows), height)]
