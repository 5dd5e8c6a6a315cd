"""A need typed on the firm's behalf, as stored: who typed it, from which signed paper, and what the firm said to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.needs.behalf_rules import BEHALF_FLOW, BehalfState


class Behalf(Thing):
    """One signed form an officer typed in (代填); answered once by the firm, or once by time."""

    __tablename__ = "behalf"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered"),
        CheckConstraint("(state = 'objected') = (why <> '')", name="why"),
    )
    flow: ClassVar[Flow[BehalfState]] = BEHALF_FLOW

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), unique=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    scan_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))  # the signed form
    edition: Mapped[str]  # of the printed form
    signed_by: Mapped[str]
    signed_on: Mapped[date]
    typed_at: Mapped[datetime]
    typed_by: Mapped[int]
    typed_by_name: Mapped[str]
    until: Mapped[date]  # the last day on which the firm may object
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[int | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")
    state: Mapped[BehalfState] = mapped_column(default=BehalfState.OPEN)
