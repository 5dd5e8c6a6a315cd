"""Facts that hang together (联动事实): those worked out from the same papers, and those that arithmetic ties to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from scoring.facts import UNLIMITED
from scoring.invoices import LONG
from scoring.ratios import ratios
from scoring.sheet import Value
from scoring.statement_lines import LINES
from scoring.statements import Statement

FROM_SALES = frozenset({
    "annual_sales", "sales_growth", "sales_variation", "active_months", "longest_gap", "history_months", "customers",
    "top_customer_share", "effective_customers", "purchase_ratio", "invoice_gap", "average_sales", "typical_month", "silent_months", "steady_months",
    "repeat_customers", "repeat_share",
})  # fmt: skip
"""Facts worked out from the invoices of sales."""


@dataclass(frozen=True, slots=True)
class Bond:
    """With `driver` at a value, `follower` is at least (or at most) what `needed` gives: no advice may say otherwise."""

    driver: str
    follower: str
    needed: Callable[[Decimal], Decimal]
    at_least: bool = True

    def holds(self, driver: Value, follower: Value) -> bool:
        """Whether two values can be true together; a value that is not known contradicts nothing."""
        if driver is None or follower is None:
            return True
        bound, found = self.needed(Decimal(driver)), Decimal(follower)
        return found >= bound if self.at_least else found <= bound


BONDS = (
    Bond("quick_ratio", "current_ratio", lambda quick: quick),  # stocks are never negative
    Bond("net_margin", "interest_cover", lambda margin: Decimal(1 if margin > 0 else -UNLIMITED)),  # a profit is what interest left
    Bond("top_customer_share", "customers", lambda share: 100 / share if share > 0 else Decimal(0)),  # shares add up to 100 %
    Bond("active_months", "longest_gap", lambda months: LONG - months, at_least=False),  # both count the same 36 months
)  # fmt: skip


def linked(fact: str, others: Iterable[str]) -> tuple[str, ...]:
    """Which of the others move when a fact moves, for they are worked out from the same figures."""
    mine = _figures().get(fact, frozenset())
    return tuple(
        other
        for other in others
        if other != fact and (mine & _figures().get(other, frozenset()) or {fact, other} <= FROM_SALES)
    )


@cache
def _figures() -> Mapping[str, frozenset[str]]:
    """The lines of the statements that each ratio rests on, found by changing one line after the other."""
    plain = {code: 10_000 + 7 * place for place, code in enumerate(LINES)}
    before = ratios(*[_sheets(plain)] * 3)
    resting: dict[str, set[str]] = {name: set() for name in before}
    for code in LINES:
        after = ratios(_sheets(plain | {code: 11_111}), _sheets(plain), _sheets(plain))
        for name in before:
            if after[name] != before[name]:
                resting[name].add(code)
    return {name: frozenset(codes) for name, codes in resting.items()}


def _sheets(lines: Mapping[str, int]) -> Statement:
    return Statement(date(2000, 12, 31), lines)
