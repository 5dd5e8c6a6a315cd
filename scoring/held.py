"""A value as its fact holds it (事实取值), or the refusal of what the fact cannot hold."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite

from scoring.facts import Fact, Kind
from scoring.lines import Value

Number = int | float

NATURAL = {Kind.NUMBER: float, Kind.COUNT: int, Kind.MONEY: int, Kind.CHOICE: str, Kind.FLAG: bool}
"""The class in which comparisons take a value of each kind."""


class UnknownValue(ValueError):
    """A fact holds something its kind does not allow: a stranger among choices, a word for a number."""

    def __init__(self, fact: Fact, value: object) -> None:
        super().__init__(f"事实“{fact.term}”（{fact.name}）的值 {value!r} 不在允许范围内")
        self.code = "unknown_value"
        self.facts = {"fact": fact.name, "value": str(value)}


def held(fact: Fact, value: object) -> Value:
    """A value as the fact's kind holds it; None where nothing usable is known."""
    if value is None:
        return None
    if value.__class__ is float and fact.kind is Kind.NUMBER:
        return _ratio(value)
    if fact.kind is Kind.FLAG:
        if not isinstance(value, bool):
            raise UnknownValue(fact, value)
        return value
    if fact.kind is Kind.CHOICE:
        if value not in fact.choices:
            raise UnknownValue(fact, value)
        return str(value)
    return _number(fact, value)


def _number(fact: Fact, value: object) -> Value:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise UnknownValue(fact, value)
    if fact.kind is Kind.NUMBER:
        return _ratio(float(value))
    if not isfinite(value):
        return None
    if value != int(value):
        raise UnknownValue(fact, value)
    return int(value)


def _ratio(value: float) -> Decimal | None:
    """The shortest decimal of the double that a column would hold, without a minus before a zero."""
    return Decimal(repr(value or 0.0)) if isfinite(value) else None


def plain(fact: Fact, value: object) -> Number | str | None:
    """A value as comparisons take it: a double, a whole number, a code or a flag; None where nothing usable is known."""
    found = held(fact, value)
    return None if found is None else comparable(found)


def comparable(value: Decimal | int | str) -> Number | str:
    """A ratio as the double it is kept in; anything else as it is."""
    return float(value) if isinstance(value, Decimal) else value
