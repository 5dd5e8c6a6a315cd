"""A clause of a policy as data (惠企政策条款): conditions, what it comes to, and when one may apply. No database, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

from scoring.card import Operator
from scoring.compiled import Ladder, red_line
from scoring.facts import FEN_PER_WAN, Fact, Kind
from scoring.industries import industries, industry, path
from scoring.policy_facts import POLICY_FACTS

PPM = 1_000_000
LARGEST = 10**15
"""No sum is larger, in fen; as on the platform."""
COUNT_MOST = 1_000_000
"""No firm counts more of anything that is paid by the piece."""
MONTHS = 12
CONDITIONS_MOST = 24
_NUMBER = re.compile(r"[+-]?\d{1,16}(\.\d{1,6})?", re.ASCII)


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Misstated(ValueError):
    """A clause that cannot be counted with; `code` says why, `facts` what."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code, self.facts = code, facts


class Condition(Part):
    """One thing a firm must be or have (条件): a fact compared with a value; money in 万元, as documents write it.

    A `soft` one is judged by a person: not met, or not known, it leaves the clause likely and never excludes.
    An industry is meant with all that lies within it: C covers every manufacturer.
    """

    fact: str
    operator: Operator = Field(alias="is")
    value: StrictBool | Decimal | str | tuple[str, ...]
    soft: bool = False

    @property
    def held(self) -> Fact:
        return POLICY_FACTS[self.fact]

    @cached_property
    def ladder(self) -> Ladder:
        """Where the condition holds, as cells of the fact's line; its unknown value holds nowhere."""
        return red_line(_widened(self))

    @model_validator(mode="before")
    @classmethod
    def _numbers_as_kept(cls, given: Any) -> Any:
        """JSON keeps a decimal as text; a fact that is a number reads it back."""
        fact = POLICY_FACTS.get(given.get("fact", "")) if isinstance(given, dict) else None
        if fact is None or fact.kind in {Kind.FLAG, Kind.CHOICE} or not isinstance(given.get("value"), str):
            return given
        return given | {"value": Decimal(given["value"])} if _NUMBER.fullmatch(given["value"]) else given

    @model_validator(mode="after")
    def _fits(self) -> Condition:
        fact = POLICY_FACTS.get(self.fact)
        if fact is None:
            raise Misstated("no_such_fact", fact=self.fact)
        if not _fitting(fact, self.operator, self.value):
            raise Misstated("not_of_this_fact", fact=fact.term, value=str(self.value))
        return self


class Fixed(Part):
    """The same sum for everybody, in fen."""

    rule: Literal["fixed"] = "fixed"
    sum: Annotated[int, Field(ge=0, le=LARGEST)]

    @property
    def reads(self) -> tuple[str, ...]:
        return ()


class Share(Part):
    """A share, in ppm, of a sum; at most `cap` fen."""

    rule: Literal["share"] = "share"
    base: str
    ppm: Annotated[int, Field(gt=0, le=PPM)]
    cap: Annotated[int, Field(gt=0, le=LARGEST)] | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.base,)


class PerUnit(Part):
    """So many fen for each unit counted; at most `cap` fen."""

    rule: Literal["per_unit"] = "per_unit"
    base: str
    unit: Annotated[int, Field(gt=0, le=10**9)]
    cap: Annotated[int, Field(gt=0, le=LARGEST)] | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.base,)


class Tiers(Part):
    """A sum in fen by the step that a value reaches: (from, fen) rising; money in 万元. Below the first step nothing."""

    rule: Literal["tiers"] = "tiers"
    base: str
    steps: Annotated[tuple[tuple[Decimal, Annotated[int, Field(ge=0, le=LARGEST)]], ...], Field(min_length=1)]

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.base,)


class Interest(Part):
    """Points of interest, in ppm a year, on a principal for a loan's months: `base_cap` of the principal, at most `months`."""

    rule: Literal["interest"] = "interest"
    base: str = "loan_principal"
    term: str = "loan_months"
    ppm: Annotated[int, Field(gt=0, le=PPM)]
    months: Annotated[int, Field(gt=0, le=120)]
    base_cap: Annotated[int, Field(gt=0, le=LARGEST)] | None = None
    cap: Annotated[int, Field(gt=0, le=LARGEST)] | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.base, self.term)


