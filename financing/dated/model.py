"""Proposals of figures as stored: what one person puts forward and another decides."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.dated.rules import PROPOSAL_FLOW, Certainty, ProposalState
from financing.db import Thing
from financing.flow import Flow

OPEN = column("state") == "proposed"


class SettingProposal(Thing):
    """A figure as it shall be from a day on; one proposal for a figure waits at a time."""

    __tablename__ = "setting_proposal"
    __table_args__ = (
        CheckConstraint("proposed_by <> decided_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("value >= 0", name="value"),
        Index("uq_setting_proposal_open", "key", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )
    flow: ClassVar[Flow[ProposalState]] = PROPOSAL_FLOW

    key: Mapped[str]
    value: Mapped[int]
    before: Mapped[int]  # in force on the day it was proposed
    since: Mapped[date]
    why: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[Certainty]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int]
    proposer: Mapped[str]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why it was turned down
    state: Mapped[ProposalState] = mapped_column(default=PROPOSAL_FLOW.start)
