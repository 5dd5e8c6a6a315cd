"""Offers and declines as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, false, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen, Rate
from financing.offers.rules import FLOW, DeclineCode, Ground, OfferState, RateBase
from scoring.repayment import Repayment

SEALED: ColumnElement[bool] = literal_column("opened_at IS NULL")


class Opening(Thing):
    """The moment at which all offers for one need open together (统一开启); until then each is seen by its bank alone (I-21)."""

    __tablename__ = "offer_opening"
    __table_args__ = (
        Index(
            "uq_offer_opening_sealed",
            "need_id",
            unique=True,
            sqlite_where=SEALED,
            postgresql_where=SEALED,
        ),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    until: Mapped[datetime]  # the first moment at which nothing may be changed
    opened_at: Mapped[datetime | None] = mapped_column(default=None)


class Offer(Thing):
    """A bank's binding terms for one need, with every cost the firm would bear (综合融资成本)."""

    __tablename__ = "offer"
    __table_args__ = (
        UniqueConstraint("match_id"),
        CheckConstraint("amount > 0 AND months > 0 AND rate >= 0 AND fees >= 0 AND deposit = 0", name="terms"),
        Index("ix_offer_lettered", "lettered", "state", "made_at", "id"),
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
    fees: Mapped[Fen]  # all else the firm pays over the whole term
    conditions: Mapped[str]
    valid_until: Mapped[date]
    simple_cost: Mapped[Rate]  # additive yearly rate
    nominal_cost: Mapped[Rate]  # monthly IRR × 12
    effective_cost: Mapped[Rate]  # compounded yearly IRR
    made_at: Mapped[datetime]
    made_by: Mapped[int]
    opening_id: Mapped[int] = mapped_column(ForeignKey("offer_opening.id"), index=True)
    base: Mapped[RateBase] = mapped_column(default=RateBase.FIXED)
    points: Mapped[int | None] = mapped_column(default=None)  # basis points over the LPR, 100 ppm each
    lpr: Mapped[Rate | None] = mapped_column(default=None)  # of the day on which the offer was made
    drawdown_on: Mapped[date | None] = mapped_column(default=None)  # when the money would come
    secured_by: Mapped[str] = mapped_column(default="")
    prepayment: Mapped[str] = mapped_column(default="")
    charges: Mapped[list[Any]] = mapped_column(default_factory=list)  # offers.costs.Charged
    deposit: Mapped[Fen] = mapped_column(default=Fen(0))  # tied deposits are refused, the CHECK is the last wall
    state: Mapped[OfferState] = mapped_column(default=OfferState.MADE)
    lettered: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # a letter stands that was not dropped


class Decline(Thing):
    """A bank's no: the code, what it rests on, what would change it."""

    __tablename__ = "decline"

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), index=True)  # another after a second look
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    code: Mapped[DeclineCode]
    rests_on: Mapped[str]  # in the words of the dossier
    would_change: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[int]
    ground: Mapped[Ground | None] = mapped_column(default=None)  # none where banks once wrote freely
