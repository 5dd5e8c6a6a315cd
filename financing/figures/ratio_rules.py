"""Key ratios (指标): what each divides by what, and how it is worked out. No database here; the words stand in `figure_words`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from financing.figures.rules import LEAST_FIRMS, Figure, Step
from financing.money import divide_half_up

MILLION = 1_000_000


class Ratio(StrEnum):
    """Key ratios, in the order in which they are read."""

    ACCEPTANCE = "acceptance"
    SUPPORT = "support"
    REACH = "reach"
    FIRST_ANSWER = "first_answer"
    CREDIT = "credit"
    CHOICE = "choice"
    PAY_OUT = "pay_out"
    FIRST_LOANS = "first_loans"
    UNSECURED = "unsecured"
    RATE = "rate"
    COMPENSATION = "compensation"
    LEVERAGE = "leverage"
    RENEWAL = "renewal"


class Unit(StrEnum):
    """What the value of a ratio is counted in."""

    PERCENT = "percent"
    TIMES = "times"
    DAYS = "days"


#: Numerator and denominator of the ratios that divide one step of the funnel by another.
DIVIDED: Mapping[Ratio, tuple[Step, Step]] = {
    Ratio.ACCEPTANCE: (Step.ACCEPTED, Step.SUBMITTED),
    Ratio.SUPPORT: (Step.SUPPORTED, Step.SCORED),
    Ratio.REACH: (Step.SENT, Step.SUBMITTED),
    Ratio.CREDIT: (Step.OFFERED, Step.SENT),
    Ratio.CHOICE: (Step.CHOSEN, Step.OFFERED),
    Ratio.PAY_OUT: (Step.PAID, Step.CHOSEN),
}
UNITS: Mapping[Ratio, Unit] = {Ratio.FIRST_ANSWER: Unit.DAYS, Ratio.LEVERAGE: Unit.TIMES}
#: Divided money, not counts.
OF_MONEY = frozenset({Ratio.UNSECURED, Ratio.COMPENSATION, Ratio.LEVERAGE})


@dataclass(frozen=True, slots=True)
class Key:
    """One ratio: its value in millionths of its unit, None where nothing is on record; what was divided by what, and the fewest firms behind either."""

    ratio: Ratio
    value: int | None
    part: int | None = None  # a count, or fen
    whole: int | None = None
    firms: int | None = None
    hidden: bool = False

    @property
    def unit(self) -> Unit:
        return UNITS.get(self.ratio, Unit.PERCENT)


def divided(ratio: Ratio, part: int, whole: int, firms: int | None = None) -> Key:
    """A part of a whole, rounded half up; of nothing there is no value."""
    return Key(ratio, divide_half_up(MILLION * part, whole) if whole else None, part, whole, firms)


def of_steps(steps: Mapping[Step, Figure]) -> list[Key]:
    """The ratios that follow from the funnel alone."""
    keys = [
        divided(ratio, steps[part].count, steps[whole].count, _fewest(steps[part].firms, steps[whole].firms))
        for ratio, (part, whole) in DIVIDED.items()
    ]
    answered = steps[Step.ANSWERED]
    days = None if answered.days is None else int(answered.days * MILLION)
    return [*keys, Key(Ratio.FIRST_ANSWER, days, answered.count, None, answered.firms)]


def guarded_key(key: Key) -> Key:
    """The ratio, or none in its place when so few firms stand behind a side of it that one could be recognised."""
    if key.firms is None or not 0 < key.firms < LEAST_FIRMS:
        return key
    return Key(key.ratio, None, hidden=True)


def _fewest(*firms: int) -> int:
    """The smallest group of firms that is one at all."""
    return min((count for count in firms if count), default=0)