class Service(Part):
    """Help that is no money: a right, a channel, a procedure."""

    rule: Literal["service"] = "service"

    @property
    def reads(self) -> tuple[str, ...]:
        return ()


Amount = Annotated[Fixed | Share | PerUnit | Tiers | Interest | Service, Field(discriminator="rule")]


class Window(Part):
    """Days on which one may apply, both included."""

    opens: date
    closes: date

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.closes < self.opens:
            raise Misstated("window_backwards", opens=self.opens, closes=self.closes)
        return self


class Clause(Part):
    """What can be counted of a clause: whom it is for, what it comes to, when to apply, and for how long it holds."""

    key: str
    conditions: Annotated[tuple[Condition, ...], Field(max_length=CONDITIONS_MOST)] = ()
    amount: Amount = Service()
    windows: tuple[Window, ...] = ()
    since: date
    until: date | None = None

    @model_validator(mode="after")
    def _counts(self) -> Clause:
        wanted = {"tiers": (Kind.MONEY, Kind.COUNT), "per_unit": (Kind.COUNT,), "share": (Kind.MONEY,)}
        for place, name in enumerate(self.amount.reads):
            kinds = wanted.get(self.amount.rule, (Kind.COUNT,) if place else (Kind.MONEY,))
            fact = POLICY_FACTS.get(name)
            if fact is None or fact.kind not in kinds:
                raise Misstated("not_a_base", fact=fact.term if fact else name)
        if self.amount.rule == "tiers" and list(self.amount.steps) != sorted(set(self.amount.steps)):
            raise Misstated("steps_not_rising")
        return self

    @property
    def reads(self) -> tuple[str, ...]:
        """Every fact the clause rests on, those of its conditions first."""
        return tuple(dict.fromkeys([*(each.fact for each in self.conditions), *self.amount.reads]))

    def in_force(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)

    def deadline(self, on: date) -> date | None:
        """The last day of the window that is open, else of the next one; None where no day is set or all are over."""
        return next((w.closes for w in sorted(self.windows, key=lambda w: w.closes) if w.closes >= on), None)

    def open_on(self, on: date) -> bool:
        """Whether one may apply on a day: within a window, or at any time where none is set."""
        return self.in_force(on) and (not self.windows or any(w.opens <= on <= w.closes for w in self.windows))


class _Widened:
    """A condition on industries with every entry that its codes cover."""

    def __init__(self, condition: Condition, codes: tuple[str, ...]) -> None:
        self.held, self.operator, self.value = condition.held, condition.operator, codes


def _widened(condition: Condition) -> Any:
    if condition.fact != "industry":
        return condition
    wanted = set(_bare(condition.value))
    return _Widened(condition, tuple(code for code in industries() if any(e.code in wanted for e in path(code))))


def _bare(value: object) -> Iterable[str]:
    codes = (value,) if isinstance(value, str) else value
    return [industry(str(code)).code for code in codes] if isinstance(codes, tuple) else []


def _fitting(fact: Fact, operator: str, value: object) -> bool:
    """Whether a fact can be compared with a value in this way."""
    match fact.kind:
        case Kind.FLAG:
            return operator == "equals" and isinstance(value, bool)
        case Kind.CHOICE:
            codes = value if isinstance(value, tuple) else (value,)
            known = all(isinstance(code, str) and _known(fact, code) for code in codes)
            return operator in {"equals", "one_of"} and bool(codes) and known
    if operator == "one_of" or not isinstance(value, Decimal) or not value.is_finite():
        return False
    return abs(value) * (FEN_PER_WAN if fact.kind is Kind.MONEY else 1) <= LARGEST


def _known(fact: Fact, code: str) -> bool:
    if fact.name != "industry":
        return code in fact.choices
    try:
        return bool(industry(code))
    except ValueError:
        return False
