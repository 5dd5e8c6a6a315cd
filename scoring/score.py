"""Apply a scorecard to a table of facts, one firm a row (评分): points, vetoes, total and grade."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from scoring.card import Card, Item, Scale, Veto
from scoring.facts import Fact, Kind
from scoring.sheet import Band, Check, Line, Sheet, UnknownValue, sheet

__all__ = ["Band", "Check", "Line", "Sheet", "UnknownValue", "score", "sheet"]

DTYPES = {Kind.NUMBER: pl.Float64, Kind.COUNT: pl.Int64, Kind.MONEY: pl.Int64, Kind.FLAG: pl.Boolean}


def score(card: Card, facts: pl.DataFrame, *, on: date | None = None) -> pl.DataFrame:
    """Points and judgement for every firm, in the order of the rows.

    Takes a column `firm` and columns named as in `FACTS`; a column that is absent counts as missing throughout. May take
    `industry` (GB/T 4754-2017 codes) and, for a fact, `<fact>_as_of` (the day its value is of): with `on`, the day of
    scoring, red lines whose fact is too old or of no known day are not hit.
    Gives `firm`, an Int64 column per item, a Boolean one per veto (false where the fact is missing), `total` and
    `missing_weight` (marks, Int64), `grade`, `vetoed`, `insufficient`, `qualified` and `missing` (list of facts).
    Raises `UnknownValue` where a column holds what its fact does not allow, `UnknownIndustry` for a code outside the list.
    """
    known = facts.select("firm", _industry(facts), *(_column(facts, fact) for fact in _read(card)), *_days(card, facts))
    trades = known["industry"].drop_nulls().unique().to_list()
    points = [_points(item, trades) for item in card.item]
    hits = [_hit(veto, on) for veto in card.veto]
    scored = known.select(
        "firm",
        *points,
        *hits,
        total=pl.sum_horizontal(points).cast(pl.Int64),
        vetoed=pl.any_horizontal(*hits, pl.lit(value=False)),
        missing_weight=pl.sum_horizontal(_absent(item) * item.most for item in card.item).cast(pl.Int64),
        missing=pl.concat_list(pl.when(_absent(item)).then(pl.lit(item.fact)) for item in card.item).list.drop_nulls(),
    )
    insufficient = pl.col("missing_weight") > card.missing_most
    return scored.with_columns(
        grade=_grade(card),
        insufficient=insufficient,
        qualified=(pl.col("total") >= card.line) & ~insufficient & ~pl.col("vetoed"),
    )


def _industry(facts: pl.DataFrame) -> pl.Expr:
    column = pl.col("industry") if "industry" in facts.columns else pl.lit(None)
    return column.cast(pl.String).alias("industry")


def _days(card: Card, facts: pl.DataFrame) -> list[pl.Expr]:
    """The day of each fact behind a red line that runs out."""
    names = dict.fromkeys(f"{veto.fact}_as_of" for veto in card.veto if veto.valid_days)
    return [(pl.col(name) if name in facts.columns else pl.lit(None)).cast(pl.Date).alias(name) for name in names]


def _read(card: Card) -> list[Fact]:
    return list({part.fact: part.held for part in card.rules}.values())


def _column(facts: pl.DataFrame, fact: Fact) -> pl.Expr:
    """One fact as its kind holds it; a number that is no number, or infinite, is missing."""
    name = fact.name
    if name not in facts.columns:
        return pl.lit(None, pl.String if fact.kind is Kind.CHOICE else DTYPES[fact.kind]).alias(name)
    column = facts[name]
    if fact.kind is Kind.CHOICE:
        return pl.lit(_chosen(fact, column)).alias(name)
    if fact.kind is Kind.FLAG and column.dtype not in {pl.Boolean, pl.Null}:
        raise UnknownValue(fact, column.dtype)
    return pl.lit(_number(fact, column) if fact.kind is not Kind.FLAG else column.cast(pl.Boolean)).alias(name)


def _chosen(fact: Fact, column: pl.Series) -> pl.Series:
    column = column.cast(pl.String)
    strangers = column.drop_nulls().filter(~column.drop_nulls().is_in(list(fact.choices)))
    if len(strangers):
        raise UnknownValue(fact, strangers[0])
    return column


def _number(fact: Fact, column: pl.Series) -> pl.Series:
    if not (column.dtype.is_numeric() or column.dtype == pl.Null):
        raise UnknownValue(fact, column.dtype)
    if column.dtype.is_float():
        column = column.to_frame().select(pl.when(pl.first().is_finite()).then(pl.first())).to_series()
    if fact.kind is Kind.NUMBER:
        return column.cast(pl.Float64)
    whole = column.cast(pl.Int64)
    if column.dtype.is_float() and (broken := column.filter(column != whole)).len():
        raise UnknownValue(fact, broken[0])
    return whole


def _absent(item: Item) -> pl.Expr:
    return pl.col(item.fact).is_null()


def _points(item: Item, trades: list[str]) -> pl.Expr:
    """Points for each row by the scale of its industry; a fact that is missing earns what the card gives for it."""
    rule = _by_scale(item, item)
    for scale in item.industry:
        own = [code for code in trades if item.scale(code) is scale]
        rule = pl.when(pl.col("industry").is_in(own)).then(_by_scale(item, scale)).otherwise(rule)
    return pl.when(_absent(item)).then(pl.lit(item.missing, pl.Int64)).otherwise(rule).alias(item.key)


def _by_scale(item: Item, scale: Scale) -> pl.Expr:
    fact = pl.col(item.fact)
    rule: pl.Expr = pl.lit(0, pl.Int64)
    for edge, marks in reversed(item.steps(scale)):
        reached = fact >= edge if item.better == "higher" else fact <= edge
        rule = pl.when(reached).then(pl.lit(marks, pl.Int64)).otherwise(rule)
    flag = item.held.kind is Kind.FLAG
    for choice, marks in scale.choices.items():
        chosen = fact == ((choice == "yes") if flag else choice)
        rule = pl.when(chosen).then(pl.lit(marks, pl.Int64)).otherwise(rule)
    return rule


def _hit(veto: Veto, on: date | None) -> pl.Expr:
    fact, limit = pl.col(veto.fact), veto.limit
    if isinstance(limit, tuple):
        test = fact.is_in(list(limit))
    elif veto.operator == "equals":
        test = fact == limit
    else:
        test = fact >= limit if veto.operator == "at_least" else fact <= limit
    if veto.valid_days and on:
        test &= pl.col(f"{veto.fact}_as_of") >= pl.lit(on - timedelta(veto.valid_days))
    return test.fill_null(value=False).alias(veto.key)


def _grade(card: Card) -> pl.Expr:
    rule: pl.Expr = pl.lit(None, pl.String)
    for grade, least in reversed(card.falling):
        rule = pl.when(pl.col("total") >= least).then(pl.lit(grade)).otherwise(rule)
    return rule
