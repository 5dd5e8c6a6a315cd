"""The lists of the national mechanism (申报清单、推荐清单): what stands in a row, when two rows are one, where a row stands. No database here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from financing.money import Fen

FILE = Path(__file__).parent / "columns.toml"


class ListKind(StrEnum):
    """All visited firms that wish for money, and those recommended to a bank."""

    APPLIED = "applied"
    RECOMMENDED = "recommended"


class ListStatus(StrEnum):
    PENDING = "pending"
    GRANTED = "granted"
    DECLINED = "declined"
    OVERDUE = "overdue"


#: What is reported back in a file; whether a row is overdue follows from the day.
ANSWERS = (ListStatus.GRANTED, ListStatus.DECLINED)
#: The five criteria of the mechanism; a firm is recommended only where all of them are met.
CRITERIA = ("lawful", "place", "real", "credit", "use")


@dataclass(frozen=True, slots=True)
class Template:
    """The sheets and headings in force from a day on, by key."""

    since: date
    source: str
    sheets: Mapping[str, str]
    heads: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bank did: the sum it granted, or the code of its reason."""

    status: ListStatus
    on: date
    granted: Fen | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One firm on one list; `row` is where it stood in a file, 0 for the platform's own."""

    kind: ListKind
    code: str
    name: str
    day: date
    amount: Fen
    months: int
    purpose: str
    bank: str = ""
    answer: Answer | None = None
    row: int = 0

    @property
    def key(self) -> tuple[ListKind, str, date, str]:
        """Two rows with the same key are one and the same matter."""
        return (self.kind, self.code, self.day, self.bank)

    @property
    def said(self) -> tuple[object, ...]:
        """All that a row says, but for what became of it."""
        return (*self.key, self.name, self.amount, self.months, self.purpose)


def due(day: date, days: int) -> date:
    """The last day on which the bank may decide."""
    return day + timedelta(days=days)


def status(row: Row, today: date, days: int) -> ListStatus:
    """Where a row stands; a recommended one without an answer is overdue from the day after its last one."""
    if row.answer:
        return row.answer.status
    late = row.kind is ListKind.RECOMMENDED and due(row.day, days) < today
    return ListStatus.OVERDUE if late else ListStatus.PENDING


def template(on: date) -> Template:
    """The template in force on a day."""
    return [one for one in templates() if one.since <= on][-1]


@cache
def templates() -> tuple[Template, ...]:
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))["template"]
    found = [Template(one["from"], one["source"], one["sheets"], one["heads"]) for one in read]
    return tuple(sorted(found, key=lambda one: one.since))
