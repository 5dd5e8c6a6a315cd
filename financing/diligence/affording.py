"""Affordability from what is on file: statements before invoices, the loan as the survey assumes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from financing.credit import books
from financing.desk import Desk
from financing.diligence.affordability import Affordability, Cash, afforded, of_invoices, of_statements, stress
from financing.diligence.model import Survey
from financing.needs.model import Need
from financing.parties.model import Firm
from financing.parties.stated import Known, stated
from scoring.repayment import Loan


def affordability(desk: Desk, need: Need, survey: Survey) -> Affordability | None:
    """What the loan asks against what is there; None while there are neither statements nor invoices to read it from."""
    first, *rest = [*_cash(desk, desk.get(Firm, need.firm_id)), None]
    if first is None:
        return None
    loan = Loan(need.amount.fen, need.months, survey.rate.ppm, survey.repayment)
    other = None if survey.other is None else survey.other.fen
    return afforded(first, rest[0], loan, other, stress(desk.today))


def sealed(desk: Desk, need: Need, survey: Survey) -> dict[str, Any]:
    """The same as it is kept with a case; empty where nothing can be read."""
    found = affordability(desk, need, survey)
    return {} if found is None else found.as_json()


def _cash(desk: Desk, firm: Firm) -> list[Cash]:
    years = books.statements(desk, firm)
    told = of_statements(years[max(years)].lines, years[max(years)].ends) if years else None
    return [cash for cash in (told, _invoiced(desk, firm)) if cash is not None]


def _invoiced(desk: Desk, firm: Firm) -> Cash | None:
    known = books.from_invoices(books.invoice_frame(desk, firm), until := books.covered_until(desk, firm))
    if not known or until is None:
        return None
    sales, purchases, paid = (
        _fen(facts, name)
        for facts, name in ((known, "annual_sales"), (known, "annual_purchases"), (stated(firm), "tax_paid"))
    )
    return of_invoices(sales, purchases, paid, until)


def _fen(facts: Mapping[str, Known], name: str) -> int:
    """An amount, or nothing where it is not known."""
    value = facts[name].value if name in facts else 0
    return value if isinstance(value, int) else 0
