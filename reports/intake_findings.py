"""What was found wrong or odd in a workbook, cell by cell, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Gravity(StrEnum):
    """An error refuses the whole book; a notice is counted and shown, and the book is taken in."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one cell (or `count` cells of which this is the first), with the row as the spreadsheet shows it."""

    sheet: str
    row: int | None
    column: str
    value: str
    code: str
    gravity: Gravity = Gravity.ERROR
    count: int = 1

    def mend(self, translate: Callable[[str], str] = str) -> str:
        """What is wrong and what to do about it, in one sentence."""
        return translate(MENDS[self.code])


MENDS: dict[str, str] = {}
