"""Reviews of what was paid for firms, as stored: what was found, what is changed by when, and by whom it was decided (代偿复盘)."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from financing.compensation.review_rules import REVIEW_FLOW, Change, ReviewState
from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen


class CompensationReview(Thing):
    """One payment looked back upon (代偿复盘, F112): it ends with a decision to change something or not, by two people, or not at all."""

    __tablename__ = "compensation_review"
    __table_args__ = (
        CheckConstraint("amount > 0 AND due_on >= opened_on", name="due"),
        CheckConstraint("state = 'open' OR (change IS NOT NULL AND lesson <> '' AND reason <> '' AND proposed_by IS NOT NULL)", name="said"),
        CheckConstraint("change IS NULL OR (change = 'nothing') = (change_by IS NULL)", name="change_by"),
        CheckConstraint("change IS NULL OR (change = 'nothing') = (changed = '')", name="changed"),
        CheckConstraint("(state IN ('decided', 'done')) = (decided_by IS NOT NULL)", name="decided"),
        CheckConstraint("state <> 'done' OR change = 'nothing' OR (finished_by IS NOT NULL AND result <> '')", name="finished"),
        CheckConstraint("state <> 'decided' OR change <> 'nothing'", name="waits"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        Index("ix_compensation_review_due", "state", "due_on", "number"),
    )  # fmt: skip
    flow: ClassVar[Flow[ReviewState]] = REVIEW_FLOW

    number: Mapped[str] = mapped_column(unique=True)  # FP2026-0001
    entry_id: Mapped[int] = mapped_column(ForeignKey("guarantee_entry.id"), unique=True)  # the payment
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("compensation_claim.id"))
    guarantee_id: Mapped[int] = mapped_column(ForeignKey("guarantee.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("guarantee_case.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    amount: Mapped[Fen]  # of the payment
    paid_on: Mapped[date]
    opened_on: Mapped[date]
    due_on: Mapped[date]
    lesson: Mapped[str] = mapped_column(default="")
    change: Mapped[Change | None] = mapped_column(default=None)
    changed: Mapped[str] = mapped_column(default="")
    change_by: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    proposed_at: Mapped[datetime | None] = mapped_column(default=None)
    proposed_by: Mapped[int | None] = mapped_column(default=None)
    proposer: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why it was sent back, the last time
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    finished_on: Mapped[date | None] = mapped_column(default=None)
    finished_by: Mapped[int | None] = mapped_column(default=None)
    finisher: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.OPEN)
