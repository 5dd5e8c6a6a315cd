"""Coded reasons (失职情形、拒付理由) and the list of papers of a claim, each by date with its source, read from the files beside."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from financing.compensation.rules import Lapse, Reason
from financing.refusals import OutOfRange

HERE = Path(__file__).parent


class By(StrEnum):
    """Who brings an item of the file."""

    PLATFORM = "platform"
    BANK = "bank"
    GUARANTOR = "guarantor"


class Item(StrEnum):
    """What the file of a claim holds (代偿材料清单)."""

    RESOLUTION = "resolution"
    LETTER = "letter"
    CONDITIONS = "conditions"
    SECURITY = "security"
    CONTRACT = "contract"
    DRAWDOWN = "drawdown"
    CREDIT_REVIEW = "credit_review"
    USE = "use"
    CHECKS = "checks"
    ACCOUNT = "account"
    DUNNING = "dunning"
    NOTICE = "notice"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Ground:
    """One coded reason with where it stands; `again`: what it stops may be claimed once more when it is mended."""

    code: StrEnum
    says: str  # as papers say it
    source: str
    confidence: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """One item of the list: who brings it, and whether it may be promised for later (容缺)."""

    key: Item
    by: By
    promised: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    since: date
    source: str
    items: tuple[Listed, ...]


def lapses(on: date) -> tuple[Ground, ...]:
    """The duties whose neglect reduces a claim, as they stand on a day."""
    return _grounds("lapse", on)


def reasons(on: date) -> tuple[Ground, ...]:
    """The reasons for which nothing is paid, as they stand on a day."""
    return _grounds("refusal", on)


def ground(code: Lapse | Reason, on: date) -> Ground:
    """One of them; OutOfRange when it is not in force on the day."""
    found = [one for one in (lapses(on) if isinstance(code, Lapse) else reasons(on)) if one.code == code]
    if not found:
        raise OutOfRange(field="reason", least=None, most=None)
    return found[0]


def checklist(on: date) -> Checklist:
    """The list in force on a day: the latest begun."""
    return max((one for one in _lists() if one.since <= on), key=lambda one: one.since)


def _grounds(kind: str, on: date) -> tuple[Ground, ...]:
    word: type[StrEnum] = Lapse if kind == "lapse" else Reason
    newest: dict[str, dict[str, Any]] = {}
    for row in sorted(_file("grounds")[kind], key=lambda row: row["from"]):
        if row["from"] <= on:
            newest[row["code"]] = row
    return tuple(
        Ground(word(code), row["says"], row["source"], row["confidence"], row.get("again", False))
        for code, row in sorted(newest.items(), key=lambda one: list(word).index(word(one[0])))
    )


@cache
def _lists() -> tuple[Checklist, ...]:
    return tuple(
        Checklist(
            row["from"],
            row["source"],
            tuple(Listed(Item(one["key"]), By(one["by"]), one["promised"]) for one in row["item"]),
        )
        for row in _file("checklist")["list"]
    )


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
