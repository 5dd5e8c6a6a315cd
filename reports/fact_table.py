"""A plain table as facts (数据表转事实): columns found by the names or the words of facts, cells read as each fact holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from financing.file_refusals import FirmsTwice, NoSuchColumn, SignContrary
from reports.headings import plain
from reports.outcomes import BAD, GOOD, ROW, failed, firm_key, firm_name
from reports.plain_table import Tables, bare, heading, numbers, sheet_with
from scoring.card import Card
from scoring.facts import FACTS, FEN_PER_WAN, Better, Fact, Kind, Source
from scoring.fit import Trait
from scoring.judge import Flags, Numbers


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table offers to learn from, and the columns left out, each with why."""

    traits: tuple[Trait, ...]
    left_out: Mapping[str, str]
    without_outcome: int = 0


def learning(tables: Tables, outcome: str, signs: Mapping[str, Better]) -> tuple[Columns, Flags]:
    """Columns and outcomes of the rows that have one; raises NoSuchColumn, OutcomeUnclear, SignContrary."""
    frame, outcome = sheet_with(tables, outcome)
    for column in signs:
        sheet_with({"": frame}, column)
    fates = failed(frame[outcome], outcome)
    known = [fate is not None for fate in fates]
    named = {heading(frame, column) or column: way for column, way in signs.items()}
    columns = traits(frame.filter(pl.Series(known)), outcome, named)
    return replace(columns, without_outcome=known.count(False)), np.array(
        [fate for fate in fates if fate is not None], bool
    )


def traits(frame: pl.DataFrame, outcome: str, signs: Mapping[str, Better]) -> Columns:
    """Every column but the firm's and the outcome: registered facts by name, others as facts of the card's own."""
    found, left_out = list[Trait](), dict[str, str]()
    taken = {outcome, firm_key(frame), "企业名称"}
    for place, column in enumerate(frame.columns):
        if column in taken:
            continue
        fact = registered(column) or own_fact(column, place)
        way = fact.better or signs.get(column)
        if signs.get(column, way) != way:
            raise SignContrary(fact=fact.term, way=fact.better)
        values, better = as_numbers(fact, frame[column]), _flipped(way) if fact.kind is Kind.CHOICE else way
        if fact.name in {trait.fact.name for trait in found}:
            left_out[column] = f"与另一列同为“{fact.term}”"
        elif not np.isfinite(values).any():
            left_out[column] = "没有数值"
        elif (known := values[np.isfinite(values)]).min() == known.max():
            left_out[column] = "只有一个值"
        else:
            found.append(Trait(fact, values, better))
    return Columns(tuple(found), left_out)


def known_firms(tables: Tables, card: Card) -> dict[str, tuple[str, Mapping[str, object]]]:
    """Each firm of a table by its code: its name and its facts as `scoring.sheet` takes them.

    Raises NoSuchColumn where no sheet has any fact of the card, FirmsTwice.
    """
    facts = {rule.fact: rule.held for rule in card.rules}
    frame = max(tables.values(), key=lambda each: sum(_place(each, fact) is not None for fact in facts.values()))
    columns = {name: column for name, fact in facts.items() if (column := _place(frame, fact)) is not None}
    if not columns:
        raise NoSuchColumn(
            column="、".join(fact.term for fact in facts.values())[:200], found=tuple(frame.columns[:20])
        )
    codes, called = firms(frame), heading(frame, "企业名称")
    if len(twice := codes.filter(codes.is_duplicated()).unique(maintain_order=True)):
        raise FirmsTwice(column=firm_key(frame), count=len(twice), found=tuple(twice[:5]))
    rows = pl.DataFrame({name: as_held(facts[name], frame[column]) for name, column in columns.items()})
    names = frame[called].cast(pl.String).fill_null("") if called else codes
    return {code: (name, row) for code, name, row in zip(codes, names, rows.iter_rows(named=True), strict=True)}


def _place(frame: pl.DataFrame, fact: Fact) -> str | None:
    return next((found for name in (fact.name, fact.term) if (found := heading(frame, name))), None)


def firms(frame: pl.DataFrame) -> pl.Series:
    """The code of each firm; its row where the table names none."""
    key = firm_key(frame)
    codes = [firm_name(cell) for cell in frame[key]] if key else [""] * frame.height
    return pl.Series("firm", [code or ROW.format(at) for at, code in enumerate(codes, 1)], dtype=pl.String)


def registered(column: str) -> Fact | None:
    """The registered fact that a heading names, by its name or by its word."""
    return next((fact for fact in FACTS.values() if bare(column) in {fact.name, plain(fact.term)}), None)


def own_fact(column: str, place: int) -> Fact:
    """A fact for a column nobody has registered: its heading is its word, its name what a key may hold of it."""
    key = re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_")[:40].strip("_")
    name = f"own_{place + 1}_{key}" if key else f"own_{place + 1}"
    return Fact(name, column, column, Kind.NUMBER, "", Source.DOCUMENT)


def as_numbers(fact: Fact, column: pl.Series) -> Numbers:
    """A column as numbers: money in fen, a flag as 1 and 0, a choice as its place in the list; NaN where unknown."""
    if fact.kind is Kind.FLAG:
        return _coded(column, [*((word, 1) for word in BAD), *((word, 0) for word in GOOD), *YES_NO])
    if fact.kind is Kind.CHOICE:
        return _coded(
            column, [(name.lower(), at) for at, pair in enumerate(fact.choices.items()) for name in _names(pair)]
        )
    values = numbers(column)
    if fact.kind is Kind.MONEY and "万元" in column.name:
        values = values * FEN_PER_WAN
    return np.round(values) if fact.kind in {Kind.MONEY, Kind.COUNT} else values


def as_held(fact: Fact, column: pl.Series) -> pl.Series:
    """A column in the type in which scores take it."""
    values = pl.Series(fact.name, as_numbers(fact, column)).fill_nan(None)
    if fact.kind is Kind.NUMBER:
        return values
    if fact.kind is Kind.FLAG:
        return values.cast(pl.Boolean)
    whole = values.cast(pl.Int64)
    return (
        whole.replace_strict(dict(enumerate(fact.choices)), return_dtype=pl.String)
        if fact.kind is Kind.CHOICE
        else whole
    )


YES_NO = (("有", 1), ("无", 0), ("true", 1), ("false", 0))


def _names(pair: tuple[str, tuple[str, str]]) -> Sequence[str]:
    code, words = pair
    return (code, *words)


def _coded(column: pl.Series, codes: Iterable[tuple[str, int]]) -> Numbers:
    places = {plain(word).lower(): place for word, place in codes}
    return np.array([places.get(plain(str(cell)).lower(), np.nan) for cell in column], np.float64)


def _flipped(better: Better | None) -> Better | None:
    """Of a choice whose codes stand best first, a lower place is better."""
    return None if better is None else "lower" if better == "higher" else "higher"
