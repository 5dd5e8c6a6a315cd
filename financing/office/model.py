"""Saved views, hand-overs, deputies, and what came of acts on many rows, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.office.rules import HAND_FLOW, Cause, Deed, HandState


class KeptView(Thing):
    """The filters of one list under a name (已存视图), a person's own or shared with the office."""

    __tablename__ = "kept_view"
    __table_args__ = (UniqueConstraint("user_id", "page", "name"), Index("ix_kept_view_page", "page"))

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str]
    page: Mapped[str]  # the list's route
    name: Mapped[str]
    query: Mapped[str]  # its filters as the address carries them
    shared: Mapped[bool]
    made_at: Mapped[datetime]


class HandOver(Thing):
    """Cases that pass from one officer to another (移交): offered with a note, taken by the receiver or settled by a leader."""

    __tablename__ = "hand_over"
    __table_args__ = (
        CheckConstraint("from_id <> to_id", name="two_people"),
        CheckConstraint("(state = 'offered') = (answered_at IS NULL)", name="answered"),
        Index("ix_hand_over_to", "to_id", "state"),
    )
    flow: ClassVar[Flow[HandState]] = HAND_FLOW
    head_id: ClassVar[int | None] = None  # who heads the section, while cases are assigned

    from_id: Mapped[int | None]  # empty: needs that nobody had taken on
    from_name: Mapped[str]
    to_id: Mapped[int]
    to_name: Mapped[str]
    whole: Mapped[bool]  # every open need of the giver, as they stand when it is taken
    needs: Mapped[list[Any]]  # ids of the needs offered; empty when it is all of them
    cause: Mapped[Cause]
    note: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int]
    asker: Mapped[str]
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[int | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(default="")  # why it was not taken
    moved: Mapped[list[Any]] = mapped_column(default_factory=list)  # numbers of the needs that changed hands
    left: Mapped[list[Any]] = mapped_column(default_factory=list)  # numbers of those a tie or an end kept back
    state: Mapped[HandState] = mapped_column(default=HandState.OFFERED)

    @property
    def user_id(self) -> int:
        """Who is to take them."""
        return self.to_id

    @property
    def proposed_by(self) -> int:
        return self.asked_by


class Deputy(Thing):
    """Who stands in for an officer between two days (代理); the cases stay where they are."""

    __tablename__ = "deputy"
    __table_args__ = (
        CheckConstraint("user_id <> deputy_id", name="two_people"),
        CheckConstraint("since <= until", name="days"),
        Index("ix_deputy_days", "deputy_id", "until"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    deputy_id: Mapped[int]
    deputy: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    note: Mapped[str]
    set_at: Mapped[datetime]
    set_by: Mapped[int]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class BulkRun(Thing):
    """What came of one act on many rows (批量办理), row by row, for the page that tells it."""

    __tablename__ = "bulk_run"

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    deed: Mapped[Deed]
    at: Mapped[datetime]
    rows: Mapped[list[Any]]  # {"number", "firm", "need", "done", "code", "facts"}
