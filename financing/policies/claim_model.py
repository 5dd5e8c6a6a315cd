"""What firms claim by clauses, and the ledger of it (应享、申报、核定、兑付): lines are written once, money by two people."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen
from financing.policies.rules import CLAIM_FLOW, OVER, ClaimState, Entry

_LIVE = column("state").not_in([state.value for state in OVER])
_GROUPED = _LIVE & (column("exclusive") != "")


class PolicyClaim(Thing):
    """One firm under one clause, for one year or one loan; live ones of a group exclude each other, the database holds to it."""

    __tablename__ = "policy_claim"
    __table_args__ = (
        CheckConstraint("entitled >= 0 AND applied >= 0 AND granted >= 0 AND paid >= 0", name="sums"),
        CheckConstraint("granted IS NULL OR applied IS NULL OR granted <= applied", name="granted"),
        CheckConstraint("paid IS NULL OR paid <= granted", name="paid"),
        CheckConstraint("(state = 'paid') = (paid IS NOT NULL)", name="paid_state"),
        CheckConstraint("confirmed_by <> asked_by", name="two_people"),
        CheckConstraint("state <> 'paid' OR (confirmed_by IS NOT NULL AND asked_by IS NOT NULL)", name="by_two"),
        CheckConstraint("state NOT IN ('publicised', 'paying', 'paid') OR public_until IS NOT NULL", name="publicised"),
        Index("uq_policy_claim_live", "firm_id", "clause_id", "subject", "year", unique=True,
              sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("uq_policy_claim_group", "firm_id", "exclusive", "subject", "year", unique=True,
              sqlite_where=_GROUPED, postgresql_where=_GROUPED),
        Index("ix_policy_claim_state", "state", "due_on"),
    )  # fmt: skip
    flow: ClassVar[Flow[ClaimState]] = CLAIM_FLOW

    number: Mapped[str] = mapped_column(unique=True)  # BT2026-0001
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("policy_clause.id"), index=True)
    firm: Mapped[str]  # names as they were, for the publicity
    title: Mapped[str]
    exclusive: Mapped[str]
    subject: Mapped[str]  # the contract of the loan; empty: the firm itself
    year: Mapped[int]  # 0 for a loan, which has a subsidy once and for all
    entitled: Mapped[Fen | None]  # what the engine worked out on the day
    opened_at: Mapped[datetime]
    opened_by: Mapped[int]
    due_on: Mapped[date]  # when the money shall be there
    note: Mapped[str] = mapped_column(default="")
    applied: Mapped[Fen | None] = mapped_column(default=None)
    applied_on: Mapped[date | None] = mapped_column(default=None)
    granted: Mapped[Fen | None] = mapped_column(default=None)
    reviewed_by: Mapped[int | None] = mapped_column(default=None)
    reviewer: Mapped[str] = mapped_column(default="")
    public_from: Mapped[date | None] = mapped_column(default=None)
    public_until: Mapped[date | None] = mapped_column(default=None)
    asked_by: Mapped[int | None] = mapped_column(default=None)  # who put the payment forward
    asker: Mapped[str] = mapped_column(default="")
    pay_on: Mapped[date | None] = mapped_column(default=None)
    voucher: Mapped[str] = mapped_column(default="")
    confirmed_by: Mapped[int | None] = mapped_column(default=None)
    confirmer: Mapped[str] = mapped_column(default="")
    paid: Mapped[Fen | None] = mapped_column(default=None)
    paid_on: Mapped[date | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(default="")  # why it was refused or withdrawn, or the payment returned
    state: Mapped[ClaimState] = mapped_column(default=ClaimState.APPLIED)


class PolicyLine(Thing):
    """One line of the ledger (台账): what was applied for, granted or paid; the sums of all pages are sums of these."""

    __tablename__ = "policy_line"
    __table_args__ = (
        UniqueConstraint("claim_id", "entry"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("(entry = 'paid') = (confirmed_by IS NOT NULL) AND confirmed_by <> by", name="two_people"),
    )

    claim_id: Mapped[int] = mapped_column(ForeignKey("policy_claim.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("policy_clause.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    entry: Mapped[Entry]
    amount: Mapped[Fen]
    on: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[int]
    confirmed_by: Mapped[int | None] = mapped_column(default=None)
