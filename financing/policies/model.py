"""Policies and their clauses as stored; a clause keeps what was adopted, and gives way to another edition from a day on."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen
from financing.policies.rules import (
    CLAUSE_FLOW,
    POLICY_FLOW,
    QUESTION_FLOW,
    Benefit,
    ClauseState,
    Level,
    PolicyState,
    QuestionState,
    Route,
)
from scoring.policy import Clause

_WAITS = column("state") == ClauseState.DRAFT.value


class Policy(Thing):
    """A document that promises firms something (惠企政策), with its source and how sure we are of it; in force by two people."""

    __tablename__ = "policy"
    __table_args__ = (
        CheckConstraint("until >= since", name="days"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("state IN ('draft', 'proposed') OR decided_by IS NOT NULL", name="adopted"),
        CheckConstraint("state = 'draft' OR proposed_by IS NOT NULL", name="proposed"),
        CheckConstraint("(state IN ('expired', 'repealed')) = (ended_on IS NOT NULL)", name="ended"),
        CheckConstraint("confidence IN ('A', 'B', 'C')", name="confidence"),
        Index("ix_policy_state", "state", "until"),
    )
    flow: ClassVar[Flow[PolicyState]] = POLICY_FLOW

    number: Mapped[str] = mapped_column(unique=True)  # HQ2026-0001
    title: Mapped[str]
    doc_no: Mapped[str]
    level: Mapped[Level]
    issuer: Mapped[str]
    department: Mapped[str]  # who answers for it in the zone
    phone: Mapped[str]
    issued_on: Mapped[date | None]
    since: Mapped[date]
    until: Mapped[date | None]
    source: Mapped[str]
    confidence: Mapped[str]  # A: the text itself, B: several reports of it, C: one
    summary: Mapped[str]
    example: Mapped[str]  # the key of a shipped example that the zone still has to check; empty: its own
    entered_at: Mapped[datetime]
    entered_by: Mapped[int]
    guide_by: Mapped[date | None] = mapped_column(
        default=None
    )  # when firms shall be able to read it; an example has no such day
    proposed_at: Mapped[datetime | None] = mapped_column(default=None)
    proposed_by: Mapped[int | None] = mapped_column(default=None)
    proposer: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why it was turned down, or repealed
    ended_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[PolicyState] = mapped_column(default=PolicyState.DRAFT)


class PolicyClause(Thing):
    """One edition of a clause (条款): whom it is for, what it gives, when to apply, in the terms that the engine counts with."""

    __tablename__ = "policy_clause"
    __table_args__ = (
        UniqueConstraint("policy_id", "place", "edition"),
        CheckConstraint("until >= since", name="days"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("state IN ('draft', 'proposed') OR decided_by IS NOT NULL", name="adopted"),
        CheckConstraint("granted >= 0 AND (budget IS NULL OR granted <= budget)", name="budget"),
        CheckConstraint("pay_days > 0", name="pay_days"),
        CheckConstraint("NOT per_loan OR exclusive <> ''", name="per_loan"),
        Index(
            "uq_policy_clause_draft", "policy_id", "place", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS
        ),
        Index("ix_policy_clause_state", "state", "since"),
    )
    flow: ClassVar[Flow[ClauseState]] = CLAUSE_FLOW

    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    place: Mapped[int]  # among the clauses of the policy
    edition: Mapped[int]
    title: Mapped[str]
    says: Mapped[str]
    benefit: Mapped[Benefit]
    route: Mapped[Route]
    papers: Mapped[list[Any]]
    terms: Mapped[dict[str, Any]]  # scoring.policy.Clause: conditions, amount, windows
    exclusive: Mapped[str]  # the group within which only one may be had, in words; empty: beside all others
    per_loan: Mapped[bool]  # the group excludes for each loan, not for each firm and year
    since: Mapped[date]
    until: Mapped[date | None]
    pay_days: Mapped[int]  # working days from the application until the money is there
    budget: Mapped[Fen | None]
    written_at: Mapped[datetime]
    written_by: Mapped[int]
    granted: Mapped[Fen] = mapped_column(default=Fen(0))
    proposed_by: Mapped[int | None] = mapped_column(default=None)
    proposer: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    state: Mapped[ClauseState] = mapped_column(default=ClauseState.DRAFT)

    @property
    def clause(self) -> Clause:
        """As the engine counts it."""
        return _counted(json.dumps(self.terms, sort_keys=True), str(self.id), self.since, self.until)


@lru_cache(4096)
def _counted(terms: str, key: str, since: date, until: date | None) -> Clause:
    """Read and compiled once for each edition: a clause is asked on every page, and what is kept of it never changes."""
    return Clause.model_validate(json.loads(terms) | {"key": key, "since": since, "until": until})


class PolicyFacts(Thing):
    """What a firm has stated for policies alone: name -> {"value", "as_of"} (scoring.policy_facts)."""

    __tablename__ = "policy_facts"
    __table_args__ = (UniqueConstraint("firm_id"),)

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    given: Mapped[dict[str, Any]]


class PolicyAlert(Thing):
    """A firm told that a window closes (窗口提醒): once for each bound of days."""

    __tablename__ = "policy_alert"
    __table_args__ = (
        UniqueConstraint("firm_id", "clause_id", "closes", "level"),
        CheckConstraint("level > 0", name="level"),
    )

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("policy_clause.id"), index=True)
    closes: Mapped[date]
    level: Mapped[int]  # days before the window closes
    at: Mapped[datetime]


class PolicyQuestion(Thing):
    """A question of a firm on a policy (解疑释惑); everybody reads it with its answer, nobody who asked."""

    __tablename__ = "policy_question"
    __table_args__ = (
        CheckConstraint("(state = 'published') = (answered_at IS NOT NULL)", name="answered"),
        Index("ix_policy_question_state", "state", "asked_at"),
    )
    flow: ClassVar[Flow[QuestionState]] = QUESTION_FLOW

    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    question: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int]
    shown: Mapped[str] = mapped_column(default="")  # the question as published, without what would tell the firm
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[QuestionState] = mapped_column(default=QuestionState.ASKED)
