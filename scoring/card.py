"""Scorecards (评分卡): dated TOML files of rules, read, checked and ready to apply."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StrictBool, ValidationError
from typing_extensions import override

from scoring.card_faults import CardFault, Misfit, misfits
from scoring.card_shape import OWN_WORDS, complaints
from scoring.dated import in_force, versions
from scoring.facts import FACTS, FEN_PER_WAN, Better, Fact, Kind, Source
from scoring.industries import path

CARDS = Path(__file__).parent / "cards"

Text = Annotated[str, Field(min_length=1)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Marks = Annotated[int, Field(ge=0, strict=True)]
Edge = Decimal
Operator = Literal["at_least", "at_most", "equals", "one_of"]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OwnFact(Part):
    """A fact that this card alone declares (本卡自带的事实): a column of a plain table that nobody has registered."""

    name: Key
    says: Text
    english: Text
    unit: str = ""
    kind: Literal["number", "count", "money", "flag"]
    better: Better

    @property
    def held(self) -> Fact:
        """The same as a registered fact would be held."""
        kind = Kind(self.kind)
        return Fact(self.name, self.says, self.english, kind, self.unit, Source.DOCUMENT, better=self.better)


class Rule(Part):
    """What every item and every red line has: a key, its words in both languages and the fact it reads."""

    key: Key
    says: Text
    english: Text
    fact: Key

    _declared: Fact | None = PrivateAttr(None)

    @property
    def known(self) -> bool:
        """Whether there is such a fact, registered or declared by the card itself."""
        return self._declared is not None or self.fact in FACTS

    @property
    def held(self) -> Fact:
        """The fact this rule reads."""
        return self._declared or FACTS[self.fact]


class Block(Part):
    """A group of items (指标板块) and the marks it may give."""

    key: Key
    says: Text
    english: Text
    weight: Marks


class Veto(Rule):
    """A red line (一票否决): one hit stops the case whatever the points.

    `basis` is the law, list or document it rests on. A fact older than `valid_days` on the day of scoring counts as unchecked.
    """

    basis: Text
    operator: Operator = Field(alias="is")
    value: StrictBool | Decimal | str | tuple[str, ...]
    valid_days: Annotated[int, Field(gt=0, strict=True)] | None = None

    @property
    def limit(self) -> bool | Decimal | str | tuple[str, ...]:
        """The value to compare with, in the unit in which the fact is held."""
        return _held(self.value, self.held) if isinstance(self.value, Decimal) else self.value

    def expired(self, as_of: date | None, on: date | None) -> bool:
        """Whether a fact of one day is too old on the day of scoring; without a day of scoring, nothing is.

        A fact of no known day has expired: nobody can say that it still holds.
        """
        if self.valid_days is None or on is None:
            return False
        return as_of is None or (on - as_of).days > self.valid_days


class Scale(Part):
    """How a value turns into points: the first band reached counts, or the points of the choice."""

    bands: tuple[tuple[Edge, Marks], ...] = ()
    choices: dict[str, Marks] = Field(default_factory=dict)

    @property
    def most(self) -> int:
        return max(self.marks, default=0)

    @property
    def marks(self) -> tuple[int, ...]:
        """The marks of every band or choice."""
        return (*self.choices.values(), *(marks for _, marks in self.bands))


class IndustryScale(Scale):
    """The scale for one section, division, group or class of GB/T 4754-2017 and all within it (分行业标准)."""

    code: Text


class Item(Rule, Scale):
    """One rule (评分指标): a fact, its scale, scales of single industries, and the points for a value that is missing."""

    block: Key
    sign: Better | None = Field(None, alias="better")
    missing: Marks = 0
    industry: tuple[IndustryScale, ...] = ()

    @property
    def better(self) -> Better:
        """Which way is good: as the card says, else as the fact does."""
        return self.sign or self.held.better or "higher"

    @property
    def scales(self) -> tuple[Scale, ...]:
        """The general scale, then those of single industries."""
        return (self, *self.industry)

    def scale(self, industry: str | None) -> Scale:
        """The scale for a firm of this industry: the most specific one that covers it, else the general one.

        Raises `UnknownIndustry` for a code outside the list.
        """
        if not industry or not self.industry:
            return self
        return next((self._own[entry.code] for entry in reversed(path(industry)) if entry.code in self._own), self)

    @cached_property
    def _own(self) -> dict[str, Scale]:
        return {each.code: each for each in self.industry}

    def steps(self, scale: Scale) -> tuple[tuple[Decimal, int], ...]:
        """The bands of one of its scales with their edges, exact, in the unit in which the fact is held (money in fen)."""
        return tuple((_held(edge, self.held), marks) for edge, marks in scale.bands)


class Card(Part):
    """A whole card as signed; `digest` is the sha256 of the file it was read from."""

    title: Text
    english: Text
    basis: Text
    since: date = Field(alias="from")
    full_marks: Annotated[int, Field(gt=0, strict=True)]
    line: Marks
    missing_limit: Annotated[Decimal, Field(ge=0, le=1)]
    grades: dict[str, Marks]
    ceilings: dict[str, Marks] = Field(default_factory=dict)
    own: tuple[OwnFact, ...] = Field((), alias="fact")
    block: tuple[Block, ...]
    item: tuple[Item, ...]
    veto: tuple[Veto, ...] = ()
    name: str
    digest: str

    @override
    def model_post_init(self, context: Any, /) -> None:
        """Every rule is given the fact it reads where the card declares that fact itself."""
        own = {fact.name: fact.held for fact in self.own}
        for rule in self.rules:
            rule._declared = own.get(rule.fact)  # noqa: SLF001 (the card's own part)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Everything that reads a fact: the items, then the red lines."""
        return (*self.item, *self.veto)

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact the card reads, registered or its own, in the order of its rules."""
        return {rule.fact: rule.held for rule in self.rules}

    @property
    def missing_most(self) -> int:
        """The greatest number of marks resting on missing facts that still allows a judgement."""
        return int(self.missing_limit * self.full_marks)

    @cached_property
    def falling(self) -> tuple[tuple[str, int], ...]:
        """Grades with their lower bounds, best first."""
        return tuple(sorted(self.grades.items(), key=lambda grade: -grade[1]))

    def grade(self, total: int) -> str:
        return next(grade for grade, least in self.falling if total >= least)

    def ceiling_fen(self, grade: str) -> int:
        """The most a firm of this grade may be guaranteed for, in fen; nothing where the card names no sum."""
        return self.ceilings.get(grade, 0) * FEN_PER_WAN


def card(name: str, on: date, root: Path = CARDS) -> Card:
    """The card in force on a day; refused as `DatedFault` before its first version, as `CardFault` if unsound."""
    return load(in_force(root / name, on))


def cards(name: str, root: Path = CARDS) -> tuple[Card, ...]:
    """Every version of a card, earliest first."""
    return tuple(load(file) for file in versions(root / name).values())


@cache
def load(file: Path) -> Card:
    """One card file, checked; its name must be the day it takes effect and its folder the name of the card."""
    for wrong in faults(file):
        raise wrong
    return _card(file.read_bytes(), file.parent.name)


def faults(file: Path) -> tuple[CardFault, ...]:
    """Everything wrong with a card file, its name included; nothing means that it loads."""
    raw = file.read_bytes()
    found = check(raw, file.parent.name, file.name)
    if not found and (since := _card(raw, "").since.isoformat()) != file.stem:
        return (CardFault(file.name, "from", "file_name", since=since),)
    return found


def read(raw: bytes, name: str, file: str = "") -> Card:
    """A card from the bytes of its file; a fault names the file, the key, what is wrong and what would be right."""
    for wrong in check(raw, name, file):
        raise wrong
    return _card(raw, name)


def check(raw: bytes, name: str, file: str = "") -> tuple[CardFault, ...]:
    """Every fault in the bytes of a card: in its shape or, where that is right, in what must fit together."""
    return tuple(CardFault(file, key, code, **facts) for key, code, facts in _wrong(raw, name))


def _wrong(raw: bytes, name: str) -> Iterator[Misfit]:
    try:
        document = tomllib.loads(raw.decode(), parse_float=Decimal)
    except UnicodeDecodeError:
        yield "", "utf8", {}
        return
    except RecursionError:
        yield "", "too_deep", {}
        return
    except tomllib.TOMLDecodeError as error:
        yield "", "toml", {"why": error}
        return
    except ValueError:
        yield "", "long_number", {}
        return
    yield from ((key, "own_words", {}) for key in OWN_WORDS if key in document)
    try:
        card = _card(raw, name)
    except ValidationError as error:
        yield from complaints(document, error, FIELDS)
    else:
        yield from misfits(card)


def _card(raw: bytes, name: str) -> Card:
    own = {"name": name, "digest": hashlib.sha256(raw).hexdigest()}
    return Card.model_validate(tomllib.loads(raw.decode(), parse_float=Decimal) | own)


def _held(value: Decimal, fact: Fact) -> Decimal:
    return value * FEN_PER_WAN if fact.kind is Kind.MONEY else value


PARTS: Mapping[str, type[Part]] = {
    "": Card, "block": Block, "fact": OwnFact, "veto": Veto, "item": Item, "industry": IndustryScale,
}  # fmt: skip
FIELDS: Mapping[str, tuple[str, ...]] = {
    place: tuple(field.alias or key for key, field in part.model_fields.items() if key not in OWN_WORDS)
    for place, part in PARTS.items()
}
