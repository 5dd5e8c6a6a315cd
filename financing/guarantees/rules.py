"""Guarantee cases (担保项目): how a case moves, its gates, and how the committee decides. No database here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen


class CaseState(StrEnum):
    IN_REVIEW = "in_review"
    ON_AGENDA = "on_agenda"
    APPROVED = "approved"
    CONDITIONAL = "conditional"
    REJECTED = "rejected"
    DEFERRED = "deferred"


S = CaseState
FLOW = Flow(
    start=S.IN_REVIEW,
    steps={
        (S.IN_REVIEW, Act.TABLE_CASE): S.ON_AGENDA,
        (S.DEFERRED, Act.TABLE_CASE): S.ON_AGENDA,
        (S.ON_AGENDA, Act.DECLARE_TIE): S.ON_AGENDA,
        (S.ON_AGENDA, Act.CAST_VOTE): S.ON_AGENDA,
        (S.ON_AGENDA, Act.APPROVE_CASE): S.APPROVED,
        (S.ON_AGENDA, Act.CONDITION_CASE): S.CONDITIONAL,
        (S.ON_AGENDA, Act.REJECT_CASE): S.REJECTED,
        (S.ON_AGENDA, Act.DEFER_CASE): S.DEFERRED,
    },
)


class MeetingState(StrEnum):
    CALLED = "called"
    OPEN = "open"
    CLOSED = "closed"


MEETING_FLOW = Flow(
    start=MeetingState.CALLED,
    steps={
        (MeetingState.CALLED, Act.OPEN_MEETING): MeetingState.OPEN,
        (MeetingState.OPEN, Act.CLOSE_MEETING): MeetingState.CLOSED,
    },
)


class Vote(StrEnum):
    FOR = "for"
    CONDITIONAL = "conditional"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Count:
    """The count of one case: seats after recusals, ballots cast, and what it comes to."""

    seats: int
    cast: int
    votes: Mapping[Vote, int]
    present_share: tuple[int, int]  # numerator, denominator of the quorum
    carried_share: tuple[int, int]  # of the majority

    @property
    def quorate(self) -> bool:
        """Enough of the seats that are left after recusals have voted; nobody left is no quorum."""
        part, whole = self.present_share
        return self.seats > 0 and self.cast * whole >= self.seats * part

    def reaches(self, votes: int) -> bool:
        part, whole = self.carried_share
        return self.cast > 0 and votes * whole >= self.cast * part

    @property
    def decision(self) -> Act | None:
        """What the count says, whoever declares it; None without a quorum."""
        if not self.quorate:
            return None
        outright = self.votes.get(Vote.FOR, 0)
        if self.reaches(outright):
            return Act.APPROVE_CASE
        if self.reaches(outright + self.votes.get(Vote.CONDITIONAL, 0)):
            return Act.CONDITION_CASE
        return Act.REJECT_CASE


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition of eligibility: what was found, what the rule asks, where it comes from."""

    key: str
    passed: bool
    found: str | int | Fen | None
    asked: str | int | Fen | None
    source: str


def failed(gates: tuple[Gate, ...]) -> tuple[str, ...]:
    return tuple(gate.key for gate in gates if not gate.passed)


class Scope(StrEnum):
    """What a limit counter stands for."""

    FACILITY = "facility"  # all guarantees of the guarantor (放大倍数)
    FIRM = "firm"  # one guaranteed party
    GROUP = "group"
    BANK = "bank"
