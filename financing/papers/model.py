"""Papers and what was read from them, as stored."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.acts import Act
from financing.db import Base, Thing
from financing.money import Fen
from financing.papers.rules import PaperKind, Side, Unfit


class Paper(Thing):
    """One uploaded file; the same bytes twice are one paper (I-24)."""

    __tablename__ = "paper"
    __table_args__ = (UniqueConstraint("firm_id", "sha256"),)

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    kind: Mapped[PaperKind]
    name: Mapped[str]  # as the firm called it: shown, never part of a path
    media: Mapped[str]
    size: Mapped[int]  # bytes
    sha256: Mapped[str]
    stored: Mapped[str]  # random name in the upload store
    added_at: Mapped[datetime]
    added_by: Mapped[int]
    finding: Mapped[str] = mapped_column(default="")  # what the reader noticed, for people
    expires_on: Mapped[date | None] = mapped_column(default=None)  # last day on which it is good
    replaces_id: Mapped[int | None] = mapped_column(default=None)  # the former version, a paper
    unfit: Mapped[Unfit | None] = mapped_column(default=None)
    unfit_by: Mapped[str | None] = mapped_column(default=None)
    unfit_at: Mapped[datetime | None] = mapped_column(default=None)


class PaperUse(Thing):
    """Which version of a paper lay before whom at which step of which need (哪一步用了哪一版)."""

    __tablename__ = "paper_use"
    __table_args__ = (UniqueConstraint("paper_id", "need_id", "act"),)

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    act: Mapped[Act]
    used_on: Mapped[date]


class Invoice(Base):
    """One VAT invoice line (增值税发票) of a firm."""

    __tablename__ = "invoice"
    __table_args__ = (Index("ix_invoice_firm", "firm_id", "day"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    side: Mapped[Side]
    number: Mapped[str]
    counterparty: Mapped[str]
    day: Mapped[date]
    amount_fen: Mapped[int]
    tax_fen: Mapped[int]
    total_fen: Mapped[int]
    void: Mapped[bool]


class StatementLine(Base):
    """One line of a balance sheet or income statement, by the codes of scoring.statement_lines."""

    __tablename__ = "statement_line"
    __table_args__ = (UniqueConstraint("paper_id", "year", "line"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    year: Mapped[int]
    line: Mapped[str]
    amount: Mapped[Fen]
