"""A portfolio of firms from a file (企业组合): a plain table of facts, or a workbook of invoices from which facts are worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import polars as pl

from financing.file_refusals import NoSuchColumn
from financing.refusals import NotAFact
from reports.headings import plain
from reports.intake import read_invoices
from reports.outcomes import BAD, GOOD, firm_key
from reports.plain_table import heading, read_tables
from reports.sheets import read_book
from scoring import invoices
from scoring.facts import FACTS, FEN_PER_WAN, Fact, Kind
from scoring.portfolio import table
from scoring.replay import ASKED

SALES = "销项发票信息"
NAMES = ("企业名称", "name")
AMOUNTS = ("申请金额", ASKED)
INDUSTRIES = ("行业代码", "industry")
YES, NO = BAD | {"有"}, GOOD | {"无"}


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Firms in the columns of `scoring.replay.replay`, their names by code, and the kind of card that fits what is known.

    `bad` says who failed, where the table has the column asked for.
    """

    facts: pl.DataFrame
    names: Mapping[str, str]
    card: str
    bad: pl.Series | None = None


def read_portfolio(path: Path, until: date, outcome: str = "") -> Portfolio:
    """A file of firms; raises what `read_tables` and `read_invoices` raise, NoSuchColumn, or NotAFact for a cell that means nothing."""
    tables = read_tables(path)
    if any(plain(name) == SALES for name in tables):
        return _of_invoices(path, until)
    return _of_table(max(tables.values(), key=lambda frame: len(_facts(frame))), outcome)


def _of_invoices(path: Path, until: date) -> Portfolio:
    read = read_invoices(read_book(path), until=until)
    names = dict(read.firms.select("firm", "name").iter_rows())
    found = invoices.facts(read.invoices, read.last_day)
    return Portfolio(pl.DataFrame({"firm": list(names)}).join(found, on="firm", how="left"), names, "invoices")


def _of_table(frame: pl.DataFrame, outcome: str) -> Portfolio:
    key, facts = firm_key(frame), _facts(frame)
    if key is None or not facts:
        raise NoSuchColumn(column="企业代号" if key is None else "评分数据", found="、".join(frame.columns))
    firms = [str(cell).strip() for cell in frame[key]]
    known = [
        {name: _value(FACTS[name], column, row[column], row[key]) for name, column in facts.items()}
        for row in frame.iter_rows(named=True)
    ]
    told = {"firm": pl.Series(firms, dtype=pl.String)} | _more(frame, key)
    name = _column(frame, NAMES)
    names = dict(zip(firms, map(str, frame[name]), strict=True)) if name else {}
    return Portfolio(pl.DataFrame(told).with_columns(table(known)), names, "credit", _outcome(frame, outcome, key))


def _facts(frame: pl.DataFrame) -> dict[str, str]:
    """The columns that hold facts, by the fact's name or its word."""
    found = {fact.name: _column(frame, (fact.name, fact.term)) for fact in FACTS.values()}
    return {name: column for name, column in found.items() if column}


def _column(frame: pl.DataFrame, words: Sequence[str]) -> str | None:
    return next((found for word in words if (found := heading(frame, word))), None)


def _more(frame: pl.DataFrame, key: str) -> dict[str, pl.Series]:
    """The amount asked for and the trade, where the table has them."""
    more: dict[str, pl.Series] = {}
    if amount := _column(frame, AMOUNTS):
        fact = Fact(ASKED, amount, amount, Kind.MONEY, "万元", FACTS["tax_paid"].source)
        cells = zip(frame[amount], frame[key], strict=True)
        more[ASKED] = pl.Series([_value(fact, amount, cell, firm) for cell, firm in cells], dtype=pl.Int64)
    if trade := _column(frame, INDUSTRIES):
        more["industry"] = pl.Series([_text(cell) or None for cell in frame[trade]], dtype=pl.String)
    return more


def _outcome(frame: pl.DataFrame, outcome: str, key: str) -> pl.Series | None:
    if not outcome:
        return None
    if (column := heading(frame, outcome)) is None:
        raise NoSuchColumn(column=outcome, found="、".join(frame.columns))
    fact = Fact("bad", outcome, outcome, Kind.FLAG, "", FACTS["tax_paid"].source)
    return pl.Series(
        [_value(fact, column, cell, firm) for cell, firm in zip(frame[column], frame[key], strict=True)],
        dtype=pl.Boolean,
    )


def _text(cell: object) -> str:
    return "" if cell is None else plain(cell)


def _value(fact: Fact, column: str, cell: object, firm: object) -> object:
    """A cell as the fact holds it; an empty one is not known."""
    text = _text(cell)
    if not text:
        return None
    read = _coded(fact, text) if fact.kind in {Kind.FLAG, Kind.CHOICE} else _number(fact, text, wan="万元" in column)
    if read is None:
        raise NotAFact(fact=f"{fact.term}（{firm}）", given=text[:40])
    return read


def _coded(fact: Fact, text: str) -> bool | str | None:
    if fact.kind is Kind.FLAG:
        return {True: True, False: False if text.lower() in NO else None}[text.lower() in YES]
    codes = {plain(word).lower(): code for code, words in fact.choices.items() for word in (code, *words)}
    return codes.get(text.lower())


def _number(fact: Fact, text: str, *, wan: bool) -> Decimal | int | None:
    """A whole number where the fact is one; money is in 万元 where the heading says so, else in fen."""
    try:
        number = Decimal(text.replace(",", "").removesuffix("%"))
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    if fact.kind is Kind.NUMBER:
        return number
    number *= FEN_PER_WAN if wan and fact.kind is Kind.MONEY else 1
    return int(number) if number == int(number) and abs(number) <= 10**15 else None
