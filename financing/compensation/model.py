"""Claims of banks for compensation, their files, decisions and parts, as stored (代偿)."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.compensation.rules import (
    DECISION_FLOW,
    FLOW,
    OVER,
    PART_FLOW,
    ClaimState,
    DecisionState,
    Lapse,
    Outcome,
    PartState,
    Pause,
    Reason,
)
from financing.db import Thing
from financing.flow import Flow
from financing.guarantees.sharing import Party
from financing.money import Fen, Rate

_OPEN = column("state").not_in([state.value for state in OVER])
_STANDING = column("until").is_(None)
_ASKED = column("state") == DecisionState.PROPOSED.value


class CompensationClaim(Thing):
    """A bank asks the guarantor to pay for a firm (代偿申请, F47). Of one guarantee one is open at a time.

    What was claimed stays as it was lodged; `approved`, `cut` and `repaid` come to the whole claimed once it is decided for good.
    """

    __tablename__ = "compensation_claim"
    __table_args__ = (
        CheckConstraint("claimed > 0 AND claimed <= most AND most <= principal", name="amounts"),
        CheckConstraint("interest >= 0 AND days_past_due >= 0", name="owed"),
        CheckConstraint(
            "approved >= 0 AND cut >= 0 AND repaid >= 0 AND approved + cut + repaid <= claimed", name="parts"
        ),
        CheckConstraint(
            "state NOT IN ('payable', 'paying', 'paid', 'refused') OR approved + cut + repaid = claimed", name="whole"
        ),
        CheckConstraint("state NOT IN ('payable', 'paying', 'paid') OR approved > 0", name="payable"),
        CheckConstraint("state <> 'refused' OR approved = 0", name="refused"),
        CheckConstraint("grace_days >= 0 AND told >= 0 AND due_on >= lodged_on", name="clock"),
        CheckConstraint("(state IN ('waiting', 'reduced', 'denied')) = (paused_on IS NOT NULL)", name="paused"),
        Index("uq_compensation_claim_open", "guarantee_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_compensation_claim_clock", "state", "due_on", "number"),
    )
    flow: ClassVar[Flow[ClaimState]] = FLOW

    number: Mapped[str] = mapped_column(unique=True)  # DC2026-0001
    guarantee_id: Mapped[int] = mapped_column(ForeignKey("guarantee.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("guarantee_case.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("sharing_agreement.id"))  # as of the letter's issue
    principal: Mapped[Fen]  # unpaid by the firm, what was compensated before included
    interest: Mapped[Fen]  # overdue, for the record: the guarantee is of the principal
    days_past_due: Mapped[int]
    recorded: Mapped[bool]  # the days are the platform's own; otherwise the bank's statement, with proof
    share: Mapped[Rate]
    most: Mapped[Fen]  # what could be claimed on the day
    claimed: Mapped[Fen]
    payee: Mapped[str]  # the bank's account that is paid into
    why: Mapped[str]
    lodged_on: Mapped[date]
    lodged_at: Mapped[datetime]
    lodged_by: Mapped[int]
    lodger: Mapped[str]
    grace_days: Mapped[int]  # calendar days
    due_on: Mapped[date]
    chair_aside: Mapped[bool] = mapped_column(default=False)
    paused_on: Mapped[date | None] = mapped_column(default=None)
    told: Mapped[int] = mapped_column(default=0)  # rungs of the ladder that know it is late
    proposed_by: Mapped[int | None] = mapped_column(default=None)
    proposer: Mapped[str] = mapped_column(default="")
    answer_by: Mapped[date | None] = mapped_column(default=None)  # last day of the bank's one answer
    approved: Mapped[Fen] = mapped_column(default=Fen(0))
    cut: Mapped[Fen] = mapped_column(default=Fen(0))  # decided not to be paid
    repaid: Mapped[Fen] = mapped_column(default=Fen(0))  # what the firm paid itself before the guarantor did
    again: Mapped[bool] = mapped_column(default=False)  # refused for something that can be mended
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("entry_proposal.id"), default=None)
    over_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[ClaimState] = mapped_column(default=ClaimState.EXAMINING)


class CompensationItem(Thing):
    """One paper of the file of a guarantee that its bank or the office has put in (代偿材料); written once."""

    __tablename__ = "compensation_item"
    __table_args__ = (Index("ix_compensation_item_file", "guarantee_id", "key"),)

    guarantee_id: Mapped[int] = mapped_column(ForeignKey("guarantee.id"))
    case_id: Mapped[int]
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    key: Mapped[str]  # of the checklist
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    dated: Mapped[date]  # the day the paper bears
    note: Mapped[str]
    by: Mapped[int]
    by_name: Mapped[str]
    at: Mapped[datetime]


class CompensationPromise(Thing):
    """An item that was missing at lodging and is promised by a day (容缺); kept by putting it into the file."""

    __tablename__ = "compensation_promise"
    __table_args__ = (UniqueConstraint("claim_id", "key"),)

    claim_id: Mapped[int] = mapped_column(ForeignKey("compensation_claim.id"))
    guarantee_id: Mapped[int]
    case_id: Mapped[int]
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    key: Mapped[str]
    due_on: Mapped[date]
    at: Mapped[datetime]


class CompensationPause(Thing):
    """Days that were not counted because the bank owed something (暂停计时)."""

    __tablename__ = "compensation_pause"
    __table_args__ = (
        CheckConstraint("until >= since AND due_after >= due_before", name="days"),
        CheckConstraint("(until IS NULL) = (due_after IS NULL)", name="ended"),
        Index(
            "uq_compensation_pause_standing",
            "claim_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    claim_id: Mapped[int] = mapped_column(ForeignKey("compensation_claim.id"), index=True)
    guarantee_id: Mapped[int]
    case_id: Mapped[int]
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    reason: Mapped[Pause]
    wanted: Mapped[str]  # what the bank has to bring, in words
    by_name: Mapped[str]
    since: Mapped[date]
    due_before: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    due_after: Mapped[date | None] = mapped_column(default=None)


class CompensationDecision(Thing):
    """What one person puts forward on a claim and another decides (代偿决定, I-20); the second on a claim is final."""

    __tablename__ = "compensation_decision"
    __table_args__ = (
        UniqueConstraint("claim_id", "number"),
        CheckConstraint("amount >= 0 AND amount <= claimed", name="amount"),
        CheckConstraint("(outcome = 'grant') = (amount = claimed)", name="granted"),
        CheckConstraint("(outcome = 'refuse') = (amount = 0)", name="refused"),
        CheckConstraint("(outcome = 'refuse') = (reason IS NOT NULL)", name="reason"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
        Index("uq_compensation_decision_open", "claim_id", unique=True, sqlite_where=_ASKED, postgresql_where=_ASKED),
    )
    flow: ClassVar[Flow[DecisionState]] = DECISION_FLOW

    claim_id: Mapped[int] = mapped_column(ForeignKey("compensation_claim.id"))
    guarantee_id: Mapped[int]
    case_id: Mapped[int]
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    number: Mapped[int]  # 1, 2, … of this claim
    final: Mapped[bool]
    outcome: Mapped[Outcome]
    claimed: Mapped[Fen]
    amount: Mapped[Fen]  # to be paid
    reason: Mapped[Reason | None]
    opinion: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int]
    proposer: Mapped[str]
    chair_aside: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why it was sent back
    state: Mapped[DecisionState] = mapped_column(default=DecisionState.PROPOSED)


class CompensationCut(Thing):
    """One reduction of a decision: the duty missed, the loss caused, the sum not paid for it (减额, F48); written once."""

    __tablename__ = "compensation_cut"
    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        CheckConstraint("amount > 0 AND amount <= loss", name="amount"),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("compensation_decision.id"))
    claim_id: Mapped[int] = mapped_column(ForeignKey("compensation_claim.id"), index=True)
    guarantee_id: Mapped[int]
    case_id: Mapped[int]
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    number: Mapped[int]
    lapse: Mapped[Lapse]
    loss: Mapped[Fen]
    amount: Mapped[Fen]
    evidence: Mapped[str]


class CompensationAnswer(Thing):
    """The bank's one answer to a decision that is not in full (银行答复); written once."""

    __tablename__ = "compensation_answer"
    __table_args__ = (UniqueConstraint("claim_id"),)

    claim_id: Mapped[int] = mapped_column(ForeignKey("compensation_claim.id"))
    guarantee_id: Mapped[int]
    case_id: Mapped[int]
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    accepts: Mapped[bool]
    text: Mapped[str]
    by: Mapped[int]
    by_name: Mapped[str]
    at: Mapped[datetime]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), default=None)


