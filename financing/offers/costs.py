"""What a loan costs its borrower (综合融资成本): the plan of payments of `scoring.repayment`, and three ways of telling the yearly cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from financing.money import Fen, Rate, divide_half_up
from financing.offers.rules import Bearer, Charge, Every
from scoring.repayment import YEAR, Instalment, Loan, Repayment, plan

PLACES = 40  # digits kept while solving for the internal rate of return
CLOSE = Decimal(10) ** -25


@dataclass(frozen=True, slots=True)
class Charged:
    """One line of the cost list (贷款明白纸): what, how much each time, to whom, who bears it, when."""

    charge: Charge
    amount: Fen
    payee: str
    bearer: Bearer = Bearer.FIRM
    every: Every = Every.START

    def months(self, term: int) -> range:
        """The months after which it is paid; 0 is the day the money comes."""
        return {
            Every.START: range(1),
            Every.MONTHLY: range(1, term + 1),
            Every.YEARLY: range(0, term, 12),
            Every.END: range(term, term + 1),
        }[self.every]

    def total(self, term: int) -> Fen:
        """What it comes to over a term of so many months."""
        return Fen(self.amount.fen * len(self.months(term)))

    def as_json(self) -> dict[str, object]:
        return {
            "charge": self.charge.value,
            "amount": self.amount.fen,
            "payee": self.payee,
            "bearer": self.bearer.value,
            "every": self.every.value,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Charged:
        bearer, every = Bearer(kept["bearer"]), Every(kept["every"])
        return cls(Charge(kept["charge"]), Fen(kept["amount"]), kept["payee"], bearer, every)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a bank asks: yearly rates, months, and every charge, whoever bears it."""

    amount: Fen
    months: int
    rate: Rate
    repayment: Repayment
    guarantee_fee: Rate
    charges: tuple[Charged, ...] = ()

    @property
    def guarantee(self) -> Fen:
        """The guarantee fee for the whole term, paid when the money comes."""
        return Fen(divide_half_up(self.amount.fen * self.guarantee_fee.ppm * self.months, YEAR))

    @property
    def borne(self) -> tuple[Charged, ...]:
        """The charges that the firm bears."""
        return tuple(each for each in self.charges if each.bearer is Bearer.FIRM)

    @property
    def fees(self) -> Fen:
        """All charges that the firm bears, over the whole term."""
        return Fen(sum(each.total(self.months).fen for each in self.borne))

    @property
    def extras(self) -> tuple[int, ...]:
        """What the firm pays beside the instalments, in fen, on the first day and after each month."""
        paid = [self.guarantee.fen, *[0] * self.months]
        for each in self.borne:
            for month in each.months(self.months):
                paid[month] += each.amount.fen
        return tuple(paid)

    @property
    def upfront(self) -> Fen:
        """What the firm pays when the money comes."""
        return Fen(self.extras[0])


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost of one offer: in money, and by the year as a simple sum, as twelve months' return, and compounded.

    `payments` is what the firm pays after each month, in fen, instalment and charges together.
    """

    plan: tuple[Instalment, ...]
    payments: tuple[int, ...]
    interest: Fen
    upfront: Fen
    later: Fen
    simple: Rate
    nominal: Rate
    effective: Rate

    @property
    def total(self) -> Fen:
        return self.interest + self.upfront + self.later

    @property
    def first(self) -> Fen:
        """The first month's payment."""
        return Fen(self.payments[0])

    @property
    def last(self) -> Fen:
        return Fen(self.payments[-1])


def costs(terms: Terms) -> Costs:
    """All costs of the terms; the upfront costs must be less than the loan itself."""
    table, (first, *rest) = instalments(terms), terms.extras
    interest, later = Fen(sum(due.interest for due in table)), Fen(sum(rest))
    payments = tuple(due.payment + extra for due, extra in zip(table, rest, strict=True))
    added = divide_half_up((first + later.fen) * YEAR, terms.amount.fen * terms.months)
    with localcontext(prec=PLACES):
        monthly = monthly_return(terms.amount.fen - first, payments)
        nominal, effective = _rate(12 * monthly), _rate((1 + monthly) ** 12 - 1)
    simple = Rate(terms.rate.ppm + added)
    return Costs(table, payments, interest, Fen(first), later, simple, nominal, effective)


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
