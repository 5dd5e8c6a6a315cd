"""What officers asked the head of their branch to release, as stored."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen
from financing.offers.ask_model import OPEN
from financing.offers.release_rules import FLOW, ReleaseState


class ReleaseRequest(Thing):
    """One need that lies beyond an officer's right, put before the branch head (请求放行), and what became of it (F85)."""

    __tablename__ = "release_request"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("(state = 'returned') = (why <> '')", name="why"),
        Index("uq_release_request_open", "match_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )
    flow: ClassVar[Flow[ReleaseState]] = FLOW

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    amount: Mapped[Fen]
    own_most: Mapped[Fen | None]  # the officer's right on that day; None where the officer had none
    asked_at: Mapped[datetime]
    asked_by: Mapped[int]
    asked_by_name: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by_name: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")  # why the head returned it
    state: Mapped[ReleaseState] = mapped_column(default=ReleaseState.OPEN)
