"""How fast a fact can change (改变所需时间): the least months, the bands climbed in that time, and how far advice looks ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from scoring.dated import table
from scoring.facts import FACTS, Fact
from scoring.sheet import Value


@dataclass(frozen=True, slots=True)
class Terms:
    """The least months in which a fact changes (None: it cannot), bands a firm climbs in that time, and how far to look ahead."""

    least: Mapping[str, int | None]
    pace: Mapping[str, int]
    horizon: int

    @classmethod
    def of(cls, on: date) -> Terms:
        """The terms in force on a day."""
        rules = table("advice", on)
        return cls({fact.name: fact.changeable for fact in FACTS.values()}, rules["pace"], rules["horizon"])

    def months(self, fact: Fact, before: Value, after: Value, steps: int) -> int | None:
        """The months a change takes, None where it cannot be had in time; what counts months grows by one a month."""
        least = self.least.get(fact.name, fact.changeable)
        if least is None:
            return None
        passing = (
            int(after) - int(before)
            if fact.unit == "个月" and isinstance(before, int) and isinstance(after, int)
            else 0
        )
        months = max(least * ceil(max(1, steps) / self.pace.get(fact.name, self.pace["default"])), passing)
        return months if months <= self.horizon else None
