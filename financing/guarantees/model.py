"""Limits, meetings, guarantee cases, ballots and sealed resolutions as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, UniqueConstraint, false, literal_column, true
from sqlalchemy.orm import Mapped, mapped_column, synonym

from financing.acts import Act
from financing.db import Base, Thing
from financing.flow import Flow
from financing.guarantees.rules import (
    CONDITION_FLOW,
    FLOW,
    MEETING_FLOW,
    CaseState,
    ConditionState,
    MeetingState,
    Pot,
    Round,
    Scope,
    Vote,
)
from financing.money import Fen, Rate
from financing.parties.rules import Support


class Limit(Thing):
    """A counter that can never pass its cap: code computes, the CHECK decides (I-03)."""

    __tablename__ = "exposure_limit"
    __table_args__ = (
        UniqueConstraint("scope", "owner_id"),
        CheckConstraint("used >= 0 AND reserved >= 0 AND used + reserved <= cap", name="within"),
    )

    scope: Mapped[Scope]
    owner_id: Mapped[int]  # guarantor, GB/T 4754 division, bank, group or firm
    cap: Mapped[Fen]
    used: Mapped[Fen] = mapped_column(default=Fen(0))
    reserved: Mapped[Fen] = mapped_column(default=Fen(0))


class LimitTerm(Thing):
    """A limit of the guarantor's own that two people have set for one sector or one bank, with the document it rests on."""

    __tablename__ = "limit_term"
    __table_args__ = (UniqueConstraint("scope", "owner_id"),)

    scope: Mapped[Scope]
    owner_id: Mapped[int]
    cap: Mapped[Fen]
    basis: Mapped[str]


class Movement(Thing):
    """One line of the limit ledger (额度流水): an amount taken from one pot of one limit and put into another (I-02)."""

    __tablename__ = "limit_movement"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("source <> target", name="pots"),
        Index("ix_limit_movement_case", "case_id"),
        Index("ix_limit_movement_firm", "limit_id", "firm_id"),
    )

    limit_id: Mapped[int] = mapped_column(ForeignKey("exposure_limit.id"))
    case_id: Mapped[int]
    firm_id: Mapped[int]
    source: Mapped[Pot]
    target: Mapped[Pot]
    amount: Mapped[Fen]
    at: Mapped[datetime]
    by: Mapped[int]


class Meeting(Thing):
    """A sitting of the guarantee committee (担保评审委员会)."""

    __tablename__ = "meeting"
    flow: ClassVar[Flow[MeetingState]] = MEETING_FLOW

    number: Mapped[str] = mapped_column(unique=True)  # PS2026-03
    day: Mapped[date]
    place: Mapped[str]
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.CALLED)

    meeting_id: Mapped[int] = synonym("id", init=False)


class Seat(Base):
    """One member's place at one sitting, under the name and in the part they were called with."""

    __tablename__ = "seat"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    name: Mapped[str]
    chair: Mapped[bool] = mapped_column(default=False)
    expert: Mapped[bool] = mapped_column(default=False, server_default=false())  # called by lot from outside
    votes: Mapped[bool] = mapped_column(default=True, server_default=true())  # an expert may sit to advise alone


class GuaranteeCase(Thing):
    """One firm's request that the zone's guarantor stand behind its loan (担保项目)."""

    __tablename__ = "guarantee_case"
    __table_args__ = (
        CheckConstraint("line > 0", name="line"),
        Index("uq_case_open", "need_id", unique=True),
        Index("ix_case_newest", "opened_on", "number"),
        Index("ix_case_standing", "state", "opened_on", "number"),
        Index("ix_case_meeting", "meeting_id", "state"),
    )
    flow: ClassVar[Flow[CaseState]] = FLOW

    number: Mapped[str] = mapped_column(unique=True)  # DB2026-0001
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    guarantor_id: Mapped[int] = mapped_column(ForeignKey("guarantor.id"))
    officer_id: Mapped[int]
    officer_name: Mapped[str]
    line: Mapped[Fen]  # loan amount the guarantor would stand behind
    months: Mapped[int]
    support: Mapped[Support]
    share: Mapped[Rate]
    fee: Mapped[Rate]
    opened_on: Mapped[date]
    gates: Mapped[list[Any]]  # what was checked when the case was opened
    opinion: Mapped[str]  # the officer's
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), default=None)
    survey_id: Mapped[int | None] = mapped_column(default=None)  # the survey it was opened on
    affordability: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict, server_default="{}"
    )  # as diligence.affording.sealed writes it
    price: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict, server_default="{}"
    )  # what share and fee follow from, as guarantees.price.Price.stored
    chair_aside: Mapped[bool] = mapped_column(
        default=False
    )  # the chair is tied: any other member may declare the count
    report_by: Mapped[date | None] = mapped_column(default=None)  # of a related party: to the regulator until then
    reported_on: Mapped[date | None] = mapped_column(default=None)
    round: Mapped[Round] = mapped_column(default=Round.FIRST, server_default="final")  # of the present sitting
    set_back_for: Mapped[Act | None] = mapped_column(default=None)  # the file was changed after a vote (F14)
    set_back_at: Mapped[datetime | None] = mapped_column(default=None)
    return_by: Mapped[date | None] = mapped_column(default=None)  # put off: on an agenda again until then
    state: Mapped[CaseState] = mapped_column(default=CaseState.IN_REVIEW)

    case_id: Mapped[int] = synonym("id", init=False)


