"""The financing need as stored."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, synonym

from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen, Rate
from financing.needs.rules import FLOW, NeedState, Purpose, Security


class Need(Thing):
    """What one firm asks to borrow (融资需求)."""

    __tablename__ = "need"
    __table_args__ = (
        CheckConstraint("amount > 0 AND months > 0", name="positive"),
        Index("ix_need_state", "state", "submitted_on"),
        Index("ix_need_of_firm", "firm_id", "drafted_on", "number", "state"),  # all that a search counts and sorts by
        Index("ix_need_newest", "drafted_on", "number"),
        Index("ix_need_standing", "state", "drafted_on", "number"),
        Index("ix_need_due", "state", "due_on", "number"),
    )
    flow: ClassVar[Flow[NeedState]] = FLOW

    number: Mapped[str] = mapped_column(unique=True)  # XQ2026-0001
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    amount: Mapped[Fen]
    months: Mapped[int]
    purpose: Mapped[Purpose]
    use: Mapped[str]
    latest: Mapped[date]  # money needed by
    drafted_on: Mapped[date]
    wish: Mapped[Rate | None] = mapped_column(default=None)  # yearly rate hoped for
    security: Mapped[Security] = mapped_column(default=Security.NONE)
    no_broker: Mapped[bool] = mapped_column(default=True)
    state: Mapped[NeedState] = mapped_column(default=NeedState.DRAFT)
    submitted_on: Mapped[date | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)  # of the present step
    provisional: Mapped[bool] = mapped_column(default=False)  # the calendar of that year is not published yet
    officer_id: Mapped[int | None] = mapped_column(default=None)
    officer_name: Mapped[str] = mapped_column(default="")  # the firm knows who handles its need
    missed: Mapped[list[Any]] = mapped_column(
        default_factory=list
    )  # guarantees.rules.Hurdle of a need that was not eligible
    reason: Mapped[str] = mapped_column(default="")  # why it was last returned

    need_id: Mapped[int] = synonym("id", init=False)
