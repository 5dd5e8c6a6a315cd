"""A batch of rows compared with what is on file (试算): what each row would do, and what stands there before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from financing.finding import Spelled
from financing.imports.rules import Fate
from financing.money import Fen, Rate
from financing.quality.rules import Fault

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that cannot be taken because of what is on file: the column, and the code of the sentence."""

    row: int
    column: str
    value: Any
    code: str


@dataclass(frozen=True, slots=True)
class Odd:
    """What a rule of data quality says of a row that is taken in all the same: the column, the rule, its figures."""

    row: int
    column: str
    value: Any
    fault: Fault
    figures: Mapping[str, str]


@dataclass(slots=True)
class Compared:
    """Rows to stage with the words by which what is new in them will be found, rows that cannot be taken, and what is odd."""

    staged: list[Row] = field(default_factory=list)
    words: dict[int, list[Spelled]] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)

    @property
    def moving(self) -> set[int]:
        """The rows that add or change something."""
        return {one["row"] for one in self.staged if one["fate"] is not Fate.SAME}

    def put(self, row: Row, key: str, fate: Fate, told: Row, former: Row | None = None, *, subject: int = 0, version: int = 0) -> None:  # fmt: skip
        """Take one row in."""
        self.staged.append({
            "row": row["row"], "key": key, "fate": fate, "told": told, "former": former or {}, "subject_id": subject,
            "subject_version": version,
        })  # fmt: skip

    def beside(self, row: Row, key: str, told: Row, there: Mapping[str, Any]) -> None:
        """Take in a row whose thing is on file: changed in what differs, or the same."""
        held = {name: plain(there[name]) for name in told}
        differs = {name: value for name, value in told.items() if value != held[name]}
        before = {name: held[name] for name in differs}
        fate = Fate.CHANGED if differs else Fate.SAME
        self.put(row, key, fate, differs, before, subject=there["id"], version=there["version"])


def plain(value: Any) -> Any:
    """A value as a staged row holds it: fen and ppm as whole numbers, days as text, enumerations as their word."""
    match value:
        case Fen():
            return value.fen
        case Rate():
            return value.ppm
        case StrEnum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
    return value
