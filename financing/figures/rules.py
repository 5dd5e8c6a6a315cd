"""Figures (统计): the steps of the funnel, medians and what is too small to be shown. No database here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
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
    PAID = "paid"


#: The acts that bring a need to a step; a decline moves no need, and money is paid when the bank's report says it was.
REACHED: dict[Step, tuple[Act, ...]] = {
    Step.SUBMITTED: (Act.SUBMIT_NEED,),
    Step.ACCEPTED: (Act.ACCEPT_NEED,),
    Step.SCORED: (Act.ASSESS_NEED,),
    Step.SUPPORTED: (Act.APPROVE_CASE, Act.CONDITION_CASE, Act.CONFIRM_SMALL),
    Step.SENT: (Act.SEND_DOSSIER,),
    Step.ANSWERED: (Act.MAKE_OFFER, Act.DECLINE_NEED),
    Step.OFFERED: (Act.MAKE_OFFER,),
    Step.CHOSEN: (Act.ACCEPT_OFFER,),
    Step.PAID: (Act.REPORT_DRAWDOWN,),
}
#: The steps of a need, each of which opens a list.
STEPS = tuple(REACHED)


class Band(StrEnum):
    """How much a need asks for (金额档): the bounds are those that the rules of small credit use, see SIZES."""

    LITTLE = "little"
    MIDDLE = "middle"
    LARGE = "large"
    BEYOND = "beyond"


#: More than the first and at most the second, in fen; the last band has no end.
SIZES: Mapping[Band, tuple[Fen, Fen | None]] = {
    Band.LITTLE: (Fen(0), Fen.wan(100)),
    Band.MIDDLE: (Fen.wan(100), Fen.wan(500)),
    Band.LARGE: (Fen.wan(500), Fen.wan(1_000)),
    Band.BEYOND: (Fen.wan(1_000), None),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which needs a page of figures is about: first handed in between two days, both included, as far as they had come by a third.

    The other words narrow it down: park, GB/T 4754 section, size class, band of the amount; empty is all.
    """

    since: date
    until: date
    seen: date  # how far needs had come at the end of this day
    park: str = ""
    section: str = ""
    size: str = ""
    band: str = ""

    @property
    def key(self) -> str:
        """The question as one text: the same question is the same text."""
        return "|".join(str(getattr(self, name)) for name in self.__slots__)

    def year_earlier(self) -> Asked:
        """The same question of the same days last year."""
        return replace(self, since=_back(self.since), until=_back(self.until), seen=_back(self.seen))


def _back(day: date) -> date:
    """The same day a year before; of a leap day the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


class Volume(StrEnum):
    """What happens in a period, whenever its needs were handed in (本期发生); planned, compared, charted and published."""

    REGISTERED = "registered"
    NEEDS = "needs"
    SUPPORTED = "supported"
    SENT = "sent"
    OFFERED = "offered"
    CHOSEN = "chosen"
    PAID = "paid"
    FIRST_LOANS = "first_loans"


class Before(StrEnum):
    """Whether a firm had a bank loan before the first one paid out here (以前的银行贷款)."""

    NONE = "none"
    SOME = "some"


class LoanSource(StrEnum):
    """On what it rests that a firm had or had no bank loan before: its own word, or what an officer saw."""

    FIRM = "firm"
    CREDIT_REPORT = "credit_report"
    BANK = "bank"
    REGISTRY = "registry"


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


def middle_of(counts: Mapping[int, int]) -> Decimal | None:
    """The median of whole days of which each was seen so many times; the same as of the days written out one by one."""
    total = sum(counts.values())
    if not total:
        return None
    places, at, found = ((total - 1) // 2, total // 2), 0, []
    for day in sorted(counts):
        found += [day for place in places if at <= place < at + counts[day]]
        at += counts[day]
    return (Decimal(sum(found)) / 2).normalize() + 0


def weighted_rate(offers: Sequence[tuple[Rate, Fen]]) -> Rate | None:
    """The yearly rate each yuan pays on average, weighted by amount."""
    total = sum(amount.fen for _, amount in offers)
    return Rate(divide_half_up(sum(rate.ppm * amount.fen for rate, amount in offers), total)) if total else None
