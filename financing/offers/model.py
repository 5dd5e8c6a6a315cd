"""Offers and declines as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen, Rate
from financing.offers.rules import FLOW, DeclineCode, OfferState
from scoring.repayment import Repayment


class Offer(Thing):
    """A bank's binding terms for one need, with every cost the firm would bear (综合融资成本)."""

    __tablename__ = "offer"
    __table_args__ = (
        UniqueConstraint("match_id"),
        CheckConstraint("amount > 0 AND months > 0 AND rate >= 0 AND fees >= 0 AND deposit = 0", name="terms"),
    )
    flow: ClassVar[Flow[OfferState]] = FLOW

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    amount: Mapped[Fen]
    months: Mapped[int]
    rate: Mapped[Rate]  # a year
    repayment: Mapped[Repayment]
    guarantee_fee: Mapped[Rate]  # a year, paid by the firm to the guarantor at the start
    fees: Mapped[Fen]  # all else the firm pays at the start
    conditions: Mapped[str]
    valid_until: Mapped[date]
    simple_cost: Mapped[Rate]  # additive yearly rate
    nominal_cost: Mapped[Rate]  # monthly IRR × 12
    effective_cost: Mapped[Rate]  # compounded yearly IRR
    made_at: Mapped[datetime]
    made_by: Mapped[int]
    deposit: Mapped[Fen] = mapped_column(default=Fen(0))  # tied deposits are refused, the CHECK is the last wall
    state: Mapped[OfferState] = mapped_column(default=OfferState.MADE)


class Decline(Thing):
    """A bank's no: the code, what it rests on, what would change it."""

    __tablename__ = "decline"

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), unique=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    code: Mapped[DeclineCode]
    rests_on: Mapped[str]
    would_change: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[int]
