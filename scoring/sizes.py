"""The size class of a firm (企业划型) by trade, employees, revenue and assets, under the standard in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from scoring.dated import table
from scoring.facts import FEN_PER_WAN
from scoring.industries import industry, path


class Size(StrEnum):
    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"
    UNDETERMINED = "undetermined"


WORDS: Mapping[Size, tuple[str, str]] = {
    Size.LARGE: ("大型", "Large"),
    Size.MEDIUM: ("中型", "Medium"),
    Size.SMALL: ("小型", "Small"),
    Size.MICRO: ("微型", "Micro"),
    Size.UNDETERMINED: ("待定", "Undetermined"),
}


def size(code: str, on: date, *, employees: int | None, revenue_fen: int | None, assets_fen: int | None) -> Size:
    """The highest class whose lower bounds are all met, else micro.

    Undetermined where an indicator the trade needs is missing, or where the standard does not cover the trade.
    Raises `UnknownIndustry` for a code outside the list.
    """
    trade = _trade(code, on)
    if trade is None:
        return Size.UNDETERMINED
    has = {"employees": employees, "revenue": revenue_fen, "assets": assets_fen}
    known = {indicator: held for indicator in trade["small"] if (held := has[indicator]) is not None}
    if len(known) < len(trade["small"]):
        return Size.UNDETERMINED
    for found in (Size.LARGE, Size.MEDIUM, Size.SMALL):
        if all(known[indicator] >= _bound(indicator, least) for indicator, least in trade[found].items()):
            return found
    return Size.MICRO


def indicators(code: str, on: date) -> tuple[str, ...]:
    """What the firm must be asked for: of employees, revenue, assets; empty where the standard does not cover it."""
    trade = _trade(code, on)
    return tuple(trade["small"]) if trade else ()


def _bound(indicator: str, least: int) -> int:
    return least if indicator == "employees" else least * FEN_PER_WAN


@lru_cache(8_192)
def _trade(code: str, on: date) -> dict[str, Any] | None:
    """The row of the standard that names the code most closely."""
    rows = table("sizes", on)["trade"]
    named = {prefix: row for row in rows for prefix in row["codes"]}
    for entry in reversed(path(industry(code).code)):
        if entry.code in named:
            row: dict[str, Any] = named[entry.code]
            return row
    return None
