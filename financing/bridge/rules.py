"""How a use of the bridge fund moves, what it may come to, and what its days cost (应急专项资金, F52–F55). No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen, Rate, divide_half_up

PPM = 1_000_000


class Borrower(StrEnum):
    """Who owes the old loan, each with a bound of its own."""

    FIRM = "firm"
    REPRESENTATIVE = "representative"  # 法定代表人为企业经营所借
    SOLE_TRADER = "sole_trader"


class LoanUse(StrEnum):
    """What the old loan was for: the fund bridges working capital and nothing else."""

    WORKING_CAPITAL = "working_capital"
    PROJECT = "project"
    OFF_BALANCE = "off_balance"  # 委托贷款、信托贷款、未贴现承兑


class UseState(StrEnum):
    APPLIED = "applied"
    PROMISED = "promised"
    APPROVED = "approved"
    OUT = "out"
    RETURNED = "returned"
    CLOSED = "closed"
    LOST = "lost"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


S = UseState
#: A firm has one such use at a time.
OPEN = (S.APPLIED, S.PROMISED, S.APPROVED, S.OUT, S.RETURNED)
#: Money of the fund is, or was, with the bank.
PAID = (S.OUT, S.RETURNED, S.CLOSED, S.LOST)
FLOW = Flow(
    start=S.APPLIED,
    steps={
        (S.APPLIED, Act.PROMISE_RENEWAL): S.PROMISED,
        **dict.fromkeys([(S.PROMISED, Act.TAKE_BACK_PROMISE), (S.APPROVED, Act.TAKE_BACK_PROMISE)], S.APPLIED),
        **{(state, Act.DEPOSIT_OWN_PART): state for state in (S.PROMISED, S.APPROVED)},
        (S.PROMISED, Act.SIGN_BRIDGE): S.PROMISED,
        (S.PROMISED, Act.APPROVE_BRIDGE): S.APPROVED,
        **{(state, Act.REFUSE_BRIDGE): S.REFUSED for state in (S.APPLIED, S.PROMISED)},
        **{(state, Act.WITHDRAW_BRIDGE): S.WITHDRAWN for state in (S.APPLIED, S.PROMISED, S.APPROVED)},
        (S.APPROVED, Act.RELEASE_BRIDGE): S.OUT,
        **{(state, Act.REPORT_RENEWAL): state for state in (S.OUT, S.RETURNED)},
        (S.OUT, Act.REPORT_RETURN): S.OUT,
        (S.OUT, Act.RETURN_PART): S.OUT,
        (S.OUT, Act.RETURN_BRIDGE): S.RETURNED,
        (S.RETURNED, Act.REPORT_FEE): S.RETURNED,
        (S.RETURNED, Act.SETTLE_BRIDGE): S.CLOSED,
        (S.OUT, Act.PROPOSE_LOSS): S.OUT,
        (S.OUT, Act.LOSE_BRIDGE): S.LOST,
        (S.LOST, Act.PROPOSE_RECOVERY): S.LOST,
        (S.LOST, Act.RECOVER_BRIDGE): S.LOST,
        (S.OUT, Act.ALERT_BRIDGE): S.OUT,
        **{(state, Act.BREACH_RENEWAL): state for state in (S.OUT, S.RETURNED)},
    },
)


class Pot(StrEnum):
    """Where money of the fund can be: four pots of the pool, its fees, and outside."""

    OWNER = "owner"  # who put the capital in; outside
    FIRM = "firm"  # who pays the fee; outside
    FREE = "free"
    RESERVED = "reserved"  # approved, not yet paid out
    IN_USE = "in_use"
    LOST = "lost"
    FEES = "fees"


class Cause(StrEnum):
    """Why money moves from one pot to another."""

    PAID_IN = "paid_in"
    WITHDRAWN = "withdrawn"
    RESERVED = "reserved"
    FREED = "freed"
    RELEASED = "released"
    RETURNED = "returned"
    LOST = "lost"
    RECOVERED = "recovered"
    FEE = "fee"
    FEE_OUT = "fee_out"


#: The one way money goes for each cause.
PATHS: dict[Cause, tuple[Pot, Pot]] = {
    Cause.PAID_IN: (Pot.OWNER, Pot.FREE),
    Cause.WITHDRAWN: (Pot.FREE, Pot.OWNER),
    Cause.RESERVED: (Pot.FREE, Pot.RESERVED),
    Cause.FREED: (Pot.RESERVED, Pot.FREE),
    Cause.RELEASED: (Pot.RESERVED, Pot.IN_USE),
    Cause.RETURNED: (Pot.IN_USE, Pot.FREE),
    Cause.LOST: (Pot.IN_USE, Pot.LOST),
    Cause.RECOVERED: (Pot.LOST, Pot.FREE),
    Cause.FEE: (Pot.FIRM, Pot.FEES),
    Cause.FEE_OUT: (Pot.FEES, Pot.OWNER),
}
#: What is put forward for a pool, and what for one use of it; each by one person and confirmed by another.
OF_POOL = (Cause.PAID_IN, Cause.WITHDRAWN, Cause.FEE_OUT)
OF_USE = (Cause.RETURNED, Cause.FEE, Cause.LOST, Cause.RECOVERED)


class MoveState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    TURNED_DOWN = "turned_down"


MOVE_FLOW = Flow(
    start=MoveState.PROPOSED,
    steps={
        (MoveState.PROPOSED, Act.CONFIRM_MOVE): MoveState.CONFIRMED,
        (MoveState.PROPOSED, Act.TURN_DOWN_MOVE): MoveState.TURNED_DOWN,
    },
)


class Breach(StrEnum):
    """How a bank's promise was not kept."""

    NOT_RENEWED = "not_renewed"
    LESS = "less"
    DEARER = "dearer"
    LATER = "later"


