"""Guarantees, the ledger of each, and entries that wait for a second person, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, column
from sqlalchemy.orm import Mapped, mapped_column, synonym

from financing.db import Thing
from financing.flow import Flow
from financing.letters.rules import (
    ACTIVE,
    FLOW,
    PROPOSAL_FLOW,
    EntryKind,
    GuaranteeState,
    GuaranteeType,
    ProposalState,
)
from financing.money import Fen, Rate
from financing.parties.rules import Support

_ACTIVE = column("state").in_([state.value for state in ACTIVE])
_OPEN = column("state") == ProposalState.PROPOSED.value


class Guarantee(Thing):
    """What the guarantor stands behind towards one bank, from the draft of its letter to its release (担保函, F10).

    The amounts it must not pass are copied into the row, so that the CHECK itself knows them (I-22); `balance` and `unrecovered`
    are the sums of its entries.
    """

    __tablename__ = "guarantee"
    __table_args__ = (
        CheckConstraint("amount > 0 AND amount <= offered AND offered <= line AND line <= asked", name="amounts"),
        CheckConstraint("balance >= 0 AND balance <= amount AND unrecovered >= 0", name="balance"),
        CheckConstraint("starts < matures AND matures <= until", name="days"),
        CheckConstraint("issued_by <> prepared_by", name="two_people"),
        CheckConstraint("(state IN ('prepared', 'dropped')) = (issued_by IS NULL)", name="issued"),
        Index("ix_guarantee_newest", "prepared_at", "number"),
        Index("ix_guarantee_standing", "state", "prepared_at", "number"),
        Index("ix_guarantee_owed", "state", "balance"),
        Index("uq_guarantee_active", "need_id", unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE),
    )
    flow: ClassVar[Flow[GuaranteeState]] = FLOW

    number: Mapped[str] = mapped_column(unique=True)  # BH2026-0001
    case_id: Mapped[int] = mapped_column(ForeignKey("guarantee_case.id"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    guarantor_id: Mapped[int] = mapped_column(ForeignKey("guarantor.id"))
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolution.id"))
    form: Mapped[Support]
    type: Mapped[GuaranteeType | None]  # of a letter alone
    amount: Mapped[Fen]  # of the loan that is guaranteed
    offered: Mapped[Fen]
    line: Mapped[Fen]
    asked: Mapped[Fen]
    share: Mapped[Rate]
    fee: Mapped[Rate]
    starts: Mapped[date]  # of the loan
    matures: Mapped[date]  # of the loan
    until: Mapped[date]  # end of the guarantee period (保证期间)
    prepared_at: Mapped[datetime]
    prepared_by: Mapped[int]
    preparer: Mapped[str]
    issued_on: Mapped[date | None] = mapped_column(default=None)
    issued_by: Mapped[int | None] = mapped_column(default=None)
    issuer: Mapped[str] = mapped_column(default="")
    released_on: Mapped[date | None] = mapped_column(default=None)
    chair_aside: Mapped[bool] = mapped_column(default=False)  # as of the case: a member signs in place of a tied chair
    balance: Mapped[Fen] = mapped_column(default=Fen(0))  # still guaranteed (在保余额)
    unrecovered: Mapped[Fen] = mapped_column(default=Fen(0))  # paid for the firm, not recovered, not lost (代偿余额)
    state: Mapped[GuaranteeState] = mapped_column(default=GuaranteeState.PREPARED)

    guarantee_id: Mapped[int] = synonym("id", init=False)
    #: What is put forward about a guarantee is a thing of its own; of the guarantee itself nobody is the proposer.
    proposed_by: ClassVar[None] = None
    asked_by: ClassVar[None] = None


class GuaranteeEntry(Thing):
    """One line of a guarantee's ledger (在保台账): written once; the balance on any day is the sum of the lines until then."""

    __tablename__ = "guarantee_entry"
    __table_args__ = (
        CheckConstraint("amount > 0 OR (amount = 0 AND kind IN ('issued', 'released'))", name="amount"),
        CheckConstraint("kind IN ('issued', 'repaid') OR document_id IS NOT NULL", name="document"),
        CheckConstraint("kind IN ('issued', 'repaid', 'released') OR confirmed_by IS NOT NULL", name="confirmed"),
        CheckConstraint("confirmed_by <> by", name="two_people"),
        Index("ix_guarantee_entry_ledger", "guarantee_id", "on"),
    )

    guarantee_id: Mapped[int] = mapped_column(ForeignKey("guarantee.id"))
    case_id: Mapped[int]
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    kind: Mapped[EntryKind]
    on: Mapped[date]
    amount: Mapped[Fen]
    by: Mapped[int]
    at: Mapped[datetime]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), default=None)
    confirmed_by: Mapped[int | None] = mapped_column(default=None)


class EntryProposal(Thing):
    """A payment, a recovery or a loss that one person puts forward with a document and another confirms (I-20)."""

    __tablename__ = "entry_proposal"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("kind IN ('compensated', 'recovered', 'lost')", name="kind"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
        Index("uq_entry_proposal_open", "guarantee_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    flow: ClassVar[Flow[ProposalState]] = PROPOSAL_FLOW

    guarantee_id: Mapped[int] = mapped_column(ForeignKey("guarantee.id"))
    case_id: Mapped[int]
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    kind: Mapped[EntryKind]
    on: Mapped[date]
    amount: Mapped[Fen]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    reason: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int]
    proposer: Mapped[str]
    chair_aside: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why it was turned down
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.PROPOSED)
