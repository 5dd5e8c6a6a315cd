"""Small cases that two officers decide (授权审批, F41) as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.guarantees.delegation_rules import DELEGATION_FLOW, DelegationState


class Delegation(Thing):
    """A small case that one officer puts forward and another decides; a case goes this way once at most.

    `record`, `digest` and `number` are sealed with the decision and become the resolution once nobody has called the case in.
    """

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("decided_by <> proposed_by AND decided_by <> officer_id", name="two_people"),
        CheckConstraint("(decided_by IS NULL) = (state IN ('proposed', 'void') AND number IS NULL)", name="decided"),
        CheckConstraint("(called_by IS NOT NULL) = (state = 'called_in')", name="called"),
    )
    flow: ClassVar[Flow[DelegationState]] = DELEGATION_FLOW

    case_id: Mapped[int] = mapped_column(ForeignKey("guarantee_case.id"), unique=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int]
    officer_id: Mapped[int]  # who brought the case: never the one who decides
    proposed_by: Mapped[int]
    proposer: Mapped[str]
    proposed_at: Mapped[datetime]
    proposal: Mapped[str]
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    opinion: Mapped[str] = mapped_column(default="")
    number: Mapped[str | None] = mapped_column(unique=True, default=None)  # of the resolution
    record: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    digest: Mapped[str] = mapped_column(default="")
    until: Mapped[date | None] = mapped_column(default=None)  # as the resolution holds
    call_in_until: Mapped[date | None] = mapped_column(default=None)
    called_by: Mapped[int | None] = mapped_column(default=None)
    caller: Mapped[str] = mapped_column(default="")
    called_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")  # why it was called in
    state: Mapped[DelegationState] = mapped_column(default=DelegationState.PROPOSED)