class BanState(StrEnum):
    """A bank that may not use the fund until two people lift it."""

    SUSPENDED = "suspended"
    LIFT_ASKED = "lift_asked"
    LIFTED = "lifted"


BAN_FLOW = Flow(
    start=BanState.SUSPENDED,
    steps={
        (BanState.SUSPENDED, Act.ASK_BRIDGE_LIFT): BanState.LIFT_ASKED,
        (BanState.LIFT_ASKED, Act.LIFT_SUSPENSION): BanState.LIFTED,
        (BanState.LIFT_ASKED, Act.KEEP_SUSPENSION): BanState.SUSPENDED,
    },
)


@dataclass(frozen=True, slots=True)
class Fees:
    """The tiers by which days cost: for each of the first `first_days` days `first`, for each later day `later`, of the amount out."""

    first_days: int
    first: Rate
    later: Rate
    counts_out: bool = True  # the day of the pay-out is a day
    counts_return: bool = False  # the day of the return is one

    def days(self, out: date, back: date) -> int:
        """Days that cost, never fewer than none."""
        return max((back - out).days - 1 + self.counts_out + self.counts_return, 0)

    def weight(self, days: int) -> int:
        """The sum of the daily rates of so many days, in parts per million."""
        first = min(days, self.first_days)
        return first * self.first.ppm + (days - first) * self.later.ppm

    def fee(self, out: date, parts: Sequence[tuple[date, Fen]]) -> Fen:
        """What the days of each part cost, from the pay-out to the part's return; rounded half up once, at the end."""
        total = sum(amount.fen * self.weight(self.days(out, back)) for back, amount in parts)
        return Fen(divide_half_up(total, PPM))


def most(promised: Fen, share: Rate, cap: Fen, asked: Fen) -> Fen:
    """The most the fund may bring: the asked sum, the kind's bound, and a share of what the bank promised, rounded down."""
    return min(asked, cap, Fen(promised.fen * share.ppm // PPM))


def signers(amount: Fen, bound: Fen) -> int:
    """How many people must sign: two, and above the bound three."""
    return 2 if amount <= bound else 3


def due(planned: date, out: date, most_days: int) -> date:
    """When the money must be back: on the planned day of the renewal, and at the latest after the longest use."""
    return min(planned, out + timedelta(days=most_days)) if planned > out else out


def breaches(promise: tuple[Fen, Rate, date], kept: tuple[Fen, Rate, date]) -> tuple[Breach, ...]:
    """How a renewal as reported falls short of its promise: amount, rate and day of each."""
    found = (
        (Breach.LESS, kept[0] < promise[0]),
        (Breach.DEARER, kept[1] > promise[1]),
        (Breach.LATER, kept[2] > promise[2]),
    )
    return tuple(breach for breach, broken in found if broken)
