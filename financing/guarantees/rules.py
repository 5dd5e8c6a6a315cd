"""Guarantee cases (担保项目): how a case moves, its gates, and how the committee decides. No database here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen, Rate
from financing.parties.identity import ORGANS
from financing.parties.rules import Support


class CaseState(StrEnum):
    IN_REVIEW = "in_review"
    ON_AGENDA = "on_agenda"
    APPROVED = "approved"
    CONDITIONAL = "conditional"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    DROPPED = "dropped"
    DELEGATED = "delegated"  # two officers have agreed; members may still call it in


S = CaseState
#: Acts that may touch what a score rests on; after a vote each of them sets the case back (F14).
SETS_BACK = (Act.ASSESS_NEED, Act.RECORD_FACTS, Act.EDIT_FIRM, Act.ADD_PAPER)
#: Until the committee has decided; a case that nobody pursues any more may leave from here and from a decision in favour.
UNDECIDED = (S.IN_REVIEW, S.ON_AGENDA, S.DEFERRED)
IN_FAVOUR = (S.APPROVED, S.CONDITIONAL)
FLOW = Flow(
    start=S.IN_REVIEW,
    steps={
        (S.IN_REVIEW, Act.TABLE_CASE): S.ON_AGENDA,
        (S.DEFERRED, Act.TABLE_CASE): S.ON_AGENDA,
        (S.ON_AGENDA, Act.DECLARE_TIE): S.ON_AGENDA,
        (S.ON_AGENDA, Act.IMPOSE_TIE): S.ON_AGENDA,
        (S.ON_AGENDA, Act.JUMP_CASE): S.ON_AGENDA,
        (S.ON_AGENDA, Act.DERIVE_TIE): S.ON_AGENDA,
        (S.ON_AGENDA, Act.CAST_VOTE): S.ON_AGENDA,
        (S.ON_AGENDA, Act.CLOSE_ROUND): S.ON_AGENDA,
        (S.ON_AGENDA, Act.APPROVE_CASE): S.APPROVED,
        (S.ON_AGENDA, Act.CONDITION_CASE): S.CONDITIONAL,
        (S.ON_AGENDA, Act.REJECT_CASE): S.REJECTED,
        (S.ON_AGENDA, Act.DEFER_CASE): S.DEFERRED,
        (S.IN_REVIEW, Act.DELEGATE_CASE): S.IN_REVIEW,
    },
    follows={(state, act): S.IN_REVIEW for act in SETS_BACK for state in (S.ON_AGENDA, S.DELEGATED)}
    | {
        (state, act): S.DROPPED
        for state in (*UNDECIDED, S.DELEGATED, *IN_FAVOUR)
        for act in (Act.WITHDRAW_NEED, Act.CLOSE_NEED)
    }
    | {
        (S.IN_REVIEW, Act.DECIDE_SMALL): S.DELEGATED,
        (S.DELEGATED, Act.CALL_IN): S.IN_REVIEW,
        (S.DELEGATED, Act.CONFIRM_SMALL): S.APPROVED,
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


class Round(StrEnum):
    """The two rounds of a vote (两轮表决): the first is blind, discussion follows, and only the final one counts."""

    FIRST = "first"
    FINAL = "final"


def agreed(votes: Collection[Vote]) -> bool:
    """Everybody voted alike in the first round: nothing is left to settle, and those votes stand as final ones."""
    return len(set(votes)) == 1


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


class Hurdle(StrEnum):
    """The hard gates (红线) before a case is opened; points cannot buy one of them."""

    CONFIRMED = "confirmed"
    SIZE = "size"
    PURPOSE = "purpose"
    VETO = "veto"
    CHECKED = "checked"
    FACTS = "facts"
    SCORE = "score"
    SURVEYED = "surveyed"
    GRADE_CEILING = "grade_ceiling"
    PRODUCT_CAP = "product_cap"
    SINGLE_LIMIT = "single_limit"
    GROUP_LIMIT = "group_limit"
    SECTOR_LIMIT = "sector_limit"
    POOL_LIMIT = "pool_limit"
    FACILITY_LIMIT = "facility_limit"
    LICENCE = "licence"
    GUARANTOR = "guarantor"
    CONTROLS_GUARANTOR = "controls_guarantor"  # its controlling shareholder or actual controller: never
    RELATED_TO_GUARANTOR = "related_to_guarantor"  # reported to the regulator in time


#: What the zone itself still owes: no reason to turn a firm away.
OURS = frozenset({Hurdle.SURVEYED})


class ConditionState(StrEnum):
    """How far one condition of a decision has come (条件落实)."""

    OWED = "owed"
    SHOWN = "shown"
    MET = "met"


CONDITION_FLOW = Flow(
    start=ConditionState.OWED,
    steps={
        (ConditionState.OWED, Act.SHOW_PROOF): ConditionState.SHOWN,
        (ConditionState.SHOWN, Act.SHOW_PROOF): ConditionState.SHOWN,
        (ConditionState.SHOWN, Act.ACCEPT_PROOF): ConditionState.MET,
        (ConditionState.SHOWN, Act.TURN_DOWN_PROOF): ConditionState.OWED,
    },
)


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition of eligibility: what was found, what the rule asks, where it comes from."""

    key: Hurdle
    passed: bool
    found: str | int | Fen | None
    asked: str | int | Fen | None
    source: str


def failed(gates: tuple[Gate, ...]) -> tuple[Hurdle, ...]:
    return tuple(gate.key for gate in gates if not gate.passed)


class Scope(StrEnum):
    """What a limit counter stands for, in the one order in which counters are locked."""

    FACILITY = "facility"  # the guarantor's weighted liability (担保责任余额), by the leverage cap (放大倍数)
    POOL = "pool"  # what the risk pool (风险补偿资金池) can bear
    SECTOR = "sector"  # one division of GB/T 4754
    BANK = "bank"
    GROUP = "group"  # a party with its related parties (关联方)
    FIRM = "firm"  # one guaranteed party


class Pot(StrEnum):
    """Where a part of a limit lies; every movement takes from one and gives to another, so that nothing is ever lost."""

    FREE = "free"
    RESERVED = "reserved"  # decided in favour, no letter yet
    USED = "used"  # in force (在保)


@dataclass(frozen=True, slots=True)
class Weighing:
    """How a balance counts towards the guarantor's liability: small firms at less than the whole, up to a bound."""

    weight: Rate
    bound: Fen

    def weighed(self, balance: Fen, total: Fen, *, small: bool) -> Fen:
        """The part of a balance that counts; `total` is all that the customer has outstanding, the bound included."""
        return balance.at(self.weight) if small and total <= self.bound else balance


LEAST_MEMBERS = 3


def lawful_guarantor(name: str) -> bool:
    """Whether a name is at least not that of a government organ (机关法人不得为保证人)."""
    return not any(word in name for word in ORGANS)


def licence_holds(support: Support, licence: str, until: date | None, today: date) -> bool:
    """Only a letter needs a licence, and one that is valid on the day."""
    return support is not Support.LETTER or (bool(licence) and until is not None and until >= today)


def exposure(line: Fen, support: Support) -> Fen:
    """What a decision takes up of the limits: the whole line, before any weighing; a recommendation binds nobody."""
    return Fen(0) if support is Support.RECOMMENDATION else line
