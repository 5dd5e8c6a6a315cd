"""How far each need has come, and figures that were worked out, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Base, Thing
from financing.figures.rules import LEAST_FIRMS, LoanSource, Step, Volume
from financing.money import Fen


class Track(Base):
    """One need that was handed in, with the first day of each step (走到哪一步).

    A projection of the journal and the pay-outs, so that figures are added up by the database. Days are numbered as
    `date.toordinal` does: both databases subtract numbers alike. Park, division and size are the firm's when it first
    handed the need in, so that a firm that moves or grows later changes no figure of the past.
    """

    __tablename__ = "track"
    __table_args__ = (
        CheckConstraint("amount > 0", name="positive"),
        Index("ix_track_firm", "firm_id", "submitted"),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), primary_key=True, autoincrement=False)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    amount: Mapped[Fen]  # as last handed in
    park: Mapped[str]
    division: Mapped[str]  # GB/T 4754, two digits
    size: Mapped[str]
    registered: Mapped[int]  # the firm
    submitted: Mapped[int] = mapped_column(index=True)
    accepted: Mapped[int | None] = mapped_column(default=None)
    scored: Mapped[int | None] = mapped_column(default=None)
    supported: Mapped[int | None] = mapped_column(default=None)
    sent: Mapped[int | None] = mapped_column(default=None)
    answered: Mapped[int | None] = mapped_column(default=None)
    offered: Mapped[int | None] = mapped_column(default=None)
    chosen: Mapped[int | None] = mapped_column(default=None)
    paid: Mapped[int | None] = mapped_column(default=None)  # the first day on which money went out, as reported

    def day(self, step: Step) -> int | None:
        number: int | None = getattr(self, step.value)
        return number


class FigureStand(Base):
    """The answer to one question of figures as it was at a moment (截至): shared by every process, made anew when the journal has moved."""

    __tablename__ = "figure_stand"

    question: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]  # the journal's length when it was worked out
    at: Mapped[datetime] = mapped_column(index=True)
    body: Mapped[dict[str, Any]]


class LoanStatement(Thing):
    """What was said of a firm's earlier bank loans (首贷核验): by the firm itself, or by an officer who saw a source; none is ever changed."""

    __tablename__ = "loan_statement"
    __table_args__ = (Index("ix_loan_statement_firm", "firm_id", "at"),)

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    source: Mapped[LoanSource]
    earlier: Mapped[bool]  # there was a bank loan before the first one paid out here
    seen_on: Mapped[date]  # the day of the source
    note: Mapped[str]  # number of the report, or what else tells it
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]


class PlanTarget(Thing):
    """What was planned for a period (计划): who entered it and why; the newest counts, all are kept."""

    __tablename__ = "plan_target"
    __table_args__ = (
        CheckConstraint("since <= until AND value >= 0", name="period"),
        CheckConstraint("why <> ''", name="reason"),
        Index("ix_plan_target_period", "since", "until", "volume"),
    )

    volume: Mapped[Volume]
    since: Mapped[date]
    until: Mapped[date]
    value: Mapped[int]  # needs, firms, or fen
    why: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]


class PublicFigure(Thing):
    """What was published of one volume for some whole months (公开数字): never of fewer firms than may be shown, never changed.

    The months of one volume follow one another without gap or overlap, so that no sum or difference of published figures
    is about fewer firms than one of them.
    """

    __tablename__ = "public_figure"
    __table_args__ = (
        UniqueConstraint("volume", "until"),
        CheckConstraint(f"firms >= {LEAST_FIRMS}", name="least"),
        CheckConstraint("since <= until AND count >= firms AND amount >= 0", name="sums"),
    )

    volume: Mapped[Volume]
    since: Mapped[date]
    until: Mapped[date]
    count: Mapped[int]
    firms: Mapped[int]
    amount: Mapped[Fen]
    at: Mapped[datetime]
