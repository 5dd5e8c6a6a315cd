"""What else a row says beside its facts (行属性): the trade a firm is in, and whether a fact still holds on the day of scoring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl

from scoring.card import Veto
from scoring.compiled import Compiled
from scoring.held_columns import Array, buffers

Reading = Callable[[slice], Array]
EPOCH = date(1970, 1, 1)


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
    used, codes = set(industries.unique().drop_nulls()), industries.to_physical()
    places = [card.trade(code) if code in used else 0 for code in kind.categories]
    by_code = np.array([*places, 0], np.min_scalar_type(len(card.trades)))

    def read(rows: slice) -> Array:
        held = buffers(codes[rows])
        found: Array = by_code.take(held.values, mode="clip")
        return found if held.known is None else found * held.known

    return read


def days(veto: Veto, as_of: pl.Series | None, on: date | None) -> Reading | None:
    """What tells for some rows whether the fact of a red line still holds; nothing where it always does."""
    if on is None or veto.valid_days is None:
        return None
    if as_of is None:
        return lambda rows: np.zeros(rows.stop - rows.start, np.bool_)
    first, dated = (on - EPOCH).days - veto.valid_days, as_of.cast(pl.Date).to_physical()

    def read(rows: slice) -> Array:
        held = buffers(dated[rows])
        fresh: Array = held.values >= first
        return fresh if held.known is None else fresh & held.known

    return read
