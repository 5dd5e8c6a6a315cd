"""Affordability (偿债能力): cash that is there in a year, what the debts ask in a year, and how often the one covers the other.

DSCR = cash available ÷ debt service, of the worst year of the loan, existing loans included as far as they were stated; a last part of
a year counts for its months. Everything is whole fen and whole ppm; no database here.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from scoring.dated import in_force
from scoring.repayment import Instalment, Loan, Repayment, plan
from scoring.rounding import divide_half_up

STRESS = Path(__file__).parent / "stress"
MILLION = 1_000_000


class Basis(StrEnum):
    """Where the cash is read from."""

    CASH_FLOW = "cash_flow"  # net operating cash flow of the last statements
    PROFIT = "profit"  # profit before interest, less income tax; depreciation is not added back
    INVOICES = "invoices"  # a part of invoiced sales less purchases, less tax paid


class Cover(StrEnum):
    """How well debts are covered."""

    ENOUGH = "enough"
    TIGHT = "tight"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Cash:
    """A year of the firm in fen: cash for debts, sales, the part of a lost sale that is lost cash (ppm), interest now paid."""

    basis: Basis
    amount: int
    sales: int
    margin: int
    interest: int
    as_of: date


@dataclass(frozen=True, slots=True)
class Case:
    """One strain: sales and rate moved by ppm, customers later by days."""

    key: str
    says: str
    english: str
    sales_ppm: int = 0
    rate_ppm: int = 0
    receivable_days: int = 0


@dataclass(frozen=True, slots=True)
class Stress:
    """The strains in force from a day on, and what counts as enough."""

    title: str
    source: str
    confidence: str
    least_ppm: int
    invoice_cash_ppm: int
    year_days: int
    case: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a loan: its months, what falls due on it and on other loans, the cash of those months (fen)."""

    months: int
    principal: int
    interest: int
    other: int
    cash: int

    @property
    def service(self) -> int:
        return self.principal + self.interest + self.other


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case worked out: the worst year, DSCR and cover of interest in ppm (None where nothing is due), and the word for it."""

    case: Case
    year: Year
    dscr: int | None
    interest_cover: int | None
    cover: Cover


@dataclass(frozen=True, slots=True)
class Affordability:
    """Everything that one look at a loan rests on, and how each case came out; `other` is None where nothing was stated."""

    loan: Loan
    cash: Cash
    beside: Cash | None  # the same year by the other source, for comparison
    other: int | None
    least_ppm: int
    source: str
    confidence: str
    outcomes: tuple[Outcome, ...]

    @property
    def base(self) -> Outcome:
        return self.outcomes[0]

    @property
    def worst(self) -> Outcome:
        return min(self.outcomes, key=lambda each: MILLION * MILLION if each.dscr is None else each.dscr)

    @property
    def table(self) -> tuple[Instalment, ...]:
        return plan(self.loan)

    def as_json(self) -> dict[str, Any]:
        """Whole numbers and text only, as it is sealed with a case."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Affordability:
        """The very figures that `as_json` wrote."""
        loan = Loan(
            **{
                **_only(plain["loan"], "principal", "months", "rate"),
                "repayment": Repayment(plain["loan"]["repayment"]),
            }
        )
        return cls(
            **_only(plain, "other", "least_ppm", "source", "confidence"),
            loan=loan,
            cash=_cash(plain["cash"]),
            beside=_cash(plain["beside"]) if plain["beside"] else None,
            outcomes=tuple(
                Outcome(
                    Case(**each["case"]), Year(**each["year"]), each["dscr"], each["interest_cover"], Cover(each["cover"])
                )
                for each in plain["outcomes"]
            ),
        )  # fmt: skip


def _only(plain: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: plain[name] for name in names}


def _cash(plain: Mapping[str, Any]) -> Cash:
    return Cash(**{**plain, "basis": Basis(plain["basis"]), "as_of": date.fromisoformat(plain["as_of"])})


