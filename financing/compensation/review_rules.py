"""What a loss teaches (代偿复盘, F112): how a review moves, what may be changed, what a payment has cost, what happened when. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen


class ReviewState(StrEnum):
    OPEN = "open"
    PROPOSED = "proposed"
    DECIDED = "decided"  # something is to be changed by a day
    DONE = "done"


class Change(StrEnum):
    """What is changed because of a payment, if anything."""

    CARD = "card"  # a rule of the scorecard
    WATCH = "watch"  # a rule of the warnings
    BANK = "bank"  # a bank's line or terms
    NOTHING = "nothing"


class Happened(StrEnum):
    """What happened on the way from the score to the loss; on one day in this order."""

    SCORED = "scored"
    FLAGGED = "flagged"
    SURVEYED = "surveyed"
    RESOLVED = "resolved"
    ISSUED = "issued"
    PAID_OUT = "paid_out"
    CHECKED = "checked"
    UNCHECKED = "unchecked"  # the day of a check has passed without it
    WARNED = "warned"
    SETTLED = "settled"  # a warning was closed
    CLAIMED = "claimed"
    COMPENSATED = "compensated"
    RECOVERED = "recovered"
    LOST = "lost"


S, A = ReviewState, Act
REVIEW_FLOW = Flow(
    start=S.OPEN,
    steps={
        (S.OPEN, A.PROPOSE_REVIEW): S.PROPOSED,
        (S.PROPOSED, A.RETURN_REVIEW): S.OPEN,
        (S.PROPOSED, A.CHANGE_NOTHING): S.DONE,
        (S.PROPOSED, A.CHANGE_SOMETHING): S.DECIDED,
        (S.DECIDED, A.FINISH_REVIEW): S.DONE,
    },
)


def decides(change: Change) -> Act:
    """The act by which what was put forward is decided."""
    return Act.CHANGE_NOTHING if change is Change.NOTHING else Act.CHANGE_SOMETHING


def complete(change: Change, what: str, by: date | None) -> bool:
    """A change says what and by when; where nothing is changed there is neither."""
    return (bool(what), by is not None) == ((change is not Change.NOTHING,) * 2)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, with what it was about and the sum it moved; `late` when it came after its day."""

    on: date
    kind: Happened
    about: tuple[str, str] = ("", "")  # in Chinese, in English
    amount: Fen | None = None
    key: int | None = None  # of the thing, for its page
    late: bool = False
    word: StrEnum | None = None  # what somebody advised


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """The earliest first; of one day in the order of `Happened`."""
    order = list(Happened)
    return tuple(sorted(events, key=lambda one: (one.on, order.index(one.kind))))


@dataclass(frozen=True, slots=True)
class Cost:
    """What the payments under one guarantee have cost so far: to all who bear them, and to the guarantor alone."""

    paid: Fen
    recovered: Fen
    lost: Fen  # written off
    costs: Fen  # of recovery
    borne: Fen  # the guarantor's own part of what was paid
    kept: Fen  # what the guarantor has had of what came back

    @property
    def net(self) -> Fen:
        """Paid and spent, less what came back; of all together."""
        return self.paid + self.costs - self.recovered

    @property
    def own(self) -> Fen:
        """The same for the guarantor alone, which spends and is the first to be repaid what it has spent."""
        return self.borne + self.costs - self.kept

    @property
    def open(self) -> Fen:
        """Neither recovered nor written off."""
        return self.paid - self.recovered - self.lost
