"""Figures (统计): the steps of the funnel, medians and what is too small to be shown. No database here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from financing.acts import Act
from financing.money import Fen, Rate, divide_half_up


class Step(StrEnum):
    """How far a need has come; the first step counts firms, all others needs."""

    REGISTERED = "registered"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    SCORED = "scored"
    SUPPORTED = "supported"
    SENT = "sent"
    ANSWERED = "answered"
    OFFERED = "offered"
    CHOSEN = "chosen"


#: The acts that bring a need to a step; a decline, which does not move the need, is counted beside them.
REACHED: dict[Step, tuple[Act, ...]] = {
    Step.SUBMITTED: (Act.SUBMIT_NEED,),
    Step.ACCEPTED: (Act.ACCEPT_NEED,),
    Step.SCORED: (Act.ASSESS_NEED,),
    Step.SUPPORTED: (Act.APPROVE_CASE, Act.CONDITION_CASE, Act.CONFIRM_SMALL),
    Step.SENT: (Act.SEND_DOSSIER,),
    Step.ANSWERED: (Act.MAKE_OFFER, Act.DECLINE_NEED),
    Step.OFFERED: (Act.MAKE_OFFER,),
    Step.CHOSEN: (Act.ACCEPT_OFFER,),
}


class Ratio(StrEnum):
    """Key ratios (指标); each is one number divided by another of the same funnel, or a median."""

    ACCEPTANCE = "acceptance"
    SUPPORT = "support"
    REACH = "reach"
    CREDIT = "credit"
    CHOICE = "choice"


#: Numerator and denominator of each ratio.
RATIOS: dict[Ratio, tuple[Step, Step]] = {
    Ratio.ACCEPTANCE: (Step.ACCEPTED, Step.SUBMITTED),
    Ratio.SUPPORT: (Step.SUPPORTED, Step.SCORED),
    Ratio.REACH: (Step.SENT, Step.SUBMITTED),
    Ratio.CREDIT: (Step.OFFERED, Step.SENT),
    Ratio.CHOICE: (Step.CHOSEN, Step.OFFERED),
}
#: Groups of fewer firms could be traced back to one of them.
LEAST_FIRMS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One step of the funnel: needs (firms at the first), different firms, sum asked, median days from the step before.

    `hidden` means too few firms: the numbers are nought and nothing may be worked out of them.
    """

    step: Step
    count: int
    firms: int
    sum: Fen
    days: Decimal | None
    hidden: bool = False


def guarded(figure: Figure) -> Figure:
    """The figure, or an empty one in its place when so few firms stand behind it that one could be recognised."""
    if not 0 < figure.firms < LEAST_FIRMS:
        return figure
    return Figure(figure.step, 0, 0, Fen(0), None, hidden=True)


def median_days(days: Sequence[int]) -> Decimal | None:
    """The middle of whole days, half a day between two; None of nothing."""
    return Decimal(str(median(days))).normalize() + 0 if days else None


def weighted_rate(offers: Sequence[tuple[Rate, Fen]]) -> Rate | None:
    """The yearly rate each yuan pays on average, weighted by amount."""
    total = sum(amount.fen for _, amount in offers)
    return Rate(divide_half_up(sum(rate.ppm * amount.fen for rate, amount in offers), total)) if total else None
