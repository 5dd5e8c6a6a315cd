"""Scores and adopted scorecards as stored, immutable: a score with every fact, its source and the card's digest; and flags."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.credit.rules import CARD_FLOW, CardName, CardState
from financing.db import Base, Thing
from financing.flow import Flow
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


class PoolNeed(Base):
    """A need that was below the line at some score, with its last one (培育池): a projection of the scores, written with each of them.

    Read backwards its index is the order of the pool, so that a page of it costs its own rows and no more.
    """

    __tablename__ = "pool_need"
    __table_args__ = (Index("ix_pool_need_order", "qualified", "total", "assessed_at", "need_id"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), primary_key=True, autoincrement=False)
    score_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))  # the last one, as are the next three
    qualified: Mapped[bool]
    total: Mapped[int]
    assessed_at: Mapped[datetime]
    first: Mapped[int]  # total of the first one


class RaisedFlag(Thing):
    """Something odd for a person to look at (人工复核提示, F95), found when a need was scored; it never touches the score.

    Neither firms nor banks see it: it is a question, not a finding.
    """

    __tablename__ = "raised_flag"
    __table_args__ = (UniqueConstraint("need_id", "digest"), Index("ix_raised_flag_waiting", "gone_at", "looked_at"))

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


COUNTS: ColumnElement[bool] = literal_column("state IN ('adopted', 'recalled')")


class CardVersion(Thing):
    """A version of a scorecard put before the committee (评分表版本): its very bytes, who proposed it and who adopted it.

    The document never changes; adopted by two people, never for a day that has begun (F09). The database holds to both.
    """

    __tablename__ = "card_version"
    __table_args__ = (
        CheckConstraint(
            "state NOT IN ('adopted', 'recalled', 'withdrawn') OR (proposed_by IS NOT NULL AND adopted_by IS NOT NULL"
            " AND adopted_on IS NOT NULL AND adopted_by <> proposed_by)",
            name="two_people",
        ),
        CheckConstraint("adopted_on IS NULL OR adopted_on < since", name="never_retroactive"),
        CheckConstraint(
            "state <> 'withdrawn' OR (recalled_by IS NOT NULL AND withdrawn_by IS NOT NULL"
            " AND withdrawn_on IS NOT NULL AND withdrawn_by <> recalled_by AND withdrawn_on < since)",
            name="two_to_withdraw",
        ),
        Index("uq_card_version_day", "name", "since", unique=True, sqlite_where=COUNTS, postgresql_where=COUNTS),
    )
    flow: ClassVar[Flow[CardState]] = CARD_FLOW

    name: Mapped[CardName]
    since: Mapped[date]
    title: Mapped[str]
    basis: Mapped[str]  # the document it rests on, as the card names it
    document: Mapped[str]  # the file, byte for byte
    digest: Mapped[str] = mapped_column(index=True)  # sha256 of the file
    drafted_by: Mapped[int]
    drafter: Mapped[str]  # names as they were, for the record
    drafted_at: Mapped[datetime]
    state: Mapped[CardState] = mapped_column(default=CardState.DRAFT)
    proposed_by: Mapped[int | None] = mapped_column(default=None)
    proposer: Mapped[str] = mapped_column(default="")
    proposed_at: Mapped[datetime | None] = mapped_column(default=None)
    against: Mapped[str] = mapped_column(default="")  # digest of the card it was replayed against
    portfolio: Mapped[list[Any]] = mapped_column(default_factory=list)  # the scores it was replayed on, by id
    figures: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)  # what the replay came to
    adopted_by: Mapped[int | None] = mapped_column(default=None)
    adopter: Mapped[str] = mapped_column(default="")
    adopted_at: Mapped[datetime | None] = mapped_column(default=None)
    adopted_on: Mapped[date | None] = mapped_column(default=None)
    votes: Mapped[list[Any]] = mapped_column(default_factory=list)  # for, against, abstained
    recalled_by: Mapped[int | None] = mapped_column(default=None)
    recaller: Mapped[str] = mapped_column(default="")
    recalled_for: Mapped[str] = mapped_column(default="")
    withdrawn_by: Mapped[int | None] = mapped_column(default=None)
    withdrawer: Mapped[str] = mapped_column(default="")
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
