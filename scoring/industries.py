"""The national list of industries (国民经济行业分类 GB/T 4754-2017): a code to its name and place, words to codes."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from scoring.dated import TABLES

EDITION = "GB/T 4754-2017"
LEVELS = {"门类": "section", "大类": "division", "中类": "group", "小类": "class"}


class UnknownIndustry(ValueError):
    """A code that is not in the list."""

    def __init__(self, code: str) -> None:
        super().__init__(f"行业代码“{code}”不在 {EDITION} 中")
        self.code = "unknown_industry"
        self.facts = {"industry": code, "edition": EDITION}


@dataclass(frozen=True, slots=True)
class Industry:
    """One entry; `section` is a letter, `division` two digits (empty for a section), `parent` the entry above."""

    code: str
    name: str
    level: str
    section: str
    division: str
    parent: str


@cache
def industries() -> Mapping[str, Industry]:
    """Every entry by code, in the order of the standard."""
    with (TABLES / "industries" / "gbt4754-2017.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return MappingProxyType({row["code"]: _entry(row) for row in rows})


def industry(code: str) -> Industry:
    """The entry of a code, written with or without its section letter (C3071 or 3071)."""
    plain = code.strip().upper()
    bare = plain[1:] if len(plain) > 1 and plain[0].isalpha() else plain
    found = industries().get(bare)
    if found is None or (bare != plain and found.section != plain[0]):
        raise UnknownIndustry(code)
    return found


def path(code: str) -> tuple[Industry, ...]:
    """An entry and all above it, the section first."""
    entry = industry(code)
    return (entry,) if not entry.parent else (*path(entry.parent), entry)


def covers(wider: str, code: str) -> bool:
    """Whether an entry lies within another one, itself included: C covers 3071, and so does 307."""
    return any(entry.code == industry(wider).code for entry in path(code))


def find(text: str, limit: int = 20) -> list[Industry]:
    """Entries by the beginning of a code or by words of a name, the closest name first, finer levels before coarser."""
    words = text.upper().split()
    if not words:
        return []
    by_code = [entry for entry in industries().values() if len(words) == 1 and _coded(entry, words[0])]
    named = [entry for entry in industries().values() if all(word in entry.name.upper() for word in words)]
    named.sort(key=lambda entry: (len(entry.name), -len(entry.code), entry.code))
    return [*by_code, *named][:limit]


def _coded(entry: Industry, word: str) -> bool:
    return entry.code.startswith(word) or (entry.section + entry.code).startswith(word)


def _entry(row: Mapping[str, str]) -> Industry:
    code, section = row["code"], row["section"]
    division = "" if code == section else code[:2]
    return Industry(code, row["name"], LEVELS[row["level"]], section, division, row["parent"])
