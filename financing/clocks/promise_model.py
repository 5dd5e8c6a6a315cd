"""What firms promised to hand in later, as stored (容缺受理)."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.clocks.promise_rules import PROMISE, Promised
from financing.clocks.rules import Step
from financing.db import Thing
from financing.flow import Flow
from financing.papers.rules import PaperKind


class OwedPaper(Thing):
    """One paper a firm promised for a need; its last day is set when the need is accepted."""

    __tablename__ = "owed_paper"
    __table_args__ = (
        UniqueConstraint("need_id", "kind"),
        CheckConstraint("(state = 'owed') = (ended_on IS NULL)", name="ended"),
        CheckConstraint("(state = 'supplied') = (paper_id IS NOT NULL)", name="supplied"),
    )
    flow: ClassVar[Flow[Promised]] = PROMISE

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    kind: Mapped[PaperKind]
    form: Mapped[str]
    step: Mapped[Step]  # which cannot do without it
    promised_at: Mapped[datetime]
    promised_by: Mapped[str]  # the signatory's name
    due_on: Mapped[date | None] = mapped_column(default=None)
    told_on: Mapped[date | None] = mapped_column(default=None)  # the notice's own day
    accepted_by: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None] = mapped_column(default=None)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), default=None)
    state: Mapped[Promised] = mapped_column(default=Promised.OWED)
