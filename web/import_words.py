"""Values of an import's rows as people read them: 万元, per cent, words of the platform."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from financing import wording
from financing.needs.rules import Purpose
from financing.parties.rules import FirmState
from scoring.sizes import WORDS, Size

MONEY = {"revenue", "assets", "amount", "least", "most"}
RATES = {"wish", "spread"}
ENUMS = {"purpose": Purpose, "state": FirmState}
#: What follows from a row by itself or stands for the platform alone.
UNSHOWN = {"likeness", "stated", "state", "registered_at"}


def told(key: str, value: Any, lang: str) -> str:
    """One value of a staged row; "—" for nothing."""
    if value is None or value in ("", []):
        return "—"
    if key in MONEY:
        return f"{_plain(Decimal(value) / 1_000_000)} " + wording.translate(lang)("万元")
    if key in RATES:
        return f"{_plain(Decimal(value) / 10_000)} %"
    if key == "size":
        return WORDS[Size(value)][lang == "en"]
    if key in ENUMS:
        return wording.name(ENUMS[key](value), lang)
    if isinstance(value, bool):
        return wording.translate(lang)("是" if value else "否")
    if isinstance(value, list):
        return "、".join(WORDS[Size(one)][lang == "en"] if key == "sizes" else str(one) for one in value)
    return str(value)


def typed(key: str, value: Any) -> str:
    """One value as it would be typed into its cell, without the unit of the heading."""
    if value is None:
        return ""
    return _plain(Decimal(value) / 1_000_000) if key in MONEY else str(value)


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
