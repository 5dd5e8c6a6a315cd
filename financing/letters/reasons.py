"""Coded reasons of a refusal (理由代码): a closed list, each with what was found, what is asked, the rule, and what would change it.

They follow from what was examined or sealed; nobody chooses one. What they are called is a dated text that is never edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from financing.diligence.affordability import Affordability, Cover
from financing.guarantees.rules import Gate, Hurdle, Vote
from financing.letters.texts import FOLDER
from financing.money import Fen

LIST = FOLDER / "reasons-2026-11.txt"
UNITS = {Hurdle.SCORE: "分"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One reason of the list: its code, what is asked of everybody, what a firm can do."""

    code: str
    says: str
    way: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason as it holds for one firm; values as they are printed."""

    entry: Entry
    found: str
    asked: str
    source: str

    @property
    def told(self) -> str:
        """In one line: code, condition, value found, value asked, rule."""
        values = "，".join(
            part for part in (self.found and f"查到 {self.found}", self.asked and f"要求 {self.asked}") if part
        )
        return f"[{self.entry.code}] {self.entry.says}：未达到{f'（{values}）' if values else ''}，依据：{self.source}"


@cache
def entries() -> Mapping[str, Entry]:
    """The closed list by its keys: every gate, and what a vote can fail on."""
    return {key: Entry(*rest) for key, *rest in _lines(LIST.read_text(encoding="utf-8")) if not key.startswith("=")}


@cache
def words() -> Mapping[str, str]:
    """What a value that was found at a gate is called."""
    lines = _lines(LIST.read_text(encoding="utf-8"))
    return {key.removeprefix("= "): rest[0] for key, *rest in lines if key.startswith("=")}


def of_gates(missed: Iterable[Gate]) -> list[Reason]:
    """The gates a need was stopped at, in their order."""
    return [Reason(entries()[g.key], _found(g), _asked(g), g.source) for g in missed]


def of_record(record: Mapping[str, Any]) -> list[Reason]:
    """Why a committee did not agree, from its sealed record: the votes, and debts that the firm's own cash does not cover."""
    return [_votes(record), *_cover(record)]


def _votes(record: Mapping[str, Any]) -> Reason:
    count = record["count"]
    outright, bound = (count["votes"][vote.value] for vote in (Vote.FOR, Vote.CONDITIONAL))
    part, whole = count["majority"]
    least = -(-count["cast"] * part // whole)
    source = next((rule["source"] for rule in record["rules"] if rule["key"] == "majority_part"), record["number"])
    return Reason(entries()["votes"], f"同意 {outright} 票、附条件同意 {bound} 票", f"合计 {least} 票", source)


def _cover(record: Mapping[str, Any]) -> list[Reason]:
    if not record.get("affordability"):
        return []
    found = Affordability.from_json(record["affordability"])
    if found.base.cover is Cover.ENOUGH or found.base.dscr is None:
        return []
    return [Reason(entries()["cover"], _times(found.base.dscr), f"{_times(found.least_ppm)} 以上", found.source)]


def _found(gate: Gate) -> str:
    match gate.found:
        case None:
            return ""
        case Fen():
            return _yuan(gate.found)
        case int():
            return f"{gate.found} {UNITS.get(gate.key, '')}".strip()
    return words().get(gate.found, gate.found)


def _asked(gate: Gate) -> str:
    match gate.asked:
        case None:
            return ""
        case Fen():
            return f"不超过 {_yuan(gate.asked)}"
        case int():
            return f"不低于 {gate.asked} {UNITS.get(gate.key, '')}".strip()
    return gate.asked


def _yuan(amount: Fen) -> str:
    return f"{Decimal(amount.fen) / 100:,.2f} 元"


def _times(ppm: int) -> str:
    """Cut to two decimals, never rounded up."""
    return f"{Decimal(ppm // 10_000) / 100:.2f} 倍"


def _lines(text: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]
