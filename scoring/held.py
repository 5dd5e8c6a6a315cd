"""A value as its fact holds it (事实取值), or the refusal of what the fact cannot hold."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite

from scoring.facts import FACTS, Fact, Kind
from scoring.lines import Value

Number = int | float

NATURAL = {Kind.NUMBER: float, Kind.COUNT: int, Kind.MONEY: int, Kind.CHOICE: str, Kind.FLAG: bool}
"""The class in which comparisons take a value of each kind."""


class UnknownValue(ValueError):
    """A fact holds something its kind does not allow: a stranger among choices, a word for a number."""

    def __init__(self, fact: str, value: object) -> None:
        super().__init__(f"事实“{FACTS[fact].term}”（{fact}）的值 {value!r} 不在允许范围内")
        self.code = "unknown_value"
        self.facts = {"fact": fact, "value": str(value)}


def held(fact: Fact, value: object) -> Value:
    """A value as the fact's kind holds it; None where nothing usable is known."""
    if value is None:
        return None
    if fact.kind is Kind.FLAG:
        if not isinstance(value, bool):
            raise UnknownValue(fact.name, value)
        return value
    if fact.kind is Kind.CHOICE:
        if value not in fact.choices:
            raise UnknownValue(fact.name, value)
        return str(value)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise UnknownValue(fact.name, value)
    if not isfinite(value):
        return None
    if fact.kind is Kind.NUMBER:
        return Decimal(repr(float(value) or 0.0))  # the double a column would hold, and no minus before a zero
    if value != int(value):
        raise UnknownValue(fact.name, value)
    return int(value)


def plain(fact: Fact, value: object) -> Number | str | None:
    """A value as comparisons take it: a double, a whole number, a code or a flag; None where nothing usable is known."""
    found = held(fact, value)
    return None if found is None else comparable(found)


def comparable(value: Decimal | int | str) -> Number | str:
    """A ratio as the double it is kept in; anything else as it is."""
    return float(value) if isinstance(value, Decimal) else value
