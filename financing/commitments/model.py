"""Reports on what came of intents, and the marks at which banks were asked for one, as stored."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnClause, ForeignKey, Index, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.commitments.rules import Stage
from financing.db import Thing
from financing.money import Fen

#: An intent has one contract and ends once; after a reversal once more.
ONCE: ColumnClause[bool] = literal_column("stage IN ('contract', 'dropped')")


class Outcome(Thing):
    """One report of a bank on one intent (履约进展); written once, a later report says what changed."""

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint("(stage IN ('contract', 'paid')) = (amount IS NOT NULL)", name="sum"),
        CheckConstraint("amount IS NULL OR amount > 0", name="positive"),
        CheckConstraint("stage <> 'dropped' OR said <> ''", name="reason"),
        Index(
            "uq_outcome_once",
            "intent_id",
            "stage",
            "turn",
            unique=True,
            sqlite_where=ONCE,
            postgresql_where=ONCE,
        ),
    )

    intent_id: Mapped[int] = mapped_column(ForeignKey("intent.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    stage: Mapped[Stage]
    on: Mapped[date]
    amount: Mapped[Fen | None]
    said: Mapped[str]  # number of the contract or of the pay-out; why nothing came of it; what is being done
    reported_at: Mapped[datetime]
    reported_by: Mapped[int]
    reporter: Mapped[str]
    turn: Mapped[int] = mapped_column(
        default=1, server_default="1"
    )  # one more than reports of this stage on this intent were taken back


class FollowUp(Thing):
    """One mark at which one bank was asked about the intents of one session (跟踪); there is never a second of the same."""

    __tablename__ = "follow_up"
    __table_args__ = (UniqueConstraint("session_id", "bank_id", "days"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    days: Mapped[int]
    at: Mapped[datetime]
