"""The lines of both standards' statements (报表项目表) and the sums that must hold between them.

小企业会计准则: forms 会小企01 to 03 of 财会〔2011〕17号, with their line numbers (行次). 企业会计准则: the forms of 财会〔2019〕6号,
which print no line numbers; a line's number there is its place. Lines that the 2019 forms folded into others stay known, so
that a form of 2017 or 2018 can be read. All of it is data in `tables/statement_lines.csv`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from scoring.dated import TABLES

SHEETS = ("balance", "income", "cash")
#: What adorns a name on a form: numbering, plus, less, of which, brackets, marks.
ORNAMENT = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、]|(?:减|加):|其中:?)|\([^)]*\)|[:*#△▲☆]|^[·.-]+")
SPACES = re.compile(r"\s+")


class Standard(StrEnum):
    """Which accounting standard a firm reports under."""

    SMALL = "small"  # 小企业会计准则
    GENERAL = "general"  # 企业会计准则


class Unit(StrEnum):
    """In what a statement's amounts are written."""

    YUAN = "yuan"
    THOUSAND = "thousand"
    WAN = "wan"

    @property
    def term(self) -> str:
        """As it is printed above a statement."""
        return {Unit.YUAN: "元", Unit.THOUSAND: "千元", Unit.WAN: "万元"}[self]

    @property
    def fen(self) -> int:
        """How many fen one of it is."""
        return {Unit.YUAN: 100, Unit.THOUSAND: 100_000, Unit.WAN: 1_000_000}[self]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands on one standard's form: its name there (and as printed), its number (0: on earlier forms only).

    `into` is the line it goes into; `sign` is + or - for a part of that sum, = for a line already inside it (其中), ~ for a line that some forms
    count and others fold into another, and empty for the last line of a sheet.
    """

    term: str
    number: int
    sign: str
    into: str
    printed: str


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line: its code, its name, its English name, the sheet it stands on, its places, other names it goes by."""

    code: str
    term: str
    english: str
    sheet: str
    places: Mapping[Standard, Place]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """A total, its parts with their signs, and the parts that a form may or may not count."""

    total: str
    parts: Mapping[str, int]
    perhaps: tuple[str, ...] = ()
    key: str = ""

    @property
    def says(self) -> str:
        return self._said([LINES[code].term for code in (self.total, *self.parts)], "各项加减之和")

    @property
    def english(self) -> str:
        return self._said([LINES[code].english for code in (self.total, *self.parts)], "the sum of its lines")

    def _said(self, names: list[str], many: str) -> str:
        if len(self.parts) > MANY:
            return f"{names[0]} = {many}"
        signs = ["", *("+" if sign > 0 else "−" for sign in self.parts.values())]
        first, *rest = [f"{sign} {name}".strip() for sign, name in zip(signs, names, strict=True)]
        return f"{first} = {' '.join(rest).removeprefix('+ ')}"


MANY = 4  # parts that are still named one by one


def line_name(text: object) -> str:
    """A line's name as it is compared: spaces, numbering, 减/加/其中, brackets and the old spelling of 账 do not count."""
    name = SPACES.sub("", unicodedata.normalize("NFKC", str(text or ""))).replace("帐", "账")
    while (bare := ORNAMENT.sub("", name)) != name:
        name = bare
    return name


def _place(row: Mapping[str, str], standard: Standard) -> Place | None:
    into = row[f"{standard}_into"]
    term = line_term(row[standard])
    return Place(term, int(row[f"{standard}_number"] or 0), into[:1], into[1:], row[standard]) if term else None


def line_term(printed: str) -> str:
    """The name without the numbering and plus or less that a form prints before it; 其中 stays."""
    return re.sub(r"^[一二三四五六七八九十]+、|^（[一二]）|^[减加]：|（[^）]*填列）$", "", printed)


def _line(row: Mapping[str, str]) -> StatementLine:
    found = {standard: _place(row, standard) for standard in Standard}
    places = {standard: place for standard, place in found.items() if place}
    also = tuple(filter(None, row["also"].split("|")))
    term = next(iter(places.values())).term
    return StatementLine(row["code"], term, row["english"], row["sheet"], MappingProxyType(places), also)


def _lines() -> Mapping[str, StatementLine]:
    with (TABLES / "statement_lines.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["code"]: _line(row) for row in csv.DictReader(file)})


LINES: Mapping[str, StatementLine] = _lines()


@cache
def form(standard: Standard, sheet: str) -> tuple[StatementLine, ...]:
    """The lines of one sheet in the order of the standard's own form."""
    on_form = [line for line in LINES.values() if line.sheet == sheet and _number(line, standard)]
    return tuple(sorted(on_form, key=lambda line: _number(line, standard)))


def _number(line: StatementLine, standard: Standard) -> int:
    place = line.places.get(standard)
    return place.number if place else 0


@cache
def names(sheet: str) -> Mapping[str, tuple[str, ...]]:
    """Every name a line of that sheet goes by, as it is compared, and the codes that bear it."""
    found: dict[str, list[str]] = {}
    for line in LINES.values():
        if line.sheet == sheet:
            for term in (*(place.term for place in line.places.values()), *line.also):
                codes = found.setdefault(line_name(term), [])
                codes.extend([] if line.code in codes else [line.code])
    return MappingProxyType({name: tuple(codes) for name, codes in found.items()})


@cache
def identities(standard: Standard) -> tuple[Identity, ...]:
    """Every sum of one standard's three sheets: assets against debts and equity first, then each total with its parts."""
    parts: dict[str, dict[str, int]] = {}
    perhaps: dict[str, list[str]] = {}
    for line in LINES.values():
        if place := line.places.get(standard):
            if place.sign in {"+", "-"}:
                parts.setdefault(place.into, {})[line.code] = 1 if place.sign == "+" else -1
            elif place.sign == "~":
                perhaps.setdefault(place.into, []).append(line.code)
    sums = (Identity(total, of, tuple(perhaps.get(total, ())), total) for total, of in parts.items())
    return (Identity("assets", {"liabilities": 1, "equity": 1}, key="balance"), *sums)


@cache
def telling(standard: Standard) -> frozenset[str]:
    """The names that only this standard's forms bear: by them a form without a title is known."""
    mine = {line_name(line.places[standard].term) for line in LINES.values() if _number(line, standard)}
    others = (other for other in Standard if other is not standard)
    return frozenset(
        mine - {line_name(line.places[o].term) for o in others for line in LINES.values() if o in line.places}
    )
