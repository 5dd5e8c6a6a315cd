"""What else a row says beside its facts (行属性): the trade a firm is in, and whether a fact still holds on the day of scoring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl

from scoring.card import Veto
from scoring.compiled import Compiled
from scoring.held_columns import Array, parts
from scoring.industries import industries as listed

Reading = Callable[[slice], Array]
EPOCH = date(1970, 1, 1)

SHORT = 64
"""Codes that are compiled though no firm may have them: that takes a few thousandths of a second, once for a card."""


def trades(card: Compiled, industries: pl.Series | None) -> Reading | None:
    """What gives the trade of some rows; nothing where the card does not tell trades apart or no industry is given.

    Raises `UnknownIndustry` for a code outside the list.
    """
    if industries is None or not card.by_industry:
        return None
    kind = industries.dtype
    if not isinstance(kind, pl.Enum):
        industries = industries.cast(pl.String)
        kind = pl.Enum(industries.drop_nulls().unique())
        industries = industries.cast(kind)
    used, codes = _used(industries, kind), industries.to_physical()
    places = [card.trade(code) if code in used else 0 for code in kind.categories]
    by_code = np.array([*places, 0], np.min_scalar_type(len(card.trades)))

    held_codes = parts(codes, codes.dtype)

    def read(rows: slice) -> Array:
        held = held_codes(rows)
        found: Array = by_code.take(held.values, mode="clip")
        return found if held.known is None else found * held.known

    return read


def _used(industries: pl.Series, kind: pl.Enum) -> set[str]:
    """The codes met. Of a short list without a stranger all may count as met: that saves a look at every row."""
    if kind.categories.len() <= SHORT and listed().keys() >= set(kind.categories):
        return set(kind.categories)
    return set(industries.unique().drop_nulls())


def days(veto: Veto, as_of: pl.Series | None, on: date | None) -> Reading | None:
    """What tells for some rows whether the fact of a red line still holds; nothing where it always does."""
    if on is None or veto.valid_days is None:
        return None
    if as_of is None:
        return lambda rows: np.zeros(rows.stop - rows.start, np.bool_)
    first, dated = (on - EPOCH).days - veto.valid_days, as_of.cast(pl.Date).to_physical()

    held_days = parts(dated, dated.dtype)

    def read(rows: slice) -> Array:
        held = held_days(rows)
        fresh: Array = held.values >= first
        return fresh if held.known is None else fresh & held.known

    return read
