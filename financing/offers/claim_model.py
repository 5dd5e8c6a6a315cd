"""Claims and silences of banks, as stored."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing

STANDING: ColumnElement[bool] = literal_column("ended_at IS NULL")


class Claim(Thing):
    """A bank's word that it is at work on a need (认领): one bank at a time, once for each bank, until a day (F21)."""

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("match_id"),
        CheckConstraint("NOT lapsed OR ended_at IS NOT NULL", name="lapsed"),
        Index("uq_claim_standing", "need_id", unique=True, sqlite_where=STANDING, postgresql_where=STANDING),
    )

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    by: Mapped[int]
    by_name: Mapped[str]
    at: Mapped[datetime]
    until: Mapped[date]  # its last day
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    lapsed: Mapped[bool] = mapped_column(default=False)  # it ended without an answer


class Silence(Thing):
    """A bank that gave no answer within its limit (逾期未答复): written once, counted for ever (F22)."""

    __tablename__ = "silence"
    __table_args__ = (UniqueConstraint("match_id", "due_on"),)

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    sent_on: Mapped[date]
    due_on: Mapped[date]
    at: Mapped[datetime]
