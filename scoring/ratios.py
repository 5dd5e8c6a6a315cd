"""The ratios a card reads, from up to three years of statements (财务比率); every denominator has a defined outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import takewhile

from scoring.facts import UNLIMITED
from scoring.statements import Statement

Years = tuple[Statement, Statement | None, Statement | None]
Rule = Callable[[Years], Decimal | None]


def ratios(
    current: Statement, previous: Statement | None = None, earlier: Statement | None = None
) -> dict[str, Decimal | None]:
    """The ratios by fact name; percent, multiple or years as the fact says, None where a figure is missing.

    Outcomes where a denominator is not positive: a firm with nothing to cover (no short debt, no interest, no
    receivables) gets `UNLIMITED` if there is something on the other side; a debt without assets gets `UNLIMITED`
    percent; no interest and no profit gives 0; a loss, or money flowing out, without sales gives minus `UNLIMITED`;
    growth from nothing or less, and return on nothing or less, is unknown. Turnover and returns use the average of
    both balances, or the closing balance alone where the opening one is not stated. A trend over three years is the yearly
    rate that leads from the first to the last.
    """
    years = (current, previous, earlier)
    return {name: rule(years) for name, rule in RULES.items()}


def _over(numerator: int | None, denominator: int | None) -> Decimal | None:
    """A multiple; with nothing below the line it is unlimited if something stands above, else unknown."""
    if numerator is None or denominator is None:
        return None
    if denominator <= 0:
        return UNLIMITED if numerator > 0 else None
    return _bounded(Decimal(numerator) / denominator)


def _bounded(ratio: Decimal) -> Decimal:
    return max(-UNLIMITED, min(UNLIMITED, ratio))


def _percent(numerator: int | None, denominator: int | None) -> Decimal | None:
    return None if numerator is None or denominator is None else Decimal(100 * numerator) / denominator


def _debt_ratio(now: Statement | None) -> Decimal | None:
    debts, assets = (now.get("liabilities"), now.get("assets")) if now else (None, None)
    if debts is None or assets is None:
        return None
    if assets <= 0:
        return UNLIMITED if debts > 0 else None
    return _percent(debts, assets)


def _quick_ratio(years: Years) -> Decimal | None:
    current, stock = years[0].get("current_assets"), years[0].get("inventory")
    return None if current is None or stock is None else _over(current - stock, years[0].get("current_liabilities"))


def _cash_ratio(years: Years) -> Decimal | None:
    cash, owed = years[0].get("cash"), years[0].get("current_liabilities")
    return _over(cash, owed) if owed is None or owed <= 0 else _percent(cash, owed)


def _earned(now: Statement) -> int | None:
    """Profit before interest and tax (息税前利润) in fen."""
    profit, interest = now.get("profit_before_tax"), now.get("interest")
    return None if profit is None or interest is None else profit + interest


def _interest_cover(years: Years) -> Decimal | None:
    earned, interest = _earned(years[0]), years[0].get("interest")
    if earned is None or interest is None:
        return None
    if interest <= 0:
        return UNLIMITED if earned > interest else Decimal(0)
    return _over(earned, interest)


def _gross_margin(now: Statement | None) -> Decimal | None:
    revenue, cost = (now.get("revenue"), now.get("cost")) if now else (None, None)
    return None if revenue is None or cost is None else _of_revenue(revenue - cost, revenue)


def _of_revenue(part: int | None, revenue: int | None) -> Decimal | None:
    """Per cent of revenue; a loss without any sales is the worst outcome, not a missing one."""
    if part is None or revenue is None:
        return None
    if revenue <= 0:
        return -UNLIMITED if part < 0 else None
    return _percent(part, revenue)


def _to_revenue(code: str) -> Rule:
    return lambda years: _of_revenue(years[0].get(code), years[0].get("revenue"))


def _twice_average(years: Years, *codes: str) -> int | None:
    """Opening and closing balance added up; the closing one twice where the opening one is not stated."""
    closing, opening = _sum(years[0], codes), _sum(years[1], codes)
    return None if closing is None else closing + (closing if opening is None else opening)


def _sum(statement: Statement | None, codes: tuple[str, ...]) -> int | None:
    """The first line with those that may be missing; None without the first."""
    if statement is None or (first := statement.get(codes[0])) is None:
        return None
    return first + sum(statement.get(code) or 0 for code in codes[1:])


def _turnover(flow: str, stock: str) -> Rule:
    def rule(years: Years) -> Decimal | None:
        moved = years[0].get(flow)
        return _over(None if moved is None else 2 * moved, _twice_average(years, stock))

    return rule


def _return(profit: Callable[[Statement], int | None], *stock: str) -> Rule:
    def rule(years: Years) -> Decimal | None:
        earned, closing, twice = profit(years[0]), _sum(years[0], stock), _twice_average(years, *stock)
        if earned is None or closing is None or twice is None or min(closing, twice) <= 0:
            return None
        return _percent(2 * earned, twice)

    return rule


def _net_profit(now: Statement) -> int | None:
    return now.get("net_profit")


def _growth(code: str) -> Rule:
    def rule(years: Years) -> Decimal | None:
        new, old = _line(years[0], code), _line(years[1], code)
        return None if new is None or old is None or old <= 0 else _percent(new - old, old)

    return rule


def _trend(code: str) -> Rule:
    def rule(years: Years) -> Decimal | None:
        new, old = _line(years[0], code), _line(years[2], code)
        if new is None or old is None or old <= 0 or new < 0:
            return None
        return 100 * ((Decimal(new) / old).sqrt() - 1)

    return rule


def _line(statement: Statement | None, code: str) -> int | None:
    return statement.get(code) if statement else None


def _change(of: Callable[[Statement | None], Decimal | None]) -> Rule:
    """By how many percentage points a share moved since the year before."""

    def rule(years: Years) -> Decimal | None:
        new, old = of(years[0]), of(years[1])
        return None if new is None or old is None else _bounded(new - old)

    return rule


def _loss_years(years: Years) -> Decimal | None:
    """How many years running, up to this one, closed with a loss."""
    if years[0].get("net_profit") is None:
        return None
    losses = takewhile(lambda year: (_line(year, "net_profit") or 0) < 0, years)
    return Decimal(sum(1 for _ in losses))


RULES: Mapping[str, Rule] = {
    "debt_ratio": lambda years: _debt_ratio(years[0]),
    "current_ratio": lambda years: _over(years[0].get("current_assets"), years[0].get("current_liabilities")),
    "quick_ratio": _quick_ratio,
    "cash_ratio": _cash_ratio,
    "interest_cover": _interest_cover,
    "gross_margin": lambda years: _gross_margin(years[0]),
    "net_margin": _to_revenue("net_profit"),
    "return_on_equity": _return(_net_profit, "equity"),
    "return_on_assets": _return(_earned, "assets"),
    "return_on_capital": _return(_net_profit, "capital", "capital_reserve"),
    "receivable_turnover": _turnover("revenue", "receivables"),
    "inventory_turnover": _turnover("cost", "inventory"),
    "asset_turnover": _turnover("revenue", "assets"),
    "operating_cash_ratio": _to_revenue("operating_cash_flow"),
    "sales_cash_ratio": _to_revenue("sales_cash"),
    "revenue_growth": _growth("revenue"),
    "profit_growth": _growth("net_profit"),
    "fixed_assets_growth": _growth("fixed_assets"),
    "revenue_trend": _trend("revenue"),
    "profit_trend": _trend("net_profit"),
    "debt_ratio_change": _change(_debt_ratio),
    "gross_margin_change": _change(_gross_margin),
    "loss_years": _loss_years,
}
