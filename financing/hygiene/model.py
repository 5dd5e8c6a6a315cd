"""Questions whether a need still stands, and what is to be done next for it, as stored."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.hygiene.rules import Answer

_OPEN = column("answer").is_(None)


class LifeAsk(Thing):
    """A firm of whose need nothing was heard is asked once whether it still stands (沉寂询问); answered once, never changed."""

    __tablename__ = "life_ask"
    __table_args__ = (
        CheckConstraint("closes_on > asked_on AND last_sign <= asked_on", name="days"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        Index("uq_life_ask_open", "need_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    last_sign: Mapped[date]
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]
    closes_on: Mapped[date]
    answer: Mapped[Answer | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[int | None] = mapped_column(default=None)


class PlannedStep(Thing):
    """What an officer will do next for a need, and by when (下一步); the latest one counts, all are kept."""

    __tablename__ = "planned_step"
    __table_args__ = (Index("ix_planned_step_need", "need_id", "due_on"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    what: Mapped[str]
    due_on: Mapped[date]
    set_at: Mapped[datetime]
    set_by: Mapped[int]
    set_by_name: Mapped[str]
