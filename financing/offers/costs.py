"""What a loan costs its borrower (综合融资成本): the plan of payments of `scoring.repayment`, and three ways of telling the yearly cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from financing.money import Fen, Rate, divide_half_up
from scoring.repayment import YEAR, Instalment, Loan, Repayment, plan

PLACES = 40  # digits kept while solving for the internal rate of return
CLOSE = Decimal(10) ** -25


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
        return Fen(self.plan[0].payment)

    @property
    def last(self) -> Fen:
        return Fen(self.plan[-1].payment)


def costs(terms: Terms) -> Costs:
    """All costs of the terms; the upfront costs must be less than the loan itself."""
    table = instalments(terms)
    interest = Fen(sum(due.interest for due in table))
    added = divide_half_up(terms.upfront.fen * YEAR, terms.amount.fen * terms.months)
    with localcontext(prec=PLACES):
        monthly = monthly_return((terms.amount - terms.upfront).fen, [due.payment for due in table])
        nominal, effective = _rate(12 * monthly), _rate((1 + monthly) ** 12 - 1)
    return Costs(table, interest, terms.upfront, Rate(terms.rate.ppm + added), nominal, effective)


def instalments(terms: Terms) -> tuple[Instalment, ...]:
    """The plan of payments, month by month (还款计划), a month as 30 days of 360."""
    return plan(Loan(terms.amount.fen, terms.months, terms.rate.ppm, terms.repayment))


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


def _rate(value: Decimal) -> Rate:
    return Rate(int((value * 1_000_000).to_integral_value(ROUND_HALF_UP)))
