"""Conduct of banks as stored: cases on one side, who reported on the other, sealed and in tables of their own (I-26)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.conduct.rules import (
    FLOW,
    SEAT_FLOW,
    ConductOutcome,
    ConductState,
    Practice,
    Seat,
    SeatState,
    Source,
    Word,
)
from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen
from financing.sealing import SealedColumn


class HandlerPost(Thing):
    """Who sits on one of the two seats from a day on; proposed by one, confirmed by another, never by oneself."""

    __tablename__ = "handler_post"
    __table_args__ = (
        CheckConstraint("decided_by <> proposed_by AND decided_by <> user_id", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
    )
    flow: ClassVar[Flow[SeatState]] = SEAT_FLOW

    seat: Mapped[Seat]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))  # None: nobody from that day on
    name: Mapped[str]
    since: Mapped[date]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int]
    proposer: Mapped[str]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    state: Mapped[SeatState] = mapped_column(default=SeatState.PROPOSED)


class Reporter(Thing):
    """Who reported what: one sealed cell, and keyed marks by which the person, the firm, the form and the code find it again.

    No column tells a name, a firm or a moment. `waits_until` is drawn by lot, so that no case appears right after a visit.
    """

    __tablename__ = "reporter"
    __table_args__ = (UniqueConstraint("once"), UniqueConstraint("code"), Index("ix_reporter_mark", "mark"))

    mark: Mapped[str]  # of the person
    firm_mark: Mapped[str]
    once: Mapped[str]  # of the form, or of the answer it began with: the same one twice is one report
    code: Mapped[str]  # of the code by which the person can ask without signing in
    waits_until: Mapped[date]
    told: Mapped[bytes] = mapped_column(SealedColumn)


class ConductEvidence(Thing):
    """A file handed in with a report; its bytes lie sealed in the store, its name in the cell."""

    __tablename__ = "conduct_evidence"

    report_id: Mapped[int] = mapped_column(ForeignKey("reporter.id"), index=True)
    stored: Mapped[str]
    sha256: Mapped[str]  # of the sealed bytes
    told: Mapped[bytes] = mapped_column(SealedColumn)


class ConductCase(Thing):
    """One matter against one bank (行为核查); `firm_id` only where the bank knows the firm anyway."""

    __tablename__ = "conduct_case"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("report_id"),
        CheckConstraint("(source IN ('report', 'check')) = (report_id IS NOT NULL)", name="confided"),
        CheckConstraint("report_id IS NULL OR (firm_id IS NULL AND subject_id IS NULL)", name="no_identity"),
        CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="closed"),
        CheckConstraint("(outcome IS NULL) = (closed_on IS NULL)", name="closed_on"),
        Index("ix_conduct_case_open", "against_id", "practice", "state"),
    )
    flow: ClassVar[Flow[ConductState]] = FLOW
    #: Who may act on it, set by whoever fetches it for a handler; a case fetched otherwise is nobody's to move.
    handlers = frozenset[int]()

    number: Mapped[str]
    practice: Mapped[Practice]
    source: Mapped[Source]
    against_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))  # under this name the journal does not tell the bank
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reporter.id"))
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"))
    subject_id: Mapped[int | None]  # what it is about: a promise of renewal, an offer
    facts: Mapped[dict[str, Any]]
    received_on: Mapped[date]
    begin_by: Mapped[date]
    answer_by: Mapped[date]
    words: Mapped[int] = mapped_column(default=0)  # of whoever reported, as far as the handlers were told
    outcome: Mapped[ConductOutcome | None] = mapped_column(default=None)
    closed_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[ConductState] = mapped_column(default=ConductState.RECEIVED)


class ConductNote(Thing):
    """Something written in a case, sealed: by whoever reported (`by` is empty), or by a handler."""

    __tablename__ = "conduct_note"
    __table_args__ = (UniqueConstraint("once"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("conduct_case.id"), index=True)
    word: Mapped[Word]
    by: Mapped[int | None]
    once: Mapped[str | None]  # keyed mark of the form it came by
    told: Mapped[bytes] = mapped_column(SealedColumn)


class ConductLetter(Thing):
    """A letter to the bank without a word of who reported, and the bank's answer."""

    __tablename__ = "conduct_letter"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        Index("ix_conduct_letter_bank", "bank_id", "sent_on"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("conduct_case.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    number: Mapped[str]
    practice: Mapped[Practice]
    asks: Mapped[str]
    sent_on: Mapped[date]
    sent_by: Mapped[int]
    due_on: Mapped[date]
    answer: Mapped[str | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[int | None] = mapped_column(default=None)


class PayoutCheck(Thing):
    """The one question after a pay-out (放款后核查): asked once, answered once; the answer is sealed whatever it says."""

    __tablename__ = "payout_check"
    __table_args__ = (
        UniqueConstraint("drawdown_id"),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answered"),
        CheckConstraint("seen_on IS NULL OR answered_on IS NOT NULL", name="seen"),
    )

    drawdown_id: Mapped[int] = mapped_column(ForeignKey("drawdown.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    amount: Mapped[Fen]
    paid_on: Mapped[date]
    asked_on: Mapped[date]
    answered_on: Mapped[date | None] = mapped_column(default=None)
    answer: Mapped[bytes | None] = mapped_column(SealedColumn, default=None)
    seen_on: Mapped[date | None] = mapped_column(default=None)  # by the daily run, every answer alike


class ForbiddenTry(Thing):
    """An offer that was refused for an item no bank may ask for."""

    __tablename__ = "forbidden_try"
    __table_args__ = (Index("ix_forbidden_try_bank", "bank_id", "practice", "day"),)

    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    practice: Mapped[Practice]
    rule: Mapped[str]
    day: Mapped[date]
