"""Loans, their repayment plans and what was repaid, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.loans.rules import Change, Source
from financing.money import Fen, Rate
from scoring.repayment import DayCount, Repayment


class Loan(Thing):
    """One loan contract (借款合同): of each accepted offer one, with the amounts it must not pass copied into the row (I-22)."""

    __tablename__ = "loan"
    __table_args__ = (
        UniqueConstraint("bank_id", "contract"),
        CheckConstraint("amount > 0 AND amount <= offered AND offered <= asked", name="amounts"),
        CheckConstraint("line IS NULL OR (offered <= line AND line <= asked)", name="line"),
        CheckConstraint("starts < matures", name="days"),
        CheckConstraint("rate >= 0 AND surcharge >= 0", name="rates"),
        CheckConstraint("interest_day IS NULL OR interest_day BETWEEN 1 AND 28", name="interest_day"),
        CheckConstraint("every IN (1, 3, 6, 12)", name="every"),
    )

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), unique=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    contract: Mapped[str]  # the bank's number of the contract
    amount: Mapped[Fen]
    offered: Mapped[Fen]
    line: Mapped[Fen | None]  # approved by the committee, where it decided
    asked: Mapped[Fen]
    rate: Mapped[Rate]  # a year, of the contract
    offered_rate: Mapped[Rate]
    starts: Mapped[date]
    matures: Mapped[date]  # by the contract; an extension moves what counts, not this
    repayment: Mapped[Repayment]
    days: Mapped[DayCount]
    interest_day: Mapped[int | None]  # of the month; none: the day of the month on which the loan began
    every: Mapped[int]  # months from one interest day to the next
    surcharge: Mapped[Rate]  # on what is past due, of the contract's rate (逾期罚息加收)
    steps: Mapped[list[Any]]  # of an agreed plan: [day, fen]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int]
    recorder: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("document.id"), default=None
    )  # the contract, typed by an officer

    @property
    def loan_id(self) -> int:
        return self.id


class LoanPlan(Thing):
    """One version of a repayment plan (还款计划): what falls due when, from a day on; written once, the newest counts."""

    __tablename__ = "loan_plan"
    __table_args__ = (UniqueConstraint("loan_id", "number"), CheckConstraint("number > 0", name="number"))

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    number: Mapped[int]  # 1, 2, … of this loan
    since: Mapped[date]
    why: Mapped[Change]
    matures: Mapped[date]
    rate: Mapped[Rate]
    rows: Mapped[list[Any]]  # [day, fen of principal, fen of interest]
    at: Mapped[datetime]
    by: Mapped[int]


class LoanRepayment(Thing):
    """Money that the firm paid on a loan, as the bank booked it (还款): written once, and the same reference of the bank only once."""

    __tablename__ = "loan_repayment"
    __table_args__ = (
        UniqueConstraint("loan_id", "reference", "again"),
        CheckConstraint("principal >= 0 AND interest >= 0 AND penalty >= 0", name="parts"),
        CheckConstraint("principal + interest + penalty > 0", name="something"),
        CheckConstraint("principal + repaid <= drawn", name="within"),
        Index("ix_loan_repayment_order", "loan_id", "on"),
    )

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    firm_id: Mapped[int] = mapped_column(index=True)
    bank_id: Mapped[int]
    on: Mapped[date]
    principal: Mapped[Fen]
    interest: Mapped[Fen]
    penalty: Mapped[Fen]
    repaid: Mapped[Fen]  # principal before this one, as it was recorded
    drawn: Mapped[Fen]  # paid out when it was recorded
    reference: Mapped[str]  # the bank's own, of this loan never twice but after one was taken back
    source: Mapped[Source]
    by: Mapped[int]
    by_name: Mapped[str]
    at: Mapped[datetime]
    again: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # how many under this reference were taken back before it
