"""Repayment tables (还款计划): six methods, three ways of counting days, every month rounded to the fen.

The last month takes what rounding left, so the parts add up to the principal. Formulas: level payments
A = P·i·(1+i)^n ÷ ((1+i)^n − 1) with i a twelfth of the yearly rate; everything else is interest on what was owed, day by day.
Day counts follow the contract (人民币利率管理 银发〔2003〕251号 leaves them to it): a month as 30 days of 360, or actual days of 360 or 365.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from scoring.rounding import divide_half_up

MILLION = 1_000_000
#: A year's rate in parts per million, shared among twelve months.
YEAR = 12 * MILLION


class Repayment(StrEnum):
    """How a loan is paid back (还款方式)."""

    EQUAL_INSTALMENTS = "EPI"  # 等额本息
    EQUAL_PRINCIPAL = "EP"  # 等额本金
    INTEREST_ONLY = "IO"  # 先息后本
    BULLET = "BUL"  # 到期一次还本付息
    REVOLVING = "REV"  # 随借随还
    STEPPED = "STEP"  # 分期还本计划


class DayCount(StrEnum):
    """How the days of interest are counted (计息基础)."""

    THIRTY_360 = "30_360"
    ACTUAL_360 = "ACT_360"
    ACTUAL_365 = "ACT_365"

    @property
    def basis(self) -> int:
        return 365 if self is DayCount.ACTUAL_365 else 360


class PlanFault(ValueError):
    """What is asked for makes no repayment table; `code` says why."""

    def __init__(self, code: str, says: str, **facts: object) -> None:
        super().__init__(says)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Instalment:
    """What falls due at the end of one month, in fen."""

    principal: int
    interest: int

    @property
    def payment(self) -> int:
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan: `principal` in fen, yearly `rate` in ppm.

    `starts` is needed where actual days count. `steps` are the fen of principal due month by month (STEPPED); `moves` the days on which
    fen are drawn (+) or paid back (−) within the principal as the line (REVOLVING; none: all of it drawn from the first day to the last).
    """

    principal: int
    months: int
    rate: int
    repayment: Repayment
    days: DayCount = DayCount.THIRTY_360
    starts: date | None = None
    steps: tuple[int, ...] = ()
    moves: tuple[tuple[date, int], ...] = ()


def plan(loan: Loan) -> tuple[Instalment, ...]:
    """The table of one loan, one line a month; PlanFault for what cannot be."""
    _check(loan)
    if loan.repayment is Repayment.REVOLVING and loan.moves:
        return tuple(_drawn(loan))
    return tuple(_table(loan, [_days(loan, month) for month in range(1, loan.months + 1)]))


def due(starts: date, months: int) -> date:
    """The day so many months later, or the last day of a month that is too short."""
    year, month = divmod(starts.year * 12 + starts.month - 1 + months, 12)
    first_after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=starts.day - 1), first_after - timedelta(days=1))


def _check(loan: Loan) -> None:
    if loan.principal <= 0 or loan.months <= 0 or loan.rate < 0:
        raise PlanFault("not_a_loan", "本金、期限须大于零，利率不得为负")
    if loan.starts is None and (loan.days is not DayCount.THIRTY_360 or loan.moves):
        raise PlanFault("no_start", "按实际天数计息须有起息日")
    if loan.repayment is Repayment.STEPPED and (
        len(loan.steps) != loan.months or sum(loan.steps) != loan.principal or min(loan.steps) < 0
    ):
        raise PlanFault("steps_differ", "分期还本计划须逐月填列，不得为负，合计等于本金", sum=sum(loan.steps))


def _table(loan: Loan, days: Sequence[int]) -> Iterator[Instalment]:
    left, paid, each = loan.principal, 0, divide_half_up(*_level(loan))
    for month in range(loan.months - 1):
        interest = 0 if loan.repayment is Repayment.BULLET else _interest(loan, left, days[month])
        principal = min(left, max(0, _principal(loan, month, each - interest)))
        left, paid = left - principal, paid + interest
        yield Instalment(principal, interest)
    yield Instalment(left, _last_interest(loan, left, paid, days))


def _principal(loan: Loan, month: int, of_level: int) -> int:
    match loan.repayment:
        case Repayment.EQUAL_INSTALMENTS:
            return of_level
        case Repayment.EQUAL_PRINCIPAL:
            return divide_half_up(loan.principal, loan.months)
        case Repayment.STEPPED:
            return loan.steps[month]
    return 0


def _last_interest(loan: Loan, left: int, paid: int, days: Sequence[int]) -> int:
    """The last month's interest; with level payments of even months it brings the sum to that of the formula before rounding."""
    if loan.repayment is Repayment.BULLET:
        return _interest(loan, loan.principal, sum(days))
    if loan.repayment is Repayment.EQUAL_INSTALMENTS and loan.days is DayCount.THIRTY_360 and loan.rate:
        payment, of = _level(loan)
        return max(0, divide_half_up(loan.months * payment, of) - loan.principal - paid)
    return _interest(loan, left, days[-1])


def _interest(loan: Loan, left: int, days: int) -> int:
    return divide_half_up(left * loan.rate * days, MILLION * loan.days.basis)


def level(principal: int, rate: int, months: int) -> tuple[int, int]:
    """The level payment over so many periods as a fraction of whole numbers, without a power ever being rounded.

    `rate` is twelve times the rate of one period, in ppm.
    """
    if not rate:
        return principal, months
    grown, whole = (YEAR + rate) ** months, YEAR**months
    return principal * rate * grown, YEAR * (grown - whole)


def _level(loan: Loan) -> tuple[int, int]:
    return level(loan.principal, loan.rate, loan.months)


def _days(loan: Loan, month: int) -> int:
    """The days of interest in one month, counted from 1."""
    if loan.days is DayCount.THIRTY_360 or loan.starts is None:
        return 30
    return (due(loan.starts, month) - due(loan.starts, month - 1)).days


def _drawn(loan: Loan) -> Iterator[Instalment]:
    """Interest on what was drawn, day by day: Σ balance · rate ÷ basis; actual days whatever the count, since money moves on any day."""
    starts = loan.starts or date.min
    ends = [due(starts, month) for month in range(loan.months + 1)]
    days = sorted({*ends, *(day for day, _ in loan.moves)})
    if days[0] < starts or days[-1] > ends[-1]:
        raise PlanFault("outside_the_line", "支用、归还日须在额度有效期内")
    owed, repaid, at = 0, 0, 0
    summed = 0
    for day, following in pairwise(days):
        change = sum(fen for when, fen in loan.moves if when == day)
        owed, repaid = owed + change, repaid + sum(-fen for when, fen in loan.moves if when == day and fen < 0)
        if not 0 <= owed <= loan.principal:
            raise PlanFault("beyond_the_line", "支用余额须在零与额度之间", owed=owed)
        summed += owed * (following - day).days
        if following == ends[at + 1]:
            at += 1
            closing = owed if following == ends[-1] else 0
            yield Instalment(repaid + closing, divide_half_up(summed * loan.rate, MILLION * loan.days.basis))
            summed, repaid = 0, 0
