"""Recovery (追偿, F49): what is done, until when a claim stands, and how what comes in is parted. No database.

Sources: 民法典 188 (three years from when the right and the debtor are known), 195 (a demand, a promise to perform or a lawsuit starts
them anew), 700 (who paid for the debtor claims against it); 民事诉讼法 250 (two years to ask for enforcement).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import gcd

from financing.acts import Act
from financing.credit.rules import months_after
from financing.flow import Flow
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.sharing import WHOLE, Party, Shares, whole
from financing.money import Fen
from financing.refusals import OutOfRange


class RecoveryState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Step(StrEnum):
    """What is done to get the money back."""

    DEMAND = "demand"  # a letter that demonstrably arrived
    TALK = "talk"
    PLAN = "plan"  # the debtor promises to pay by instalments
    PRESERVE = "preserve"
    SUE = "sue"
    JUDGMENT = "judgment"  # in force as of its day
    ENFORCE = "enforce"  # enforcement is asked for
    AUCTION = "auction"
    WRITE_OFF = "write_off"  # a loss is put forward
    OTHER = "other"


class LimitKind(StrEnum):
    """Which period runs."""

    SUIT = "suit"  # 诉讼时效
    ENFORCEMENT = "enforcement"  # 申请执行期间


class ShareState(StrEnum):
    """How one party's part of a recovery stands."""

    KEPT = "kept"  # the guarantor's own
    OWED = "owed"
    ORDERED = "ordered"
    PAID = "paid"


R, H, A = RecoveryState, ShareState, Act
RECOVERY_FLOW = Flow(
    start=R.OPEN,
    steps={
        (R.OPEN, A.RECORD_RECOVERY_STEP): R.OPEN,
        (R.OPEN, A.TAKE_RECOVERY): R.OPEN,
        (R.OPEN, A.CLOSE_RECOVERY): R.CLOSED,
    },
)
SHARE_FLOW = Flow(
    start=H.OWED,
    steps={
        (H.OWED, A.ORDER_SHARE): H.ORDERED,
        (H.ORDERED, A.PAY_SHARE): H.PAID,
        (H.ORDERED, A.RETURN_SHARE): H.OWED,
    },
)
#: What starts the three years anew, once it is proven.
RENEWS = frozenset({Step.DEMAND, Step.PLAN, Step.SUE, Step.PRESERVE})
#: Steps that count only with a paper, and which.
NEEDS_PAPER: Mapping[Step, DocumentKind] = {
    **dict.fromkeys((Step.DEMAND, Step.PLAN, Step.SUE, Step.PRESERVE, Step.ENFORCE, Step.AUCTION), DocumentKind.PROOF),
    **dict.fromkeys((Step.JUDGMENT, Step.WRITE_OFF), DocumentKind.JUDGMENT),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """The period that runs, and its last day."""

    kind: LimitKind
    until: date


@dataclass(frozen=True, slots=True)
class Periods:
    """How long each period is, in months, on the day it is asked."""

    suit: int
    enforcement: int


def at_first(paid_on: date, periods: Periods) -> Limit:
    """The period that runs from the payment, before any step."""
    return Limit(LimitKind.SUIT, months_after(paid_on, periods.suit))


def limit(paid_on: date, steps: Iterable[tuple[date, Step]], periods: Periods) -> Limit | None:
    """The period that runs after these steps; None while a court has the matter in enforcement.

    A step after the last day of the three years does not revive them. What was done on the same day comes in the order of `Step`.
    """
    order = list(Step)
    now: Limit | None = at_first(paid_on, periods)
    for on, step in sorted(steps, key=lambda one: (one[0], order.index(one[1]))):
        if step is Step.JUDGMENT:
            now = Limit(LimitKind.ENFORCEMENT, months_after(on, periods.enforcement))
        elif step is Step.ENFORCE:
            now = None if now is None or on <= now.until else now
        elif step in RENEWS and now is not None and now.kind is LimitKind.SUIT and on <= now.until:
            now = Limit(LimitKind.SUIT, months_after(on, periods.suit))
    return now


def withheld(amount: Fen, costs: Fen, covered: Fen, *, first: bool) -> Fen:
    """How much of a recovery covers what it has cost; nothing where costs come last. `costs` so far, `covered` before."""
    return min(amount, max(Fen(0), costs - covered)) if first else Fen(0)


def due(total: Fen, shares: Shares) -> dict[Party, Fen]:
    """What each party has had of all recoveries together, when they come to `total`.

    Fen by fen: each goes to the party that must have its next one soonest, among those whose turn has come; of equals the first in
    the order of `Party`. So the parts depend on the total alone, add up to it, lie less than a fen from the exact share, and never fall when
    more comes in. (Earliest deadline first, as in fair scheduling: Baruah, Cohen, Plaxton, Varvel 1996.) SharesDoNotAdd, OutOfRange.
    """
    whole(shares)
    if total < Fen(0):
        raise OutOfRange(field="amount", least=Fen(0), most=None)
    common = gcd(WHOLE, *(share.ppm for share in shares.values()))
    weights = {party: shares[party].ppm // common for party in Party if party in shares and shares[party].ppm}
    rounds, rest = divmod(total.fen, WHOLE // common)
    turns = _turns(rest, weights, WHOLE // common)
    return {party: Fen(rounds * weight + turns[party]) for party, weight in weights.items()}


def part(before: Fen, amount: Fen, shares: Shares) -> dict[Party, Fen]:
    """Each party's part of one recovery after others that came to `before`."""
    had, now = due(before, shares), due(before + amount, shares)
    return {party: now[party] - had[party] for party in now}


def _turns(count: int, weights: Mapping[Party, int], period: int) -> dict[Party, int]:
    """How many of the first `count` turns of a period fall to each: the j-th of a party lies between (j - 1) and j of its intervals."""
    had = dict.fromkeys(weights, 0)
    for turn in range(count):
        ready = (party for party in weights if had[party] * period // weights[party] <= turn)
        had[min(ready, key=lambda party: -(-(had[party] + 1) * period // weights[party]))] += 1
    return had
