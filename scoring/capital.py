"""Working-capital need of a firm (流动资金贷款需求量测算) and the amount that all ceilings leave of a wish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scoring.dated import table
from scoring.statements import Statement

MILLION = 1_000_000

BALANCES = {
    "inventory_days": ("inventory", "cost"),
    "receivable_days": ("receivables", "revenue"),
    "payable_days": ("payables", "cost"),
    "prepayment_days": ("prepayments", "cost"),
    "advance_days": ("advances", "revenue"),
}
"""Which balance is set against which flow to get the days it is tied up."""

SIGNS = {
    "inventory_days": 1,
    "receivable_days": 1,
    "payable_days": -1,
    "prepayment_days": 1,
    "advance_days": -1,
}


@dataclass(frozen=True, slots=True)
class Need:
    """The estimate in fen, the days money is tied up, and which figures were assumed because nothing is known."""

    working_capital_fen: int
    new_loan_fen: int
    cycle_days: Fraction
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """The amount left of a wish, and which ceilings hold it there (empty: the wish is granted whole)."""

    amount_fen: int
    bound_by: tuple[str, ...]


def need(
    sales_fen: int,
    on: date,
    *,
    margin_ppm: int | None = None,
    growth_ppm: int | None = None,
    days: Mapping[str, Fraction] | None = None,
    own_funds_fen: int = 0,
    existing_loans_fen: int = 0,
    other_sources_fen: int = 0,
) -> Need:
    """Last year's sales at cost, grown, over the turnover times, less what is there already; whole fen rounded down.

    What is not given is taken from the dated table and listed in `assumed`. A cycle of no days or fewer needs nothing.
    """
    rules = table("working_capital", on)
    given = {"margin_ppm": margin_ppm, "growth_ppm": growth_ppm, **(days or {})}
    known = {name: value for name, value in given.items() if value is not None}
    figures = {name: Fraction(value) for name, value in (rules["assumed"] | known).items()}
    cycle = sum((sign * figures[name] for name, sign in SIGNS.items()), Fraction(0))
    at_cost = sales_fen * (1 - figures["margin_ppm"] / MILLION) * (1 + figures["growth_ppm"] / MILLION)
    working = max(0, int(at_cost * cycle / rules["year_days"]))
    free = max(0, working - own_funds_fen - existing_loans_fen - other_sources_fen)
    return Need(working, free, cycle, tuple(name for name in rules["assumed"] if name not in known))


def days(on: date, current: Statement, previous: Statement | None = None) -> dict[str, Fraction]:
    """The days each balance is tied up, from the statements; what they do not tell is left out."""
    year = table("working_capital", on)["year_days"]
    found = {name: _days(stock, flow, current, previous) for name, (stock, flow) in BALANCES.items()}
    return {name: year * share for name, share in found.items() if share is not None}


def margin_ppm(statement: Statement) -> int | None:
    """Profit before tax on revenue (销售利润率) in ppm, rounded down; None without both figures or without revenue."""
    profit, revenue = statement.get("profit_before_tax"), statement.get("revenue")
    return None if profit is None or revenue is None or revenue <= 0 else profit * MILLION // revenue


def clip(wish_fen: int, ceilings: Mapping[str, int]) -> Clip:
    """The wish, held down to the lowest of the named ceilings in fen; never below nothing."""
    amount = max(0, min(wish_fen, *ceilings.values())) if ceilings else max(0, wish_fen)
    return Clip(amount, tuple(name for name, most in ceilings.items() if most < wish_fen and max(0, most) == amount))


def _days(stock: str, flow: str, current: Statement, previous: Statement | None) -> Fraction | None:
    closing, moved = current.get(stock), current.get(flow)
    if closing is None or moved is None or moved <= 0:
        return None
    opening = previous.get(stock) if previous else None
    return Fraction(closing + (closing if opening is None else opening), 2 * moved)