class CompensationPart(Thing):
    """One party's part of a payment (分担份额): the guarantor pays first and claims the others' parts (先代偿、后分险).

    The parts of one ledger entry come to its amount to the fen.
    """

    __tablename__ = "compensation_part"
    __table_args__ = (
        UniqueConstraint("entry_id", "party"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("(party = 'guarantor') = (state = 'borne')", name="own"),
        CheckConstraint("party <> 'bank'", name="bank"),
        CheckConstraint("state NOT IN ('asked', 'received') OR asked_by IS NOT NULL", name="asked"),
        CheckConstraint("(state = 'received') = (document_id IS NOT NULL)", name="received"),
        CheckConstraint("received_by <> asked_by", name="two_people"),
        Index("ix_compensation_part_state", "state"),
    )
    flow: ClassVar[Flow[PartState]] = PART_FLOW

    entry_id: Mapped[int] = mapped_column(ForeignKey("guarantee_entry.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("compensation_claim.id"), index=True)
    guarantee_id: Mapped[int] = mapped_column(ForeignKey("guarantee.id"), index=True)
    case_id: Mapped[int]
    firm_id: Mapped[int]
    bank_id: Mapped[int]
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("sharing_agreement.id"))
    party: Mapped[Party]
    name: Mapped[str]  # of the other party; otherwise empty
    share: Mapped[Rate]  # of the payment
    amount: Mapped[Fen]
    since: Mapped[date]  # the day of the payment
    state: Mapped[PartState]
    asked_on: Mapped[date | None] = mapped_column(default=None)
    asked_by: Mapped[int | None] = mapped_column(default=None)
    asker: Mapped[str] = mapped_column(default="")
    received_on: Mapped[date | None] = mapped_column(default=None)
    received_by: Mapped[int | None] = mapped_column(default=None)
    receiver: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), default=None)
