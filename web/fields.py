"""Field types of forms: each turns what a person typed into a value of the domain, or says what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, TypeAlias, TypeVar

from annotated_types import GroupedMetadata, Interval, Len
from litestar.datastructures import UploadFile
from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from financing.money import Fen, Rate
from financing.parties.identity import credit_code
from financing.refusals import NotAnIndustry, NotText, Refusal
from scoring.industries import UnknownIndustry, industry

#: Control, format (bidi, zero width), private use, unassigned, surrogate, line and paragraph separators.
UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
W = TypeVar("W", bound=StrEnum)
PHONE = re.compile(r"\+?\d[\d -]{5,18}\d")


@dataclass(frozen=True, slots=True)
class Control:
    """How a field is shown: `kind` picks the input, `unit` stands behind it."""

    kind: str
    unit: str = ""


def clean(text: str) -> str:
    """NFC, with line ends as one character; NotText for what cannot be seen or has no agreed meaning (I-27)."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if any(unicodedata.category(sign) in UNSEEN and sign != "\n" and not _rare_hanzi(sign) for sign in normal):
        raise NotText
    return normal


def _rare_hanzi(sign: str) -> bool:
    """Planes 2 and 3 hold characters of names only; newer ones are unknown to this Python, not wrong."""
    return 0x20000 <= ord(sign) <= 0x3FFFD and unicodedata.category(sign) == "Cn" and ord(sign) & 0xFFFE != 0xFFFE


def industry_code(text: str) -> str:
    """A code of GB/T 4754-2017 that stands in the list."""
    try:
        return industry(text).code
    except UnknownIndustry:
        raise NotAnIndustry(given=text[:20]) from None


def phone(text: str) -> str:
    """A telephone number as people write it: digits, spaces and dashes, perhaps a plus."""
    number = unicodedata.normalize("NFKC", text).strip()
    if not PHONE.fullmatch(number):
        raise PydanticCustomError("phone", "not a telephone number")
    return number


def day(text: str) -> date:
    """A day as the date input sends it, or as people write it: 2026-11-23, 2026/11/23, 2026年11月23日."""
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", unicodedata.normalize("NFKC", text).strip())
    try:
        if parts:
            return date(*map(int, parts.groups()))
    except ValueError:
        pass
    raise PydanticCustomError("day", "not a day")


def _typed(convert: Callable[[str], Any]) -> BeforeValidator:
    """Text goes through the converter, whose refusal becomes a complaint at the field; other values pass."""
    return BeforeValidator(partial(_converted, convert))


def _converted(convert: Callable[[str], Any], value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return convert(value)
    except Refusal as refusal:
        raise PydanticCustomError("refusal", "{code}", {"code": refusal.code, "refusal": refusal}) from None


def one_of(kind: type[W], text: str) -> W | None:
    """The word of an enumeration that an address names, or None; a filter that means nothing filters nothing."""
    return kind(text) if text in set(kind) else None


@dataclass(frozen=True, slots=True)
class Text(GroupedMetadata):
    """Seen, meaningful text of at most `longest` characters; `lines` gives a box of several lines.

    Written as `Annotated[str, Text(60)]`.
    """

    longest: int
    lines: bool = False

    def __iter__(self) -> Iterator[object]:
        yield Len(1, self.longest)
        yield _typed(clean)
        yield Control("lines" if self.lines else "text")


@dataclass(frozen=True, slots=True)
class Among(GroupedMetadata):
    """Only some words of an enumeration, written as `Annotated[Role, Among(STAFF)]`."""

    words: tuple[StrEnum, ...]

    def __iter__(self) -> Iterator[object]:
        yield AfterValidator(self._one_of)
        yield Choices(self.words)

    def _one_of(self, word: StrEnum) -> StrEnum:
        if word not in self.words:
            raise PydanticCustomError("enum", "not among the choices")
        return word


@dataclass(frozen=True, slots=True)
class Choices:
    """The words to choose from, in the order they are shown."""

    words: tuple[StrEnum, ...]


@dataclass(frozen=True, slots=True)
class Whole(GroupedMetadata):
    """A whole number within bounds, written as `Annotated[int, Whole(1, 36, "个月")]`."""

    least: int
    most: int
    unit: str = ""

    def __iter__(self) -> Iterator[object]:
        yield Interval(ge=self.least, le=self.most)
        yield Control("number", self.unit)


Wan: TypeAlias = Annotated[Fen, _typed(Fen.wan), Control("number", "万元")]
Yuan: TypeAlias = Annotated[Fen, _typed(Fen.yuan), Control("number", "元")]
Percent: TypeAlias = Annotated[Rate, _typed(Rate.percent), Control("number", "%")]
Day: TypeAlias = Annotated[date, _typed(day), Control("date")]
CreditCode: TypeAlias = Annotated[str, _typed(credit_code), Control("text")]
IndustryCode: TypeAlias = Annotated[str, _typed(industry_code), Control("text")]
Phone: TypeAlias = Annotated[str, Len(1, 20), _typed(phone), Control("tel")]
#: As it was typed, blanks at its ends too (ASVS 6.2.8).
Password: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=False, min_length=1, max_length=200), Control("password")
]
Upload: TypeAlias = Annotated[UploadFile, Control("file")]
Yes: TypeAlias = Annotated[bool, Control("tick")]