class Tie(Thing):
    """A member's tie to a case (回避): from here on neither papers nor vote."""

    __tablename__ = "tie"
    __table_args__ = (UniqueConstraint("case_id", "user_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("guarantee_case.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str]
    at: Mapped[datetime]
    imposed_by: Mapped[int | None] = mapped_column(default=None)  # the chair; else the member's own word
    evidence: Mapped[list[Any]] = mapped_column(
        default_factory=list, server_default="[]"
    )  # derived, as interest_rules.Evidence writes it; empty where somebody said so


class Ballot(Thing):
    """One member's vote in one round of one sitting; void once a tie is declared or the file has changed, and shown as void.

    Of one member one ballot counts in a round (I-07); void ones stay beside it.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        Index(
            "uq_ballot_counting", "case_id", "meeting_id", "round", "user_id",
            unique=True, sqlite_where=literal_column("NOT void"), postgresql_where=literal_column("NOT void"),
        ),
    )  # fmt: skip

    case_id: Mapped[int] = mapped_column(ForeignKey("guarantee_case.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    vote: Mapped[Vote]
    opinion: Mapped[str]
    at: Mapped[datetime]
    round: Mapped[Round] = mapped_column(default=Round.FIRST, server_default="final")
    void: Mapped[bool] = mapped_column(default=False)


class Condition(Thing):
    """One condition of a decision in favour, in the committee's own words, and how it was met (条件落实, F42)."""

    __tablename__ = "case_condition"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("met_by IS NULL OR met_by <> shown_by", name="two_people"),
        CheckConstraint("(state = 'met') = (met_by IS NOT NULL)", name="accepted"),
        CheckConstraint("state = 'owed' OR (proof_id IS NOT NULL AND shown_by IS NOT NULL)", name="proof"),
    )
    flow: ClassVar[Flow[ConditionState]] = CONDITION_FLOW

    case_id: Mapped[int] = mapped_column(ForeignKey("guarantee_case.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    number: Mapped[int]  # 1, 2, … in the order of the resolution
    says: Mapped[str]  # as sealed
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), default=None)
    shown_by: Mapped[int | None] = mapped_column(default=None)
    shown_name: Mapped[str] = mapped_column(default="")
    shown_at: Mapped[datetime | None] = mapped_column(default=None)
    met_by: Mapped[int | None] = mapped_column(default=None)
    met_name: Mapped[str] = mapped_column(default="")
    met_at: Mapped[datetime | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")  # it was last turned down
    state: Mapped[ConditionState] = mapped_column(default=ConditionState.OWED)

    condition_id: Mapped[int] = synonym("id", init=False)


class Resolution(Thing):
    """What was sealed (决议): the record in canonical form with its digest; no role and no SQL of the application changes it."""

    __tablename__ = "resolution"
    __table_args__ = (UniqueConstraint("case_id", "sealed_at"),)

    number: Mapped[str] = mapped_column(unique=True)  # JY2026-0001
    case_id: Mapped[int] = mapped_column(ForeignKey("guarantee_case.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)  # none: two officers decided
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int]
    outcome: Mapped[CaseState]
    record: Mapped[dict[str, Any]]  # as guarantees.record writes it
    digest: Mapped[str]  # sha256 of the canonical record
    sealed_at: Mapped[datetime]
    sealed_by: Mapped[int]
    until: Mapped[date | None] = mapped_column(default=None)


#: No ballot and no tie comes after the seal, also when a backup is brought back: they are written before resolutions.
for _earlier in (Ballot, Tie):
    cast("Table", Resolution.__table__).add_is_dependent_on(cast("Table", _earlier.__table__))
