"""Values of an import's rows as people read them: 万元, per cent, words of the platform."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from financing import wording
from financing.money import Fen
from financing.needs.rules import Purpose
from financing.parties.rules import FirmState
from financing.policies.rules import AmountRule, Benefit, Confidence, Level, Route
from scoring.sizes import WORDS, Size
from web.policy_words import fact_word

MONEY = {"revenue", "assets", "amount", "least", "most", "amount_cap", "amount_base_cap", "budget"}
YUAN = {"amount_sum"}
RATES = {"wish", "spread", "amount_rate"}
ENUMS: Mapping[str, type[StrEnum]] = {
    "purpose": Purpose, "state": FirmState, "level": Level, "benefit": Benefit, "route": Route, "amount_rule": AmountRule,
    "confidence": Confidence,
}  # fmt: skip
#: How much of what is stored makes one of what is typed.
UNITS = dict.fromkeys(MONEY, 1_000_000) | dict.fromkeys(YUAN, 100) | dict.fromkeys(RATES, 10_000)
#: What follows from a row by itself or stands for the platform alone.
UNSHOWN = {"likeness", "stated", "state", "registered_at"}


def told(key: str, value: Any, lang: str) -> str:
    """One value of a staged row; "—" for nothing."""
    if value is None or value in ("", []):
        return "—"
    if key in MONEY:
        return f"{_plain(Decimal(value) / 1_000_000)} " + wording.translate(lang)("万元")
    if key in YUAN:
        return wording.yuan(Fen(value), lang)
    if key in RATES:
        return f"{_plain(Decimal(value) / 10_000)} %"
    if key == "size":
        return WORDS[Size(value)][lang == "en"]
    if key in ENUMS:
        return wording.name(ENUMS[key](value), lang)
    if key == "amount_base":
        return fact_word(lang)(value)
    if isinstance(value, bool):
        return wording.translate(lang)("是" if value else "否")
    if isinstance(value, list):
        return "、".join(WORDS[Size(one)][lang == "en"] if key == "sizes" else str(one) for one in value)
    return str(value)


def typed(key: str, value: Any) -> str:
    """One value as it would be typed into its cell, without the unit of the heading."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return _plain(Decimal(value) / UNITS[key]) if key in UNITS else str(value)


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
