"""What a bank says of its own row of the scoreboard (说明), as stored."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing


class ScoreComment(Thing):
    """One version of a bank's comment on one period; the highest number is shown first, all are kept."""

    __tablename__ = "score_comment"
    __table_args__ = (
        UniqueConstraint("bank_id", "since", "until", "number"),
        CheckConstraint("since <= until", name="period"),
    )

    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    since: Mapped[date]
    until: Mapped[date]
    number: Mapped[int]
    says: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]
