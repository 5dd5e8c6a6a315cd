"""The firm's invoices and statements as a dossier shows them: by month, by partner, by year, with the ratios."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from financing.credit.books import from_invoices
from financing.credit.model import Assessment
from financing.credit.service import recalled
from financing.desk import BEIJING, Desk
from financing.matching.fitting import fitted, room, within
from financing.matching.snapshot import (
    Absent,
    Business,
    Fact,
    Figure,
    Month,
    Origin,
    Partner,
    RatioLine,
    Source,
    StatementLine,
    Statements,
)
from financing.papers import model as papers
from financing.parties.stated import Known
from scoring import invoices
from scoring.facts import FACTS, FEN_PER_WAN, UNITS, Kind
from scoring.ratios import ratios as ratios_of
from scoring.statement_lines import LINES
from scoring.statements import Statement

NO_INVOICES = Absent(
    why="企业没有上传发票明细，无法按发票说明经营情况。",
    english="No invoices on file: the business cannot be shown by invoices.",
)
NO_STATEMENTS = Absent(why="企业没有上传财务报表。", english="No statements on file.")
FIGURES = (
    "annual_sales", "annual_purchases", "sales_growth", "sales_variation", "history_months", "active_months", "longest_gap",
    "customers", "top_customer_share", "effective_customers", "void_share",
)  # fmt: skip
SHOWN_LINES = (
    "cash", "receivables", "inventory", "current_assets", "fixed_assets", "assets", "short_loans", "current_liabilities", "liabilities",
    "equity", "revenue", "cost", "interest", "profit_before_tax", "net_profit", "operating_cash_flow",
)  # fmt: skip
SHOWN_RATIOS = (
    "debt_ratio", "current_ratio", "quick_ratio", "interest_cover", "gross_margin", "net_margin", "return_on_equity",
    "receivable_turnover", "inventory_turnover", "operating_cash_ratio", "revenue_growth", "profit_growth",
)  # fmt: skip
PARTNERS = 5
LARGEST = Decimal(10) ** 12


def business(desk: Desk, firm_id: int, scored: Assessment) -> Business | Absent:
    """Sales and purchases by month, the largest partners, and the figures a reader asks for first.

    All of it is counted from the rows, and up to the day, that the score was made from: a figure the reader meets
    again in the score is the same figure.
    """
    rows = _invoices(desk, firm_id, scored.assessed_at)
    if rows.is_empty():
        return NO_INVOICES
    known = recalled(scored)
    if "annual_sales" not in known:
        known = from_invoices(rows, scored.assessed_at.astimezone(BEIJING).date())
    through = known["annual_sales"].as_of
    months = [Month(month=f"{month:%Y-%m}", sales=sales, purchases=bought)
              for _, month, sales, bought in invoices.monthly(rows, through).iter_rows()]  # fmt: skip
    largest = invoices.partners(rows, top=PARTNERS, through=through)
    return Business(
        origin=Origin(source=Source.DOCUMENT, on=through),
        months=tuple(months[-room(Business, "months") :]),
        customers=_partners(largest, "out"),
        suppliers=_partners(largest, "in"),
        figures=_figures(known),
    )


def _invoices(desk: Desk, firm_id: int, by: datetime) -> pl.DataFrame:
    """The firm's invoices that were on file at that moment, in the columns of `scoring.invoices`."""
    kind = papers.Invoice
    columns = (
        kind.side,
        kind.number,
        kind.counterparty,
        kind.day,
        kind.amount_fen,
        kind.tax_fen,
        kind.total_fen,
        kind.void,
    )
    query = desk.select(kind, *columns).join(papers.Paper, papers.Paper.id == kind.paper_id)
    rows = desk.session.execute(query.where(kind.firm_id == firm_id, papers.Paper.added_at <= by)).all()
    table = [("firm", row[0].value, *row[1:]) for row in rows]
    return pl.DataFrame(table, schema=invoices.COLUMNS, orient="row")


def _partners(largest: pl.DataFrame, side: str) -> tuple[Partner, ...]:
    rows = largest.filter(pl.col("side") == side).sort("rank").iter_rows(named=True)
    return tuple(
        Partner(name=fitted(row["counterparty"]), amount=row["amount_fen"], share=round(10_000 * row["share"]))
        for row in rows
    )


def _figures(known: Mapping[str, Known]) -> tuple[Figure, ...]:
    told = (_figure(name, known[name]) for name in FIGURES if name in known)
    return within(Business, "figures", (figure for figure in told if figure))


def _figure(name: str, known: Known) -> Figure | None:
    """A fact with as many decimals as the score shows it with."""
    fact = FACTS[name]
    number = Decimal(str(known.value)) / (FEN_PER_WAN if fact.kind is Kind.MONEY else 1)
    text = _ratio(number, 0 if fact.kind is Kind.COUNT else 2)
    if text is None:
        return None
    return Figure(
        says=fitted(fact.term),
        english=fact.english,
        value=text,
        unit=fact.unit,
        english_unit=UNITS.get(fact.unit, fact.unit),
        source=Source(known.source.value),
        on=known.as_of,
    )


def stated(desk: Desk, firm_id: int, years: Mapping[int, Statement]) -> Statements | Absent:
    """The last two years side by side with their ratios; what a year does not state stays open."""
    if not years:
        return NO_STATEMENTS
    last = sorted(years)[-2:]
    ratios = [ratios_of(years[year], years.get(year - 1), years.get(year - 2)) for year in last]
    lines = [(LINES[code], tuple(years[year].get(code) for year in last)) for code in SHOWN_LINES]
    told = [(FACTS[name], tuple(_ratio(found[name], 2) for found in ratios)) for name in SHOWN_RATIOS]
    return Statements(
        origin=Origin(source=Source.DOCUMENT, on=_added(desk, firm_id)),
        years=tuple(str(year) for year in last),
        audited=False,
        lines=within(Statements, "lines", (StatementLine(says=line.term, english=line.english, values=values)
                                           for line, values in lines if any(value is not None for value in values))),
        ratios=within(Statements, "ratios", (RatioLine(says=fact.term, english=fact.english, unit=fact.unit, values=values)
                                             for fact, values in told if any(value is not None for value in values))),
    )  # fmt: skip


def capital(desk: Desk, firm_id: int, years: Mapping[int, Statement]) -> Fact[int] | None:
    """The paid-in capital of the latest statement that names one."""
    for year in sorted(years, reverse=True):
        if (amount := years[year].get("capital") or 0) > 0:
            return Fact[int](value=amount, source=Source.DOCUMENT, on=_added(desk, firm_id))
    return None


def _added(desk: Desk, firm_id: int) -> date:
    """The day on which the newest statements came in."""
    query = (
        desk.select(papers.Paper, papers.Paper.added_at)
        .join(papers.StatementLine, papers.StatementLine.paper_id == papers.Paper.id)
        .where(papers.Paper.firm_id == firm_id)
    )
    added: datetime = max(desk.session.scalars(query))
    return added.astimezone(BEIJING).date()


def _ratio(number: Decimal | None, places: int) -> str | None:
    """Decimal text within the measures of a dossier."""
    if number is None or abs(number) >= LARGEST:
        return None
    return f"{number:.{places}f}"
