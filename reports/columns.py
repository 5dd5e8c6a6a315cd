"""Short rows set side by side (分栏), read downwards, so that a table of months does not fill a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
Row = tuple[str, str, str]
#: Letters that three cells of a column hold when four or three columns share the width of the page.
HOLDS = {4: 21.5, 3: 31}
GAPS = (3.6, 1.5, 1.5)  # letters of space around the three cells


@dataclass(frozen=True, slots=True)
class Columns(Generic[Item]):
    """Groups of rows, one beside the other, under the same heads, and the width of each cell in per cent of the page."""

    heads: tuple[str, str, str]
    groups: list[list[Item]]
    widths: tuple[float, ...]


def columns(rows: Sequence[Row], heads: Row) -> Columns[Row]:
    """Rows of three short cells in as many columns as fit: every cell keeps to one line, every head to whole words."""
    measured = [[_longest_word(head) for head in heads], *([len(cell) for cell in row] for row in rows)]
    longest = [max(letters) for letters in zip(*measured, strict=True)]
    count = next((count for count, letters in HOLDS.items() if sum(longest) <= letters), 2)
    places = [letters + gap for letters, gap in zip(longest, GAPS, strict=True)]
    widths = tuple(round(100 / count * place / sum(places), 2) for place in places)
    return Columns(heads, split(rows, count), widths)


def split(rows: Sequence[Item], count: int) -> list[list[Item]]:
    """The rows in so many columns read downwards, of equal length but the last."""
    height = max(1, -(-len(rows) // count))
    return [list(rows[start : start + height]) for start in range(0, len(rows), height)]


def _longest_word(head: str) -> int:
    """In letters; a Chinese character is as wide as two."""
    return max(sum(2 if letter > "\u2e7f" else 1 for letter in word) for word in head.split())
