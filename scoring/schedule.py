"""Repayment by days (分期到日): what falls due on which day of one contract, through pay-outs, early repayment, changes of rate, extension.

Interest is counted on what is owed, day by day, and rounded once for each period; principal is levelled anew over the periods left
whenever what is owed, the rate or the maturity changes. For a contract paid out on its first day and never changed, with periods of
whole months, this is the table of `scoring.repayment.plan` to the fen.

Days of 30/360 are counted from the first day of the contract: whole months are 30, days of a month begun are real ones and at most 29.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise

from scoring.repayment import MILLION, DayCount, PlanFault, Repayment, due, level
from scoring.rounding import divide_half_up


class Turn(StrEnum):
    """What changes a plan."""

    DRAW = "draw"  # fen paid out (less: a report taken back)
    EARLY = "early"  # fen of principal repaid before they fell due
    RATE = "rate"  # the yearly rate in ppm from that day on
    EXTEND = "extend"  # another maturity


@dataclass(frozen=True, slots=True)
class Event:
    """One change: on a day, so many fen or ppm, or until another day."""

    on: date
    turn: Turn
    value: int = 0
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The contract: yearly rate in ppm; interest falls due on the `interest_day` of every so many months, or on monthly returns of the first day.

    `steps` are days and fen of principal agreed for each (STEPPED); whatever they leave falls due with the maturity.
    """

    rate: int
    starts: date
    matures: date
    repayment: Repayment
    days: DayCount = DayCount.THIRTY_360
    interest_day: int | None = None
    every: int = 1
    steps: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What falls due on one day, in fen."""

    day: date
    principal: int
    interest: int

    @property
    def payment(self) -> int:
        return self.principal + self.interest


def schedule(terms: Terms, events: Iterable[Event]) -> tuple[Due, ...]:
    """Every day on which something falls due, in order; PlanFault for what cannot be."""
    if terms.starts >= terms.matures or terms.rate < 0 or terms.every not in {1, 3, 6, 12}:
        raise PlanFault("not_a_loan", "到期日须晚于起息日，利率不得为负，结息周期为 1、3、6、12 个月")
    walk = _Walk(terms)
    for event in sorted(events, key=lambda one: (one.on, one.turn is not Turn.EXTEND)):
        walk.reach(event.on, closing=event.turn is not Turn.EXTEND)
        walk.turn(event)
    walk.reach(walk.matures, closing=True)
    return tuple(walk.rows)


def ends(terms: Terms, after: date, matures: date) -> list[date]:
    """The days on which periods end, from the first one after a day to the maturity."""
    if terms.repayment is Repayment.BULLET:
        return [matures]
    found = (_end(terms, month) for month in range(12 * (matures.year - terms.starts.year + 2)))
    return [day for day in found if day is not None and after < day < matures and day > terms.starts] + [matures]


def counted(terms: Terms, first: date, last: date) -> int:
    """The days of interest between two days of the contract."""
    if terms.days is not DayCount.THIRTY_360:
        return (last - first).days
    return _thirty(terms.starts, last) - _thirty(terms.starts, first)


def _end(terms: Terms, month: int) -> date | None:
    """The end of the period in the so many-th month from the first day, if one ends there."""
    if terms.interest_day is None:
        return due(terms.starts, month) if month % terms.every == 0 else None
    first = due(terms.starts.replace(day=1), month)
    if first.month % terms.every:
        return None
    return due(date(2000, 1, terms.interest_day), (first.year - 2000) * 12 + first.month - 1)


def _thirty(starts: date, day: date) -> int:
    months = (day.year - starts.year) * 12 + day.month - starts.month
    months -= due(starts, months) > day
    return 30 * months + min(29, (day - due(starts, months)).days)


@dataclass(slots=True)
class _Walk:
    """Somewhere along one contract: what is owed, the interest since the period began (in fen · ppm · days), and what principal is due next."""

    terms: Terms
    rate: int = field(init=False)
    matures: date = field(init=False)
    at: date = field(init=False)
    owed: int = 0
    accrued: int = 0
    share: int = 0  # of principal (EP), or of principal and interest (EPI), each period
    whole: int | None = None  # interest over all periods to come, by the formula before rounding
    begun: date = field(init=False)  # the period that runs
    left: list[date] = field(init=False)  # the ends of the periods that are not closed
    rows: list[Due] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rate, self.matures = self.terms.rate, self.terms.matures
        self.at = self.begun = self.terms.starts
        self.left = ends(self.terms, self.at, self.matures)

    def reach(self, day: date, *, closing: bool) -> None:
        """Go on to a day; the periods that end until then are closed, the one ending on the day itself only if so asked."""
        if day < self.at or day > self.matures:
            raise PlanFault("outside_the_loan", "放款、还款、调整的日期须在合同期内", day=day)
        while self.left and (self.left[0] < day or (self.left[0] == day and closing)):
            self._accrue(self.left[0])
            self._close(self.left.pop(0))
        self._accrue(day)

    def turn(self, event: Event) -> None:
        """Take one change in, and level anew what is left."""
        match event.turn:
            case Turn.DRAW:
                self.owed += event.value
            case Turn.EARLY:
                self._early(event)
            case Turn.RATE:
                self.rate = event.value
            case Turn.EXTEND:
                self._extend(event)
        if self.owed < 0:
            raise PlanFault("beyond_the_loan", "归还的本金不得超过未还本金", owed=self.owed)
        self._level()

    def _early(self, event: Event) -> None:
        self.owed -= event.value
        ended = self.owed == 0 and self.terms.repayment is not Repayment.REVOLVING
        self._row(event.on, event.value, self._interest() if ended else 0)

    def _extend(self, event: Event) -> None:
        if event.until is None or event.until <= self.matures:
            raise PlanFault("no_extension", "展期后的到期日须晚于原到期日")
        steps = tuple(step for step in self.terms.steps if step[0] < self.matures)
        self.terms = Terms(**{name: getattr(self.terms, name) for name in Terms.__slots__} | {"steps": steps})
        self.matures = event.until
        self.left = ends(self.terms, self.begun, self.matures)

    def _accrue(self, day: date) -> None:
        self.accrued += self.owed * self.rate * counted(self.terms, self.at, day)
        self.at = day

    def _interest(self) -> int:
        taken, self.accrued = divide_half_up(self.accrued, MILLION * self.terms.days.basis), 0
        return taken

    def _close(self, end: date) -> None:
        """What falls due at the end of a period; at the maturity all that is left."""
        interest = self._interest()
        if end == self.matures and self.whole is not None:
            interest = max(0, self.whole)
        principal = self.owed if end == self.matures else min(self.owed, max(0, self._principal(end, interest)))
        self.owed -= principal
        self.whole = None if self.whole is None else self.whole - interest
        self.begun = end
        self._row(end, principal, interest)

    def _principal(self, end: date, interest: int) -> int:
        match self.terms.repayment:
            case Repayment.EQUAL_INSTALMENTS:
                return self.share - interest
            case Repayment.EQUAL_PRINCIPAL:
                return self.share
            case Repayment.STEPPED:
                return sum(fen for day, fen in self.terms.steps if self.begun < day <= end)
        return 0

    def _level(self) -> None:
        """Part what is owed over the periods left; even months of 30 days bear the interest of the formula before rounding."""
        left, self.whole = self.left, None
        if not left:
            return
        if self.terms.repayment is Repayment.EQUAL_PRINCIPAL:
            self.share = divide_half_up(self.owed, len(left))
        if self.terms.repayment is Repayment.EQUAL_INSTALMENTS:
            payment, of = level(self.owed, self.rate * self.terms.every, len(left))
            self.share = divide_half_up(payment, of)
            if self.rate and not self.accrued and self._even(left):
                self.whole = divide_half_up(len(left) * payment, of) - self.owed

    def _even(self, left: Sequence[date]) -> bool:
        """Every period to come is of whole months."""
        if self.terms.days is not DayCount.THIRTY_360:
            return False
        return all(counted(self.terms, a, b) == 30 * self.terms.every for a, b in pairwise([self.at, *left]))

    def _row(self, day: date, principal: int, interest: int) -> None:
        if principal or interest:
            self.rows.append(Due(day, principal, interest))
