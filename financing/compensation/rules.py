"""Claims of banks for compensation (代偿申请): how a claim moves, what it may come to, how a reduction adds up. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen, Rate


class ClaimState(StrEnum):
    EXAMINING = "examining"
    WAITING = "waiting"  # the bank owes items: the clock stands still
    PROPOSED = "proposed"
    REDUCED = "reduced"  # decided, the bank may answer once
    DENIED = "denied"  # decided, the bank may answer once
    OBJECTED = "objected"
    FINAL = "final"  # a final decision is before the chair
    PAYABLE = "payable"
    PAYING = "paying"  # the payment waits for its second person
    PAID = "paid"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DecisionState(StrEnum):
    PROPOSED = "proposed"
    DECIDED = "decided"
    RETURNED = "returned"


class Outcome(StrEnum):
    """What a claim comes to."""

    GRANT = "grant"  # 全额代偿
    REDUCE = "reduce"  # 减额代偿
    REFUSE = "refuse"  # 不予代偿


class Lapse(StrEnum):
    """A duty that the bank missed (失职情形); each with its source in grounds.toml."""

    INQUIRY = "inquiry"  # the credit inquiry was not made or not true
    USE = "use"  # the use of the loan was not watched
    CHECK = "check"  # no checks after the pay-out
    DUNNING = "dunning"  # not dunned in time
    NOTICE = "notice"  # the guarantor was told late
    SECURITY = "security"  # a security was let go, or its value lost by the bank
    CHANGE = "change"  # the contract was changed without the guarantor
    OFFSET = "offset"  # money of the firm was not set off, or went to other debts
    ACCOUNT = "account"  # the sums owed are not shown to be right


class Reason(StrEnum):
    """Why nothing is paid (拒付理由); each with its source in grounds.toml."""

    EARLY = "early"  # not overdue for as long as agreed
    PERIOD = "period"  # outside the guarantee period
    OUTSIDE = "outside"  # the loan is not the one guaranteed
    NOT_PAID_OUT = "not_paid_out"
    FRAUD = "fraud"  # the bank deceived the guarantor, or knew of the deceit
    ALTERED = "altered"  # changed to the guarantor's cost without its consent
    RELEASED = "released"  # the guarantor is bound no more
    PAPERS = "papers"  # what was asked for was not handed in


class Pause(StrEnum):
    """Why the clock of a claim stands still: the bank owes something."""

    ITEM = "item"
    PROMISE = "promise"
    FIGURE = "figure"
    SEAL = "seal"
    ANSWER = "answer"  # the bank may answer a decision; by itself, never chosen


class PartState(StrEnum):
    """How one party's part of a payment stands."""

    BORNE = "borne"  # the guarantor's own
    OWED = "owed"
    ASKED = "asked"
    RECEIVED = "received"


class Level(StrEnum):
    """How a bank's compensation rate stands to the lines."""

    CALM = "calm"
    NEAR = "near"
    COMMITTEE = "committee"  # small cases go to the committee too
    STOPPED = "stopped"  # no new letters


class StopState(StrEnum):
    STANDING = "standing"
    ASKED = "asked"  # one person has asked to lift it
    LIFTED = "lifted"


