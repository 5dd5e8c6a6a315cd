"""What a loan costs its borrower (综合融资成本): the exact plan of payments, and three ways of telling the yearly cost.

Every period is rounded to the fen and the last one takes what rounding left, so the parts add up to the principal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from financing.money import Fen, Rate, divide_half_up
from financing.offers.rules import Repayment

#: A year's rate in parts per million, shared among twelve months.
YEAR = 12 * 1_000_000
PLACES = 40  # digits kept while solving for the internal rate of return
CLOSE = Decimal(10) ** -25


@dataclass(frozen=True, slots=True)
class Instalment:
    """What falls due at the end of one month."""

    principal: Fen
    interest: Fen

    @property
    def payment(self) -> Fen:
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class Terms:
    """What a bank asks: yearly rates, fees paid at the start, months."""

    amount: Fen
    months: int
    rate: Rate
    repayment: Repayment
    guarantee_fee: Rate
    fees: Fen

    @property
    def upfront(self) -> Fen:
        """The guarantee fee for the whole term and all other fees, paid when the money comes."""
        return Fen(divide_half_up(self.amount.fen * self.guarantee_fee.ppm * self.months, YEAR)) + self.fees


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost of one offer: in money, and by the year as a simple sum, as twelve months' return, and compounded."""

    plan: tuple[Instalment, ...]
    interest: Fen
    upfront: Fen
    simple: Rate
    nominal: Rate
    effective: Rate

    @property
    def total(self) -> Fen:
        return self.interest + self.upfront

    @property
    def first(self) -> Fen:
        """The first month's payment."""
        return self.plan[0].payment

    @property
    def last(self) -> Fen:
        return self.plan[-1].payment


def costs(terms: Terms) -> Costs:
    """All costs of the terms; the upfront costs must be less than the loan itself."""
    plan = tuple(instalments(terms))
    interest = Fen(sum(due.interest.fen for due in plan))
    added = divide_half_up(terms.upfront.fen * YEAR, terms.amount.fen * terms.months)
    with localcontext(prec=PLACES):
        monthly = monthly_return((terms.amount - terms.upfront).fen, [due.payment.fen for due in plan])
        nominal, effective = _rate(12 * monthly), _rate((1 + monthly) ** 12 - 1)
    return Costs(plan, interest, terms.upfront, Rate(terms.rate.ppm + added), nominal, effective)


def instalments(terms: Terms) -> Iterator[Instalment]:
    """The plan of payments, month by month (还款计划)."""
    left, paid, level = terms.amount.fen, 0, _level(terms)
    for _ in range(1, terms.months):
        interest = _interest(terms, left)
        principal = min(left, _principal(terms, level, interest))
        left, paid = left - principal, paid + interest
        yield Instalment(Fen(principal), Fen(interest))
    yield Instalment(Fen(left), Fen(_last_interest(terms, left, paid)))


def monthly_return(received: int, payments: Sequence[int]) -> Decimal:
    """The monthly rate at which the payments are worth what was received: Newton from above, where it never overshoots."""
    discount = Decimal(1)
    while True:
        value, slope = Decimal(0), Decimal(0)
        for payment in reversed(payments):
            slope = slope * discount + value
            value = value * discount + payment
        value, slope = value * discount, slope * discount + value
        step = (value - received) / slope
        discount -= step
        if abs(step) < CLOSE:
            return 1 / discount - 1


def _interest(terms: Terms, left: int) -> int:
    """A month's interest on what is still owed; a bullet loan pays none before its end."""
    return 0 if terms.repayment is Repayment.BULLET else divide_half_up(left * terms.rate.ppm, YEAR)


def _last_interest(terms: Terms, left: int, paid: int) -> int:
    """The last month's interest; with level payments it brings the sum to that of the formula before rounding."""
    if terms.repayment is Repayment.BULLET:
        return divide_half_up(terms.amount.fen * terms.rate.ppm * terms.months, YEAR)
    if terms.repayment is Repayment.EQUAL_INSTALMENTS and terms.rate.ppm:
        payment, of = _level_exact(terms)
        return max(0, divide_half_up(terms.months * payment, of) - terms.amount.fen - paid)
    return _interest(terms, left)


def _principal(terms: Terms, level: int, interest: int) -> int:
    if terms.repayment is Repayment.EQUAL_INSTALMENTS:
        return level - interest
    return divide_half_up(terms.amount.fen, terms.months) if terms.repayment is Repayment.EQUAL_PRINCIPAL else 0


def _level(terms: Terms) -> int:
    """The level payment to the fen."""
    return divide_half_up(*_level_exact(terms))


def _level_exact(terms: Terms) -> tuple[int, int]:
    """The level payment P·i·(1+i)^n ÷ ((1+i)^n − 1) as a fraction of whole numbers, without a power ever being rounded."""
    if not terms.rate.ppm:
        return terms.amount.fen, terms.months
    grown, whole = (YEAR + terms.rate.ppm) ** terms.months, YEAR**terms.months
    return terms.amount.fen * terms.rate.ppm * grown, YEAR * (grown - whole)


def _rate(value: Decimal) -> Rate:
    return Rate(int((value * 1_000_000).to_integral_value(ROUND_HALF_UP)))
