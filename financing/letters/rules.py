"""Guarantees in force (在保项目): how a letter moves, what may happen to its balance, what is asked before it is issued. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen, Rate


class GuaranteeState(StrEnum):
    PREPARED = "prepared"
    IN_FORCE = "in_force"
    COMPENSATED = "compensated"
    RELEASED = "released"
    DROPPED = "dropped"


class GuaranteeType(StrEnum):
    """How a guarantor is bound (保证方式): not stated means general (民法典第 686 条), so it is always stated."""

    JOINT = "joint"  # 连带责任保证
    GENERAL = "general"  # 一般保证


class EntryKind(StrEnum):
    """What happens to the balance of a guarantee; each is one line of its ledger that is never changed."""

    ISSUED = "issued"
    REPAID = "repaid"
    RELEASED = "released"
    COMPENSATED = "compensated"
    RECOVERED = "recovered"
    LOST = "lost"
    RESTORED = "restored"  # a repayment taken back: as much is guaranteed again


class ProposalState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    TURNED_DOWN = "turned_down"


class LetterKind(StrEnum):
    """The papers that are issued under a number and can be checked by everybody who holds one (F84)."""

    LETTER = "letter"  # 担保函
    RISK_SHARING = "risk_sharing"  # 风险补偿承诺函
    RECOMMENDATION = "recommendation"  # 推荐函
    INTENT = "intent"  # 担保意向函
    REFUSAL = "refusal"  # 不予担保告知函
    MINUTES = "minutes"  # 评审纪要
    RESOLUTION = "resolution"  # 评审决议，或两位经办的授权审批决定
    STATISTICS = "statistics"  # 定期统计
    COMPENSATION = "compensation"  # 代偿决定书
    RENEWAL_PROMISE = "renewal_promise"  # 续贷承诺函
    DISPATCH = "dispatch"  # 调度会纪要


S, K = GuaranteeState, EntryKind
#: The firm's loan is still guaranteed, or about to be: of one need never two at a time (I-05).
ACTIVE = (S.PREPARED, S.IN_FORCE, S.COMPENSATED)
#: Once issued, and so the business of the firm and the bank too.
ISSUED = (S.IN_FORCE, S.COMPENSATED, S.RELEASED)
_MOVES = {
    (S.PREPARED, Act.ISSUE_LETTER): S.IN_FORCE,
    (S.PREPARED, Act.DROP_LETTER): S.DROPPED,
    (S.IN_FORCE, Act.RECORD_REPAYMENT): S.IN_FORCE,
    (S.COMPENSATED, Act.RECORD_REPAYMENT): S.COMPENSATED,
    (S.IN_FORCE, Act.REPAY_LOAN): S.IN_FORCE,
    (S.COMPENSATED, Act.REPAY_LOAN): S.COMPENSATED,
    (S.IN_FORCE, Act.TAKE_REPAYMENT_BACK): S.IN_FORCE,
    (S.COMPENSATED, Act.TAKE_REPAYMENT_BACK): S.COMPENSATED,
    (S.IN_FORCE, Act.RELEASE_LETTER): S.RELEASED,
    (S.COMPENSATED, Act.RELEASE_LETTER): S.RELEASED,
    (S.IN_FORCE, Act.COMPENSATE): S.COMPENSATED,
    (S.COMPENSATED, Act.COMPENSATE): S.COMPENSATED,
    (S.COMPENSATED, Act.RECOVER): S.COMPENSATED,
    (S.COMPENSATED, Act.WRITE_OFF): S.COMPENSATED,
    (S.RELEASED, Act.RECOVER): S.RELEASED,
    (S.RELEASED, Act.WRITE_OFF): S.RELEASED,
}
FLOW = Flow(
    start=S.PREPARED,
    steps=_MOVES | {(state, Act.PROPOSE_ENTRY): state for state in ISSUED},
    follows={(state, Act.AGREE_LOAN_EXTENSION): state for state in (S.IN_FORCE, S.COMPENSATED)},
)
PROPOSAL_FLOW = Flow(
    start=ProposalState.PROPOSED,
    steps={
        (ProposalState.PROPOSED, Act.CONFIRM_ENTRY): ProposalState.CONFIRMED,
        (ProposalState.PROPOSED, Act.TURN_DOWN_ENTRY): ProposalState.TURNED_DOWN,
    },
)
#: What one person proposes with a document and another confirms, with the act that it is.
BY_TWO = {K.COMPENSATED: Act.COMPENSATE, K.RECOVERED: Act.RECOVER, K.LOST: Act.WRITE_OFF}

#: Acts that write a line into the ledger of a guarantee.
MOVING = frozenset({
    Act.ISSUE_LETTER, Act.RECORD_REPAYMENT, Act.REPAY_LOAN, Act.TAKE_REPAYMENT_BACK, Act.RELEASE_LETTER, *BY_TWO.values(),
})  # fmt: skip
#: How a guarantee ends, in part or whole; what is guaranteed again has not ended after all.
ENDS = (K.REPAID, K.RELEASED, K.COMPENSATED, K.RESTORED)


def on_balance(kind: EntryKind, amount: Fen) -> Fen:
    """What an entry does to the balance guaranteed (在保余额)."""
    if kind in {K.ISSUED, K.RESTORED}:
        return amount
    return -amount if kind in {K.REPAID, K.RELEASED, K.COMPENSATED} else Fen(0)


def ended(sums: Mapping[EntryKind, Fen]) -> Fen:
    """How much of all guarantees has ended by these sums."""
    return sum((-on_balance(kind, sums.get(kind, Fen(0))) for kind in ENDS), Fen(0))


def on_unrecovered(kind: EntryKind, amount: Fen) -> Fen:
    """What an entry does to the sum paid for the firm and not yet recovered (代偿余额)."""
    if kind is K.COMPENSATED:
        return amount
    return -amount if kind in {K.RECOVERED, K.LOST} else Fen(0)


def most(kind: EntryKind, balance: Fen, unrecovered: Fen, share: Rate) -> Fen:
    """The most one entry may come to: of what is still unpaid the guarantor pays its share, and only what it paid comes back."""
    match kind:
        case K.COMPENSATED:
            return balance.at(share)
        case K.RECOVERED | K.LOST:
            return unrecovered
    return balance


class Ground(StrEnum):
    """What is asked on the day a letter is issued (出具条件)."""

    RESOLUTION = "resolution"
    CONDITIONS = "conditions"
    OFFER = "offer"
    AMOUNT = "amount"
    FORM = "form"
    GUARANTOR = "guarantor"
    LICENCE = "licence"
    LICENCE_SCAN = "licence_scan"
    POOL = "pool"
    CORPORATE_RESOLUTION = "corporate_resolution"
    REPORT = "report"
    RESERVED = "reserved"
    BANK_LIMIT = "bank_limit"
    BREAKER = "breaker"  # the bank's compensation rate


@dataclass(frozen=True, slots=True)
class Check:
    """One ground: what was found, what the rule asks, where the rule stands."""

    key: Ground
    passed: bool
    found: str | int | Fen | date | None
    asked: str | int | Fen | date | None
    source: str


def missed(checks: tuple[Check, ...]) -> tuple[Ground, ...]:
    return tuple(check.key for check in checks if not check.passed)
