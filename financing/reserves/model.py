"""What was set aside at the end of a month or year, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen
from financing.reserves.rules import POSTING_FLOW, Line, PostingState, Reserve

_STANDS = column("state").in_([PostingState.PROPOSED.value, PostingState.CONFIRMED.value])
PARTS = ("opening", "added", "back", "used")


def _sound(reserve: Reserve) -> CheckConstraint:
    opening, added, back, used = (f"{reserve.value}_{part}" for part in PARTS)
    known = " AND ".join(f"{part} >= 0" for part in (opening, added, back, used))
    return CheckConstraint(f"{known} AND {opening} + {added} - {back} - {used} >= 0", name=reserve.value)


class ReservePosting(Thing):
    """The reserves as worked out for the year until a day, put forward by one person and confirmed by another (准备金计提)."""

    __tablename__ = "reserve_posting"
    __table_args__ = (
        *(_sound(reserve) for reserve in Reserve),
        CheckConstraint("proposed_by <> decided_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
        Index("uq_reserve_posting_stands", "until", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )
    flow: ClassVar[Flow[PostingState]] = POSTING_FLOW

    until: Mapped[date]  # last day of the month; the time begins with the year
    basis: Mapped[dict[str, Any]]  # what it follows from: fen, and rates in ppm
    compensation_opening: Mapped[Fen]
    compensation_added: Mapped[Fen]
    compensation_back: Mapped[Fen]
    compensation_used: Mapped[Fen]
    unearned_opening: Mapped[Fen]
    unearned_added: Mapped[Fen]
    unearned_back: Mapped[Fen]
    unearned_used: Mapped[Fen]
    general_opening: Mapped[Fen]
    general_added: Mapped[Fen]
    general_back: Mapped[Fen]
    general_used: Mapped[Fen]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int]
    proposer: Mapped[str]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why it was turned down
    state: Mapped[PostingState] = mapped_column(default=PostingState.PROPOSED)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The three reserves of the posting."""
        return tuple(Line(one, *(getattr(self, f"{one.value}_{part}") for part in PARTS)) for one in Reserve)


def columns(lines: tuple[Line, ...]) -> dict[str, Fen]:
    """The same as the columns hold it."""
    return {f"{line.reserve.value}_{part}": getattr(line, part) for line in lines for part in PARTS}
