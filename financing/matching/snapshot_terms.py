"""The value types a frozen dossier is written in: bounded text, whole numbers, and facts with their origin."""

from __future__ import annotations

import unicodedata
from datetime import date
from enum import StrEnum
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

_UNPRINTABLE = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_TURNING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """The text itself; ValueError for characters that no printer shows or that turn the line around."""
    for letter in text:
        if letter in _TURNING or unicodedata.category(letter) in _UNPRINTABLE:
            raise ValueError(f"U+{ord(letter):04X}")
    return text


# The lengths below, and those of the lists, keep the longest dossier within its eight pages.
Short = Annotated[str, StringConstraints(min_length=1, max_length=32), AfterValidator(printable)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=60), AfterValidator(printable)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(printable)]
Passage = Annotated[str, StringConstraints(min_length=1, max_length=240), AfterValidator(printable)]
Ratio = Annotated[str, StringConstraints(pattern=r"^-?\d{1,12}(\.\d{1,6})?$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
MonthName = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Fen = Annotated[int, Field(ge=-(10**15), le=10**15)]
Amount = Annotated[int, Field(gt=0, le=10**15)]
Ppm = Annotated[int, Field(ge=0, le=10**6)]
Count = Annotated[int, Field(ge=0, le=10**9)]
Value = TypeVar("Value")


class Source(StrEnum):
    """How a fact is known (来源), from the weakest to the strongest."""

    DECLARED = "declared"
    DOCUMENT = "document"
    REGISTRY = "registry"
    SITE = "site"


class SizeClass(StrEnum):
    """The official size class of a firm (企业划型)."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"
    UNDETERMINED = "undetermined"


class Gap(StrEnum):
    """Why an item is open: not handed in, or handed in and contested."""

    MISSING = "missing"
    DISPUTED = "disputed"


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Origin(Frozen):
    """Where something comes from and as of which day; `stale` when it was too old on the day of freezing."""

    source: Source
    on: date
    stale: bool = False


class Fact(Origin, Generic[Value]):
    """One value with its origin."""

    value: Value


class Absent(Frozen):
    """A part of the dossier that is not there, and the reason a bank reads instead."""

    why: Passage
    english: Passage


class Said(Frozen):
    """One sentence in both languages; English needs more letters for the same width."""

    says: Annotated[Sentence, StringConstraints(max_length=56)]
    english: Annotated[Passage, StringConstraints(max_length=120)]
