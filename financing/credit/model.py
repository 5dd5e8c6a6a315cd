"""Scores as stored: immutable, with every fact, its source and the card's digest."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.money import Fen


class Assessment(Thing):
    """One scoring of one need (准入评分); a later one is a new row, this one never changes (I-15)."""

    __tablename__ = "assessment"

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    card: Mapped[str]
    since: Mapped[date]  # effective date of the card
    digest: Mapped[str]  # sha256 of the card's file
    facts: Mapped[dict[str, Any]]  # name -> {"value", "source", "as_of"}
    sheet: Mapped[dict[str, Any]]  # scoring.score.Sheet as JSON
    total: Mapped[int]
    grade: Mapped[str]
    ceiling: Mapped[Fen]
    qualified: Mapped[bool]
    insufficient: Mapped[bool]
    vetoed: Mapped[bool]
    assessed_at: Mapped[datetime]
    assessed_by: Mapped[int]
