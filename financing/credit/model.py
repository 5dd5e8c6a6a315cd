"""Scores as stored: immutable, with every fact, its source and the card's digest; beside them what a person should look at."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
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


class RaisedFlag(Thing):
    """Something odd for a person to look at (人工复核提示, F95), found when a need was scored; it never touches the score.

    Neither firms nor banks see it: it is a question, not a finding.
    """

    __tablename__ = "raised_flag"
    __table_args__ = (UniqueConstraint("need_id", "digest"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    code: Mapped[str]  # scoring.flags
    digest: Mapped[str]  # of what was found: other figures are another flag
    flag: Mapped[dict[str, Any]]  # scoring.flags.Flag as JSON
    raised_at: Mapped[datetime]
    gone_at: Mapped[datetime | None] = mapped_column(default=None)  # no longer found by a later score
    looked_at: Mapped[datetime | None] = mapped_column(default=None)
    looked_by: Mapped[str] = mapped_column(default="")  # the officer's name
    reason: Mapped[str] = mapped_column(default="")  # what the officer found
