"""Cases taken out of their order, and cases put off, as stored; both are records that are never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing


class Jump(Thing):
    """Somebody has been heard, or tabled, before cases that came earlier (插队, F114): which, and why.

    With a case: the chair took it ahead of `over`. Without one: the agenda was closed and `over` stayed off it.
    """

    __tablename__ = "agenda_jump"
    __table_args__ = (UniqueConstraint("meeting_id", "case_id"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    over: Mapped[list[Any]]  # the numbers of those passed over, in their order
    reason: Mapped[str]
    by: Mapped[int]
    by_name: Mapped[str]
    at: Mapped[datetime]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("guarantee_case.id"), default=None)


class Deferral(Thing):
    """A case put off (延期再议): why, and the day by which it is on an agenda again."""

    __tablename__ = "deferral"

    case_id: Mapped[int] = mapped_column(ForeignKey("guarantee_case.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    need_id: Mapped[int]
    firm_id: Mapped[int]
    reason: Mapped[str]
    until: Mapped[date]
    by: Mapped[int]
    by_name: Mapped[str]
    at: Mapped[datetime]
