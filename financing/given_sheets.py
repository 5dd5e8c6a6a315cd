"""Lists that leave as files (列表导出): one line of the journal for each, with what it was and how many rows."""

from __future__ import annotations

from dataclasses import dataclass

from financing.acts import Act
from financing.desk import Desk
from financing.journal import Private


@dataclass(frozen=True, slots=True)
class GivenList:
    """A list, as something that leaves."""

    id: int = 0


def given(desk: Desk, name: str, form: str, rows: int, asked: str) -> None:
    """On record before the file goes out: the list's route, xlsx or csv, its rows, and the filter as it was asked for."""
    desk.note(Act.GIVE_SHEET, GivenList(), list=name, form=form, rows=rows, asked=Private(asked))
