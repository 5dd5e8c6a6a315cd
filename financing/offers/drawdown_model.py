"""Drawdowns as banks report them, as stored."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.money import Fen, Rate


class Drawdown(Thing):
    """One payment of an accepted loan (放款) with the amounts it is measured by copied beside it, so that the database itself adds up (I-22)."""

    __tablename__ = "drawdown"
    __table_args__ = (
        UniqueConstraint("offer_id", "number"),
        CheckConstraint("amount > 0 AND before >= 0 AND before + amount <= offered", name="within"),
        CheckConstraint("rate >= 0", name="rate"),
    )

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    number: Mapped[int]  # 1, 2, … of this loan
    paid_on: Mapped[date]
    amount: Mapped[Fen]
    before: Mapped[Fen]  # paid out before this one
    offered: Mapped[Fen]
    rate: Mapped[Rate]
    offered_rate: Mapped[Rate]
    added: Mapped[str]  # conditions that were not in the offer
    worse: Mapped[bool]  # re-trade (变相加价): a higher rate, or a condition added after the choice
    by: Mapped[int]
    at: Mapped[datetime]
