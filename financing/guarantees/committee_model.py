"""Interests that members declare, outside experts, and the lots by which experts are called, as stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing


class InterestDeclaration(Thing):
    """What one member declares for one calendar year (年度利益申报); number 1, later ones only add to it. Never changed."""

    __tablename__ = "interest_declaration"
    __table_args__ = (UniqueConstraint("user_id", "year", "number"), CheckConstraint("number > 0", name="number"))

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    year: Mapped[int]
    number: Mapped[int]
    lines: Mapped[list[Any]]  # as interest_rules.Interest writes them; none: there is nothing to declare
    mark: Mapped[str]  # the last six signs of the member's identity card, or empty
    at: Mapped[datetime]


class Expert(Thing):
    """Somebody from outside whom lots may call to a sitting (外部专家); known by their account, ended, never removed."""

    __tablename__ = "expert"
    __table_args__ = (
        Index(
            "uq_expert_active", "user_id", unique=True,
            sqlite_where=literal_column("ended_at IS NULL"), postgresql_where=literal_column("ended_at IS NULL"),
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
    )  # fmt: skip

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    field: Mapped[str]  # what they know
    employer: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by: Mapped[int]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by: Mapped[int | None] = mapped_column(default=None)


class ExpertDraw(Thing):
    """Lots drawn for one meeting (专家抽签): pool and seed as they stood at the call, who came out, who could not come. Never changed."""

    __tablename__ = "expert_draw"
    __table_args__ = (UniqueConstraint("meeting_id", "number"), CheckConstraint("number > 0", name="number"))

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]  # 1, then one for each time somebody could not come
    seed: Mapped[str]
    pool: Mapped[list[Any]]  # {"expert", "user", "name", "field", "employer"} of everybody on the register at the call
    unable: Mapped[list[Any]]  # experts of the pool who cannot come, so far
    drawn: Mapped[list[Any]]  # experts in the order of the lots
    reason: Mapped[str]  # why it was drawn again; empty for the first
    at: Mapped[datetime]
    by: Mapped[int]