S, A = ClaimState, Act
#: Nothing more comes of a claim in one of these.
OVER = (S.PAID, S.REFUSED, S.WITHDRAWN)
OPEN = tuple(state for state in S if state not in OVER)
#: While a claim is in one of these its clock runs: the guarantor has still to pay or to say no.
RUNNING = (S.EXAMINING, S.PROPOSED, S.OBJECTED, S.FINAL, S.PAYABLE, S.PAYING)
#: While the bank is at its turn the clock stands still.
BANKS_TURN = (S.WAITING, S.REDUCED, S.DENIED)
#: Why an officer may let the clock stand still.
PAUSES = tuple(one for one in Pause if one is not Pause.ANSWER)
#: The act by which the chair confirms what was put forward.
CONFIRMS = {
    Outcome.GRANT: A.GRANT_COMPENSATION,
    Outcome.REDUCE: A.REDUCE_COMPENSATION,
    Outcome.REFUSE: A.REFUSE_COMPENSATION,
}
FLOW = Flow(
    start=S.EXAMINING,
    steps={
        (S.EXAMINING, A.HALT_COMPENSATION): S.WAITING,
        (S.WAITING, A.RESUME_COMPENSATION): S.EXAMINING,
        (S.EXAMINING, A.WITHDRAW_COMPENSATION): S.WITHDRAWN,
        (S.WAITING, A.WITHDRAW_COMPENSATION): S.WITHDRAWN,
        (S.PAYABLE, A.WITHDRAW_COMPENSATION): S.WITHDRAWN,
        (S.EXAMINING, A.PROPOSE_COMPENSATION): S.PROPOSED,
        (S.REDUCED, A.ACCEPT_COMPENSATION): S.PAYABLE,
        (S.DENIED, A.ACCEPT_COMPENSATION): S.REFUSED,
        (S.REDUCED, A.LAPSE_COMPENSATION): S.PAYABLE,
        (S.DENIED, A.LAPSE_COMPENSATION): S.REFUSED,
        (S.REDUCED, A.OBJECT_COMPENSATION): S.OBJECTED,
        (S.DENIED, A.OBJECT_COMPENSATION): S.OBJECTED,
        (S.OBJECTED, A.PROPOSE_COMPENSATION): S.FINAL,
        (S.PAYABLE, A.PAY_COMPENSATION): S.PAYING,
    },
    follows={  # from what was put forward about it, and from the ledger of the guarantee
        (S.PROPOSED, A.RETURN_COMPENSATION): S.EXAMINING,
        (S.PROPOSED, A.GRANT_COMPENSATION): S.PAYABLE,
        (S.PROPOSED, A.REDUCE_COMPENSATION): S.REDUCED,
        (S.PROPOSED, A.REFUSE_COMPENSATION): S.DENIED,
        (S.FINAL, A.RETURN_COMPENSATION): S.OBJECTED,
        (S.FINAL, A.GRANT_COMPENSATION): S.PAYABLE,
        (S.FINAL, A.REDUCE_COMPENSATION): S.PAYABLE,
        (S.FINAL, A.REFUSE_COMPENSATION): S.REFUSED,
        (S.PAYING, A.TURN_DOWN_ENTRY): S.PAYABLE,
        (S.PAYING, A.COMPENSATE): S.PAID,
    },
)
DECISION_FLOW = Flow(
    start=DecisionState.PROPOSED,
    steps={(DecisionState.PROPOSED, act): DecisionState.DECIDED for act in CONFIRMS.values()}
    | {(DecisionState.PROPOSED, A.RETURN_COMPENSATION): DecisionState.RETURNED},
)
PART_FLOW = Flow(
    start=PartState.OWED,
    steps={
        (PartState.OWED, A.ASK_PART): PartState.ASKED,
        (PartState.ASKED, A.RECEIVE_PART): PartState.RECEIVED,
    },
)
STOP_FLOW = Flow(
    start=StopState.STANDING,
    steps={
        (StopState.STANDING, A.ASK_LIFT): StopState.ASKED,
        (StopState.ASKED, A.KEEP_STOP): StopState.STANDING,
        (StopState.ASKED, A.LIFT_STOP): StopState.LIFTED,
    },
)


@dataclass(frozen=True, slots=True)
class Deducted:
    """One reduction: the duty missed, the loss that came of it, and the sum that is not paid for it."""

    lapse: Lapse
    loss: Fen
    amount: Fen
    evidence: str


def claimable(balance: Fen, paid: Fen, settled: Fen, share: Rate) -> Fen:
    """The most that may be claimed now: the guarantor's share of what the firm leaves unpaid, less what is settled already.

    `balance` is still guaranteed, `paid` was compensated before, `settled` was claimed before and finally not paid. What was
    compensated counts as unpaid by the firm; so a second claim never takes a share of the bank's own part.
    """
    left = (balance + paid).at(share) - paid - settled
    return max(Fen(0), min(left, balance.at(share)))


def adds_up(claimed: Fen, outcome: Outcome, amount: Fen, deductions: Iterable[Deducted]) -> bool:
    """Whether what is paid and every reduction come to the whole that was claimed, to the fen."""
    cut = sum((one.amount for one in deductions), Fen(0))
    match outcome:
        case Outcome.GRANT:
            return amount == claimed and not cut
        case Outcome.REDUCE:
            return Fen(0) < amount < claimed and amount + cut == claimed
        case Outcome.REFUSE:
            return not amount and not cut
    return False


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines a bank's rate is held against, in ppm: near, to the committee, no new letters; `least` the volume they need."""

    near: Rate
    committee: Rate
    stop: Rate
    least: Fen


def rate(compensated: Fen, ended: Fen) -> Rate | None:
    """Compensation paid over guarantees ended in the same time (代偿率), rounded half up; None where none ended."""
    if ended <= Fen(0):
        return None
    return Rate((compensated.fen * 2_000_000 + ended.fen) // (2 * ended.fen))


def level(found: Rate | None, ended: Fen, lines: Lines) -> Level:
    """Where a rate stands; with less than the least volume it says nothing."""
    if found is None or ended < lines.least or not found.ppm:
        return Level.CALM
    for step, line in ((Level.STOPPED, lines.stop), (Level.COMMITTEE, lines.committee), (Level.NEAR, lines.near)):
        if found >= line:
            return step
    return Level.CALM


def summed(parts: Mapping[object, Fen]) -> Fen:
    return sum(parts.values(), Fen(0))
