"""The scoreboard of banks (银行成绩单): what each number counts, out of how many. No database here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from statistics import median

from financing.figures.rules import median_days
from financing.matching.rules import MatchState
from financing.money import Rate, divide_half_up


class Measure(StrEnum):
    """What a bank is measured by: what came of its dossiers, of its conduct and of its loans; renewals wait for reports not yet sent."""

    ANSWER_TIME = "answer_time"
    SILENCE = "silence"
    WIN_RATE = "win_rate"
    COST = "cost"
    RETRADES = "retrades"
    REPEATS = "repeats"
    PAY_OUT = "pay_out"
    RENEWAL = "renewal"
    BREACHES = "breaches"
    COMPENSATED = "compensated"


#: Nothing is on record for these, so there is no number: never nought.
UNRECORDED = frozenset({Measure.RENEWAL})
#: These do not come from dossiers, so no dossier stands behind them.
BESIDE = frozenset({Measure.BREACHES, Measure.COMPENSATED})
OF_DOSSIERS = frozenset(Measure) - UNRECORDED - BESIDE
#: A number that rests on fewer cases is marked: one more case would move it by a tenth and more.
FEW = 10
#: So many other banks must have a number before their median says nothing about any one of them.
LEAST_BANKS = 5


@dataclass(frozen=True, slots=True)
class Sent:
    """One dossier that went to one bank: when, until when an answer was due, and what came of it."""

    match_id: int
    need_id: int
    firm_id: int
    bank_id: int
    sent_on: date
    due_on: date
    state: MatchState
    answered_on: date | None
    waited: int | None  # working days from sending to the first answer
    cost: Rate | None  # yearly, of the offer that stands
    silent: bool = False  # a silence stands on record, whatever came later
    paid: bool = False  # money has gone out under the offer that was chosen
    asked: tuple[bool, ...] = ()  # every item asked of the firm: whether the bank had asked for it before
    worse: bool = False  # at a higher rate, or with a condition added after the choice

    @property
    def kept(self) -> bool:
        """Whether the first answer came in time."""
        return not self.silent and self.answered_on is not None and self.answered_on <= self.due_on

    def fell_due(self, today: date) -> bool:
        """Whether an answer was due by now: the day has passed, and neither firm nor acceptance ended it unanswered."""
        ended = self.answered_on is None and self.state in {MatchState.WITHDRAWN, MatchState.PASSED_OVER}
        return self.silent or (self.due_on < today and not ended)

    @property
    def decided(self) -> bool:
        """Whether the firm has chosen, and this bank had an offer in."""
        return self.cost is not None and self.state in {MatchState.CHOSEN, MatchState.PASSED_OVER}


@dataclass(frozen=True, slots=True)
class Score:
    """One number of one bank: working days, parts per million, or None where nothing is on record; `of` cases behind it."""

    measure: Measure
    value: Decimal | int | None
    of: int

    @property
    def few(self) -> bool:
        return 0 < self.of < FEW


def counted(measure: Measure, sent: Sequence[Sent], today: date) -> list[Sent]:
    """The cases a number is out of: its denominator, one by one."""
    return [one for one in sent if COUNTS[measure](one, today)] if measure in OF_DOSSIERS else []


def struck(measure: Measure, one: Sent) -> bool:
    """Whether a case of the denominator is also in the numerator; for medians every case is."""
    return STRIKES.get(measure, _always)(one)


def score(measure: Measure, sent: Sequence[Sent], today: date) -> Score:
    """The number of one bank, from all that was sent to it."""
    cases = counted(measure, sent, today)
    return Score(measure, VALUES[measure](cases) if cases else None, len(cases))


def middle(values: Sequence[Decimal | int]) -> Decimal | None:
    """The median of other banks' numbers; None while so few have one that it could be told whose it is."""
    return Decimal(str(median(map(Decimal, values)))).normalize() + 0 if len(values) >= LEAST_BANKS else None


def _always(_one: Sent) -> bool:
    return True


def _share(measure: Measure) -> Callable[[Sequence[Sent]], int]:
    return lambda cases: divide_half_up(1_000_000 * sum(STRIKES[measure](one) for one in cases), len(cases))


COUNTS: dict[Measure, Callable[[Sent, date], bool]] = {
    Measure.ANSWER_TIME: lambda one, _: one.waited is not None,
    Measure.SILENCE: lambda one, today: one.fell_due(today),
    Measure.WIN_RATE: lambda one, _: one.decided,
    Measure.COST: lambda one, _: one.cost is not None,
    Measure.RETRADES: lambda one, _: one.paid,
    Measure.REPEATS: lambda one, _: bool(one.asked),
    Measure.PAY_OUT: lambda one, _: one.state is MatchState.CHOSEN,
}
STRIKES: dict[Measure, Callable[[Sent], bool]] = {
    Measure.SILENCE: lambda one: not one.kept,
    Measure.WIN_RATE: lambda one: one.state is MatchState.CHOSEN,
    Measure.RETRADES: lambda one: one.worse,
    Measure.REPEATS: lambda one: any(one.asked),
    Measure.PAY_OUT: lambda one: one.paid,
}
VALUES: dict[Measure, Callable[[Sequence[Sent]], Decimal | int | None]] = {
    Measure.ANSWER_TIME: lambda cases: median_days([one.waited for one in cases if one.waited is not None]),
    Measure.SILENCE: _share(Measure.SILENCE),
    Measure.WIN_RATE: _share(Measure.WIN_RATE),
    Measure.RETRADES: _share(Measure.RETRADES),
    Measure.REPEATS: lambda cases: sum(sum(one.asked) for one in cases),
    Measure.PAY_OUT: _share(Measure.PAY_OUT),
    Measure.COST: lambda cases: round(median([one.cost.ppm for one in cases if one.cost])),
}