@cache
def stress(on: date) -> Stress:
    """The strains in force on a day."""
    plain = tomllib.loads(in_force(STRESS, on).read_text(encoding="utf-8"))
    return Stress(case=tuple(Case(**row) for row in plain.pop("case")), **plain)


def of_statements(lines: Mapping[str, int], ends: date) -> Cash | None:
    """Cash as the statements of one year tell it; None when neither cash flow nor profit with interest is stated."""
    revenue, interest = lines.get("revenue", 0), max(0, lines.get("interest", 0))
    if revenue <= 0:
        return None
    margin = _part(revenue - lines["cost"], revenue) if "cost" in lines else MILLION
    if "operating_cash_flow" in lines:
        return Cash(Basis.CASH_FLOW, lines["operating_cash_flow"], revenue, margin, interest, ends)
    if {"profit_before_tax", "interest"} <= lines.keys():
        earned = lines["profit_before_tax"] + interest - lines.get("income_tax", 0)
        return Cash(Basis.PROFIT, earned, revenue, margin, interest, ends)
    return None


def of_invoices(sales: int, purchases: int, tax_paid: int, on: date) -> Cash | None:
    """Cash as a year of invoices lets it be guessed, prudently; None without sales."""
    if sales <= 0:
        return None
    left = divide_half_up((sales - purchases) * stress(on).invoice_cash_ppm, MILLION) - tax_paid
    return Cash(Basis.INVOICES, left, sales, _part(sales - purchases, sales), 0, on)


def afforded(cash: Cash, beside: Cash | None, loan: Loan, other: int | None, rules: Stress) -> Affordability:
    """Every case of the rules worked out; `other` is what existing loans ask in a year (fen), None when not stated."""
    found = tuple(outcome(cash, loan, other or 0, case, rules) for case in rules.case)
    return Affordability(loan, cash, beside, other, rules.least_ppm, rules.source, rules.confidence, found)


def outcome(cash: Cash, loan: Loan, other: int, case: Case, rules: Stress) -> Outcome:
    """One case worked out; PlanFault when the loan makes no table."""
    table = plan(replace(loan, rate=max(0, loan.rate + case.rate_ppm)))
    years = tuple(_years(_strained(cash, case), _held_up(cash, case, rules), table, other))
    worst = min(years, key=lambda year: (_times(year.cash, year.service), -year.service))
    dscr = _times(worst.cash, worst.service) if worst.service else None
    costs = [(year.cash, year.interest + divide_half_up(cash.interest * year.months, 12)) for year in years]
    covers = [_times(there, cost) for there, cost in costs if cost]
    return Outcome(case, worst, dscr, min(covers, default=None), _cover(dscr, rules))


def _strained(cash: Cash, case: Case) -> int:
    """A year's cash once sales have moved: what a lost sale would have left is gone, all other expense stays."""
    return cash.amount + divide_half_up(cash.sales * case.sales_ppm * cash.margin, MILLION * MILLION)


def _held_up(cash: Cash, case: Case, rules: Stress) -> int:
    """Money that customers hold back once, in the first year."""
    sales = cash.sales + divide_half_up(cash.sales * case.sales_ppm, MILLION)
    return divide_half_up(sales * case.receivable_days, rules.year_days)


def _years(cash: int, held_up: int, table: tuple[Instalment, ...], other: int) -> Iterator[Year]:
    for start in range(0, len(table), 12):
        due = table[start : start + 12]
        yield Year(
            months=len(due),
            principal=sum(each.principal for each in due),
            interest=sum(each.interest for each in due),
            other=divide_half_up(other * len(due), 12),
            cash=divide_half_up(cash * len(due), 12) - (0 if start else held_up),
        )


def _times(cash: int, service: int) -> int:
    return divide_half_up(cash * MILLION, service) if service else MILLION * MILLION


def _cover(dscr: int | None, rules: Stress) -> Cover:
    if dscr is None or dscr >= rules.least_ppm:
        return Cover.ENOUGH
    return Cover.TIGHT if dscr >= MILLION else Cover.SHORT


def _part(part: int, whole: int) -> int:
    return min(MILLION, max(0, divide_half_up(part * MILLION, whole)))
