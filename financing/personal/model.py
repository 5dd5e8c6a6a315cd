"""Personal data as stored: objections, requests to erase, what was erased each night, and assessments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, and_, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.personal.rules import (
    ERASURE_FLOW,
    OBJECTION_FLOW,
    Disputed,
    ErasureState,
    Held,
    ObjectionState,
    Processing,
)

_OPEN = column("state") == "open"
_ASKED = column("state") == "asked"
_FIRM_ASKS = and_(_ASKED, column("user_id").is_(None))


class Objection(Thing):
    """What a firm says is wrong (异议), answered once; while it is open whatever it is about carries a mark."""

    __tablename__ = "objection"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("(state IN ('upheld', 'refused')) = (answered_by IS NOT NULL)", name="answered"),
        CheckConstraint("answered_by IS NULL OR answer <> ''", name="answer"),
        CheckConstraint("answered_by <> made_by", name="two_people"),
        Index("uq_objection_open", "firm_id", "kind", "item", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    flow: ClassVar[Flow[ObjectionState]] = OBJECTION_FLOW

    number: Mapped[str]  # YY2026-0001
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    kind: Mapped[Disputed]
    item: Mapped[str]  # the code of what is disputed, see Disputed
    held: Mapped[dict[str, Any]]  # what the platform held that day: {"value", "source", "as_of"}
    why: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int]
    due_on: Mapped[date]
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[int | None] = mapped_column(default=None)
    answerer: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    state: Mapped[ObjectionState] = mapped_column(default=ObjectionState.OPEN)


class Erasure(Thing):
    """Somebody asks that what is held of a firm, or of the person, be erased (删除申请); what has to be kept says until when."""

    __tablename__ = "erasure"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("(state = 'erased') = (done_at IS NOT NULL)", name="done"),
        Index("uq_erasure_firm", "firm_id", unique=True, sqlite_where=_FIRM_ASKS, postgresql_where=_FIRM_ASKS),
        Index("uq_erasure_person", "user_id", unique=True, sqlite_where=_ASKED, postgresql_where=_ASKED),
    )
    flow: ClassVar[Flow[ErasureState]] = ERASURE_FLOW

    number: Mapped[str]  # SC2026-0001
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))  # empty: the firm with all its people
    asked_at: Mapped[datetime]
    asked_by: Mapped[int]
    due_on: Mapped[date]
    holds: Mapped[list[Any]]  # rules.Hold with the day each ends, where it is known: [["decision", "2036-11-28"], …]
    free_on: Mapped[date | None]  # when it may be asked again; empty: not known yet
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    done_by: Mapped[int | None] = mapped_column(default=None)
    doer: Mapped[str] = mapped_column(default="")
    cells: Mapped[int] = mapped_column(default=0)  # values overwritten
    rows: Mapped[int] = mapped_column(default=0)  # rows removed
    files: Mapped[int] = mapped_column(default=0)  # files removed
    left: Mapped[list[Any]] = mapped_column(
        default_factory=list, server_default="[]"
    )  # tables in which a wall held words
    state: Mapped[ErasureState] = mapped_column(default=ErasureState.ASKED)


class Expired(Thing):
    """What one night erased because its time was over (到期清除), one row for each kind of which there was something."""

    __tablename__ = "expired"
    __table_args__ = (UniqueConstraint("day", "held"), CheckConstraint("rows > 0", name="something"))

    day: Mapped[date]
    held: Mapped[Held]
    before: Mapped[date]  # what was older than this day
    figure: Mapped[str]  # the key of the period it went by
    rows: Mapped[int]
    at: Mapped[datetime]


class Impact(Thing):
    """An assessment of what a processing means for people (个人信息保护影响评估), written once; a newer one takes its place."""

    __tablename__ = "impact"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("replaces_id"),
        CheckConstraint("review_on > assessed_on", name="review"),
    )

    number: Mapped[str]  # PG2026-0001
    processing: Mapped[Processing]
    title: Mapped[str]
    what: Mapped[str]  # purpose and way (第五十六条 第一项)
    why: Mapped[str]  # lawful, proper, necessary
    risks: Mapped[str]  # 第二项
    measures: Mapped[str]  # 第三项
    assessed_on: Mapped[date]
    review_on: Mapped[date]
    filed_at: Mapped[datetime]
    filed_by: Mapped[int]
    filer: Mapped[str]
    replaces_id: Mapped[int | None]  # the assessment before it
