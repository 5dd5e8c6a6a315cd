"""Changes of a loan, classes set by people, and what is done about its maturity, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.loans.change_rules import CHANGE_FLOW, CLASS_FLOW, Choice, ClassState, Kind, LoanChangeState
from financing.loans.rules import FiveClass
from financing.money import Rate

_WAITING = column("state").in_([LoanChangeState.ASKED.value, LoanChangeState.PROPOSED.value])
_OPEN = column("state") == ClassState.PROPOSED.value


class LoanChange(Thing):
    """Another rate, or another maturity (调整利率、展期): as the bank recorded it, and the guarantor's consent by two people on a document.

    Without written consent the period of the guarantee stays as it was (民法典第695条).
    """

    __tablename__ = "loan_change"
    __table_args__ = (
        CheckConstraint("(kind = 'rate') = (rate IS NOT NULL)", name="rate"),
        CheckConstraint("(kind = 'extension') = (until IS NOT NULL)", name="until"),
        CheckConstraint("until > was_until", name="later"),
        CheckConstraint(
            "state <> 'agreed' OR (document_id IS NOT NULL AND guarantee_until IS NOT NULL AND guarantee_until >= until)",
            name="consent",
        ),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state IN ('agreed', 'refused')) = (decided_by IS NOT NULL)", name="decided"),
        Index("uq_loan_change_waiting", "loan_id", unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING),
    )
    flow: ClassVar[Flow[LoanChangeState]] = CHANGE_FLOW

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), index=True)
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    kind: Mapped[Kind]
    on: Mapped[date]
    rate: Mapped[Rate | None]
    until: Mapped[date | None]
    was_until: Mapped[date]
    why: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int]
    recorder: Mapped[str]
    chair_aside: Mapped[bool] = mapped_column(default=False)
    guarantee_until: Mapped[date | None] = mapped_column(default=None)  # the end of the guarantee period agreed to
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), default=None)
    proposed_at: Mapped[datetime | None] = mapped_column(default=None)
    proposed_by: Mapped[int | None] = mapped_column(default=None)
    proposer: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    state: Mapped[LoanChangeState] = mapped_column(default=LoanChangeState.RECORDED)


class ClassChange(Thing):
    """A class set by people (人工调整分类): proposed with a reason, confirmed by somebody else; `to` empty gives it back to the days."""

    __tablename__ = "loan_class"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
        Index("uq_loan_class_open", "loan_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    flow: ClassVar[Flow[ClassState]] = CLASS_FLOW

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), index=True)
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    before: Mapped[FiveClass]
    to: Mapped[FiveClass | None]
    reason: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int]
    proposer: Mapped[str]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    state: Mapped[ClassState] = mapped_column(default=ClassState.PROPOSED)


class RenewalCall(Thing):
    """That firm, bank and officer were told of a maturity so many days before it (到期提醒); each level of each maturity once (I-14)."""

    __tablename__ = "renewal_call"
    __table_args__ = (UniqueConstraint("loan_id", "matures", "days"), CheckConstraint("days >= 0", name="days"))

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    firm_id: Mapped[int] = mapped_column(index=True)
    bank_id: Mapped[int]
    matures: Mapped[date]
    days: Mapped[int]  # before the maturity
    on: Mapped[date]
    at: Mapped[datetime]


class RenewalChoice(Thing):
    """What the firm wants to do about a maturity (到期安排), with what it stated for a renewal without repaying principal; the newest counts."""

    __tablename__ = "renewal_choice"

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), index=True)
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    matures: Mapped[date]
    choice: Mapped[Choice]
    note: Mapped[str]
    stated: Mapped[dict[str, Any]]  # answers of the firm, and the conditions found missing
    by: Mapped[int]
    by_name: Mapped[str]
    at: Mapped[datetime]
