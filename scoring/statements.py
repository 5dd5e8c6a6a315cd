"""Balance sheet, income and cash flow of one period (财务报表): what must add up, and the ratios a card reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.facts import UNLIMITED
from scoring.statement_lines import IDENTITIES, LINES, Identity


class UnknownLine(ValueError):
    """A statement names a line that the registry does not know."""

    def __init__(self, code: str) -> None:
        super().__init__(f"报表项目“{code}”不在项目表中")
        self.code = "unknown_line"
        self.facts = {"line": code}


@dataclass(frozen=True, slots=True)
class Statement:
    """Lines by code in whole fen for the period ending on a day; a line not stated is absent, never zero."""

    ends: date
    lines: Mapping[str, int]

    def __post_init__(self) -> None:
        for code in self.lines:
            if code not in LINES:
                raise UnknownLine(code)

    def get(self, code: str) -> int | None:
        return self.lines.get(code)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One sum that does not hold: what it should be, what is stated, and the difference in fen."""

    identity: str
    says: str
    english: str
    stated: int
    computed: int

    @property
    def difference(self) -> int:
        return self.stated - self.computed


def mismatches(statement: Statement) -> tuple[Mismatch, ...]:
    """Every identity of the statement that fails; an empty tuple means the sheets tie."""
    return tuple(found for identity in IDENTITIES if (found := _broken(identity, statement.lines)))


def _broken(identity: Identity, lines: Mapping[str, int]) -> Mismatch | None:
    stated = lines.get(identity.total)
    if stated is None:
        return None
    given = [sign * lines[code] for code, sign in identity.parts.items() if code in lines]
    complete = len(given) == len(identity.parts)
    # Parts left out may make up what is missing, but parts of an asset or debt can never exceed the whole.
    wrong = sum(given) != stated if complete else identity.no_part_negative and sum(given) > stated
    return Mismatch(identity.key, identity.says, identity.english, stated, sum(given)) if wrong else None


def ratios(current: Statement, previous: Statement | None = None) -> dict[str, Decimal | None]:
    """The ratios of a card by fact name; percent or multiple as the fact says, None where a figure is missing.

    Outcomes where a denominator is not positive: a firm with nothing to cover (no short debt, no interest, no
    receivables) gets `UNLIMITED` if there is something on the other side; a debt without assets gets `UNLIMITED`
    percent; no interest and no profit gives 0; a loss without sales gives minus `UNLIMITED`; growth or return on
    nothing or less than nothing is unknown. Turnover uses the average of both balances, or the closing balance alone.
    """
    return {name: rule(current, previous) for name, rule in _RULES.items()}


def _over(numerator: int | None, denominator: int | None) -> Decimal | None:
    """A multiple; with nothing below the line it is unlimited if something stands above, else unknown."""
    if numerator is None or denominator is None:
        return None
    if denominator <= 0:
        return UNLIMITED if numerator > 0 else None
    return max(-UNLIMITED, min(UNLIMITED, Decimal(numerator) / denominator))


def _percent(numerator: int | None, denominator: int | None) -> Decimal | None:
    return None if numerator is None or denominator is None else Decimal(100 * numerator) / denominator


def _debt_ratio(now: Statement, _: Statement | None) -> Decimal | None:
    debts, assets = now.get("liabilities"), now.get("assets")
    if debts is None or assets is None:
        return None
    if assets <= 0:
        return UNLIMITED if debts > 0 else None
    return _percent(debts, assets)


def _quick_ratio(now: Statement, _: Statement | None) -> Decimal | None:
    current, stock = now.get("current_assets"), now.get("inventory")
    return None if current is None or stock is None else _over(current - stock, now.get("current_liabilities"))


def _interest_cover(now: Statement, _: Statement | None) -> Decimal | None:
    profit, interest = now.get("profit_before_tax"), now.get("interest")
    if profit is None or interest is None:
        return None
    if interest <= 0:
        return UNLIMITED if profit > 0 else Decimal(0)
    return _over(profit + interest, interest)


def _gross_margin(now: Statement, _: Statement | None) -> Decimal | None:
    revenue, cost = now.get("revenue"), now.get("cost")
    return None if revenue is None or cost is None else _of_revenue(revenue - cost, revenue)


def _of_revenue(part: int | None, revenue: int | None) -> Decimal | None:
    """Per cent of revenue; a loss without any sales is the worst outcome, not a missing one."""
    if part is None or revenue is None:
        return None
    if revenue <= 0:
        return -UNLIMITED if part < 0 else None
    return _percent(part, revenue)


def _turnover(flow: str, stock: str) -> Callable[[Statement, Statement | None], Decimal | None]:
    def rule(now: Statement, before: Statement | None) -> Decimal | None:
        moved, closing = now.get(flow), now.get(stock)
        if moved is None or closing is None:
            return None
        opening = before.get(stock) if before else None
        return _over(2 * moved, closing + (closing if opening is None else opening))

    return rule


def _growth(code: str) -> Callable[[Statement, Statement | None], Decimal | None]:
    def rule(now: Statement, before: Statement | None) -> Decimal | None:
        new, old = now.get(code), before.get(code) if before else None
        return None if new is None or old is None or old <= 0 else _percent(new - old, old)

    return rule


def _return_on_equity(now: Statement, _: Statement | None) -> Decimal | None:
    equity = now.get("equity")
    return None if equity is None or equity <= 0 else _percent(now.get("net_profit"), equity)


_RULES: Mapping[str, Callable[[Statement, Statement | None], Decimal | None]] = {
    "debt_ratio": _debt_ratio,
    "current_ratio": lambda now, _: _over(now.get("current_assets"), now.get("current_liabilities")),
    "quick_ratio": _quick_ratio,
    "interest_cover": _interest_cover,
    "gross_margin": _gross_margin,
    "net_margin": lambda now, _: _of_revenue(now.get("net_profit"), now.get("revenue")),
    "return_on_equity": _return_on_equity,
    "receivable_turnover": _turnover("revenue", "receivables"),
    "inventory_turnover": _turnover("cost", "inventory"),
    "asset_turnover": _turnover("revenue", "assets"),
    "operating_cash_ratio": lambda now, _: _of_revenue(now.get("operating_cash_flow"), now.get("revenue")),
    "revenue_growth": _growth("revenue"),
    "profit_growth": _growth("net_profit"),
}


def stated(statement: Statement) -> Iterator[tuple[str, str, str, int]]:
    """The stated lines in the order of the sheets: code, Chinese, English, fen."""
    for line in LINES.values():
        if line.code in statement.lines:
            yield line.code, line.term, line.english, statement.lines[line.code]
