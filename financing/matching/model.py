"""Matches, consents, frozen dossiers and who viewed them, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.access import Role
from financing.db import Thing
from financing.flow import Flow
from financing.matching.appetite_rules import PeriodKind
from financing.matching.rules import FLOW, Assigning, Consented, MatchState
from financing.money import Fen
from financing.needs.rules import Purpose


class Match(Thing):
    """One need proposed to one bank, with the reasons for both sides."""

    __tablename__ = "match"
    __table_args__ = (
        UniqueConstraint("need_id", "bank_id"),
        Index("ix_match_inbox", "bank_id", "state", "due_on"),
        Index("ix_match_sent", "sent_on", "bank_id"),
    )
    flow: ClassVar[Flow[MatchState]] = FLOW

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    fit: Mapped[int]  # points of scoring.match
    reasons: Mapped[list[Any]]  # codes of scoring.match
    proposed_on: Mapped[date]
    sent_on: Mapped[date | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)  # the bank's answer
    #: matching.teaser_rules.Teaser as it was when the need was first proposed; empty where it is withheld.
    teaser: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, server_default="{}")
    state: Mapped[MatchState] = mapped_column(default=MatchState.PROPOSED)


class OfferRelease(Thing):
    """Up to which amount a branch head lets the bank's officers offer on one need (放行)."""

    __tablename__ = "offer_release"
    __table_args__ = (CheckConstraint("most > 0", name="most"),)

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    most: Mapped[Fen]
    given_at: Mapped[datetime]
    given_by: Mapped[int]
    given_by_name: Mapped[str]


class ConsentRequest(Thing):
    """A bank's asking for a firm's consent (征求授权): which officer asks, and why; the firm alone decides."""

    __tablename__ = "consent_request"
    __table_args__ = (UniqueConstraint("match_id"),)

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    why: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int]
    asked_by_name: Mapped[str]


class Appetite(Thing):
    """What a bank looks for in a month or a quarter (放贷偏好), one row a version; the highest number counts."""

    __tablename__ = "appetite"
    __table_args__ = (
        UniqueConstraint("bank_id", "kind", "starts", "number"),
        CheckConstraint("starts < ends", name="period"),
        CheckConstraint("least <= most", name="amounts"),
        CheckConstraint("shortest <= longest", name="months"),
        CheckConstraint("volume >= 0 AND needs >= 0", name="volume"),
    )

    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    kind: Mapped[PeriodKind]
    starts: Mapped[date]
    ends: Mapped[date]
    number: Mapped[int]
    sections: Mapped[list[Any]]  # GB/T 4754 sections sought; empty: all, likewise below
    barred: Mapped[list[Any]]  # sections never financed
    sizes: Mapped[list[Any]]
    least: Mapped[Fen | None]
    most: Mapped[Fen | None]
    shortest: Mapped[int | None]  # months
    longest: Mapped[int | None]
    grade: Mapped[str]  # lowest grade taken
    guaranteed_only: Mapped[bool]
    volume: Mapped[Fen | None]  # to be lent in the period
    needs: Mapped[int | None]  # to be taken in the period
    set_at: Mapped[datetime]
    set_by: Mapped[int]
    set_by_name: Mapped[str]


class MatchRound(Thing):
    """Needs assigned to banks all at once (整批对接): which way an officer chose, why, and both ways as they were."""

    __tablename__ = "match_round"

    number: Mapped[str] = mapped_column(unique=True)  # PL2026-0001
    day: Mapped[date]
    way: Mapped[Assigning]
    why: Mapped[str]
    comparison: Mapped[str]  # matching.comparison.Comparison
    digest: Mapped[str]
    chosen_by: Mapped[int]
    chosen_by_name: Mapped[str]
    chosen_at: Mapped[datetime]


class Consent(Thing):
    """A firm's leave (授权) for one named bank, one need, one purpose, until a moment; withdrawal acts at once (I-10)."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("valid_from < valid_until", name="period"),
        Index("ix_consent_bank", "bank_id", "need_id"),
    )

    number: Mapped[str] = mapped_column(unique=True)  # SQ2026-0001
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    scope: Mapped[list[Any]]  # matching.rules.Part
    purpose: Mapped[Consented]
    text_version: Mapped[str]
    text_hash: Mapped[str]  # sha256 of the words shown
    granted_by: Mapped[int]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class Dossier(Thing):
    """A need's dossier (融资档案), frozen: the snapshot in canonical JSON and its digest (I-23)."""

    __tablename__ = "dossier"

    number: Mapped[str] = mapped_column(unique=True)  # DA2026-0001
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), unique=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    snapshot: Mapped[str]  # matching.snapshot.Snapshot
    digest: Mapped[str]
    frozen_at: Mapped[datetime]
    # What lists show, frozen with the rest; grade and contact only under a consent that covers them.
    firm_name: Mapped[str]
    amount: Mapped[Fen]
    line: Mapped[Fen]  # what the guarantor stands behind of it: no bank may offer more
    months: Mapped[int]
    purpose: Mapped[Purpose]
    grade: Mapped[str]
    contact: Mapped[str]
    phone: Mapped[str]


class Viewing(Thing):
    """One opening or download of a dossier (谁看过我)."""

    __tablename__ = "viewing"
    __table_args__ = (UniqueConstraint("dossier_id", "bank_id", "copy_number"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id"))
    user_id: Mapped[int]
    user_name: Mapped[str]
    role: Mapped[Role]
    printed: Mapped[bool]
    at: Mapped[datetime]
    copy_number: Mapped[int | None] = mapped_column(default=None)
    consent_id: Mapped[int | None] = mapped_column(default=None)
    digest: Mapped[str] = mapped_column(default="")  # of the very content that was shown
