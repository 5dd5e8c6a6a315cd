"""Many firms' facts as one table (企业组合), as cards are applied to it: a typed column for each fact, empty where it is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from scoring.facts import FACTS, Kind
from scoring.score import DTYPES


def table(rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """A row for each firm's facts by name, as `scoring.sheet.held` gives them; names that are no facts are left out."""
    names = [name for name in FACTS if any(name in row for row in rows)]
    return pl.DataFrame([_column(name, rows) for name in names])


def _column(name: str, rows: Sequence[Mapping[str, object]]) -> pl.Series:
    kind, values = FACTS[name].kind, [row.get(name) for row in rows]
    if kind is Kind.NUMBER:
        values = [None if value is None else float(str(value)) for value in values]
    return pl.Series(name, values, DTYPES.get(kind, pl.String))
