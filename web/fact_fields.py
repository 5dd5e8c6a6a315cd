"""Inputs for facts (事实的输入框): one for each kind of fact, and the way between a value and what stands in the input."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from financing.money import Fen, Rate
from scoring.facts import FACTS, Fact, Kind
from web.fields import Text, Wan, Whole


def fact_field(fact: Fact) -> tuple[Any, None]:
    """The input that a fact of its kind needs; empty means not known."""
    kinds: dict[Kind, Any] = {
        Kind.NUMBER: Annotated[Decimal, Field(ge=-1_000_000, le=1_000_000, decimal_places=6)],
        Kind.COUNT: Annotated[int, Whole(0, 1_000_000)],
        Kind.MONEY: Wan,
    }
    return (kinds.get(fact.kind, Annotated[str, Text(20)]) | None, None)


def choices(names: Iterable[str], lang: str) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen for each fact, in one language."""
    return {name: [(code, words[lang == "en"]) for code, words in FACTS[name].choices.items()] for name in names}


def standing(fact: Fact, value: object) -> object:
    """A known value as it stands in the input."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return Fen(value) if fact.kind is Kind.MONEY and isinstance(value, int) else value


def typed(fact: Fact, value: object) -> object:
    """What was typed as a value of the fact."""
    if fact.kind is Kind.FLAG and isinstance(value, str):
        return {"yes": True, "no": False}.get(value, value)
    if isinstance(value, (Fen, Rate)):
        return value.fen if isinstance(value, Fen) else value.ppm
    return value
