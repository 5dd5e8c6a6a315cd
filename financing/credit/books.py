"""What a firm's invoices and statements say, as facts with their source and day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from financing.desk import BEIJING, Desk
from financing.papers.model import Invoice, Paper, StatementLine
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.parties.stated import Known
from scoring import invoices
from scoring.facts import FACTS, Kind, Source
from scoring.ratios import ratios
from scoring.statements import Statement

ROW = ("side", "number", "counterparty", "day", "amount_fen", "tax_fen", "total_fen", "void")
MONTHS = 12


def invoice_frame(desk: Desk, firm: Firm) -> pl.DataFrame:
    """The firm's invoice rows in the columns of `scoring.invoices`; doubles across papers are still in it."""
    columns = [getattr(Invoice, name) for name in ROW]
    rows = desk.session.execute(desk.select(Invoice, *columns).where(Invoice.firm_id == firm.id).order_by(Invoice.id))
    schema = {name: kind for name, kind in invoices.COLUMNS.items() if name != "firm"}
    plain = [(side.value, *rest) for side, *rest in rows]
    frame = pl.DataFrame(plain, schema=schema, orient="row")
    return frame.select(pl.lit(firm.code).alias("firm"), *ROW)


def covered_until(desk: Desk, firm: Firm) -> date | None:
    """The day of the newest invoice workbook: what is not in it by then has not been invoiced. None without one."""
    added = desk.select(Paper, Paper.added_at).where(Paper.firm_id == firm.id, Paper.kind == PaperKind.INVOICES)
    moment = desk.session.scalar(added.order_by(Paper.added_at.desc()).limit(1))
    return None if moment is None else moment.astimezone(BEIJING).date()


def from_invoices(frame: pl.DataFrame, until: date | None) -> dict[str, Known]:
    """The invoice facts of one firm; nothing when it has handed in no invoices."""
    if frame.is_empty() or until is None:
        return {}
    row = invoices.facts(frame, until).row(0, named=True)
    return {
        name: Known(_value(name, row[name]), Source.DOCUMENT, until)
        for name in row
        if name in FACTS and row[name] is not None
    }


def statements(desk: Desk, firm: Firm) -> dict[int, Statement]:
    """The firm's statements by year; of several papers that tell of a year its own counts, whole, and of two the newer.

    A paper's own year is its last: what next year's paper repeats of it never replaces a paper of that year.
    """
    columns = (StatementLine.year, Paper.added_at, StatementLine.paper_id, StatementLine.line, StatementLine.amount)
    query = desk.select(StatementLine, *columns).join(Paper, Paper.id == StatementLine.paper_id)
    told: dict[int, dict[int, dict[str, int]]] = {}
    for year, _, paper, line, amount in desk.session.execute(
        query.where(StatementLine.firm_id == firm.id).order_by(Paper.added_at.desc(), Paper.id)
    ):
        told.setdefault(paper, {}).setdefault(year, {})[line] = amount.fen
    found: dict[int, dict[str, int]] = {}
    for years in sorted(told.values(), key=max):  # the sort keeps the newer first
        for year, lines in years.items():
            found.setdefault(year, lines)
    return {year: Statement(date(year, 12, 31), found[year]) for year in sorted(found)}


def of_paper(desk: Desk, paper: Paper) -> dict[int, Statement]:
    """What one paper tells, by year."""
    columns = (StatementLine.year, StatementLine.line, StatementLine.amount)
    found: dict[int, dict[str, int]] = {}
    query = desk.select(StatementLine, *columns).where(StatementLine.paper_id == paper.id).order_by(StatementLine.id)
    for year, line, amount in desk.session.execute(query):
        found.setdefault(year, {})[line] = amount.fen
    return {year: Statement(date(year, 12, 31), found[year]) for year in sorted(found)}


def from_statements(years: Mapping[int, Statement]) -> dict[str, Known]:
    """The ratios of the last year on file, compared with up to two years before."""
    if not years:
        return {}
    last = max(years)
    found = ratios(years[last], years.get(last - 1), years.get(last - 2))
    return {
        name: Known(_ratio(name, ratio), Source.DOCUMENT, years[last].ends)
        for name, ratio in found.items()
        if ratio is not None
    }


def gap(frame: pl.DataFrame, years: Mapping[int, Statement]) -> dict[str, Known]:
    """How far invoiced sales of the last statement year lie from the revenue stated (per cent); nothing without both."""
    if frame.is_empty() or not years or not (revenue := years[max(years)].get("revenue") or 0) > 0:
        return {}
    year = max(years)
    months = invoices.monthly(frame).filter(pl.col("month").dt.year() == year)
    if months.height < MONTHS:
        return {}
    away = Decimal(100 * abs(int(months["sales_fen"].sum()) - revenue)) / revenue
    return {"invoice_gap": Known(away, Source.DOCUMENT, years[year].ends)}


def full_years(since: date, today: date) -> int:
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))


def _value(name: str, value: float) -> int | Decimal:
    return Decimal(repr(float(value))) if FACTS[name].kind is Kind.NUMBER else int(value)


def _ratio(name: str, ratio: Decimal) -> int | Decimal:
    return int(ratio) if FACTS[name].kind is Kind.COUNT else ratio
