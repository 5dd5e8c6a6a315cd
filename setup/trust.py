"""What decides who may and sees, what money is, how votes count, when a consent holds and when a day is over: the tests nearest to it, and the bar."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

#: Module -> its tests below tests/financing.
TRUST = {
    "financing/access": ("test_access",),
    "financing/after_access": ("test_access",),
    "financing/help_access": ("test_access",),
    "financing/sights": (
        "test_access",
        "matching/test_reading_rights",
        "matching/test_service",
        "guarantees/test_recusal",
    ),
    "financing/money": ("test_money",),
    "financing/guarantees/rules": (
        "guarantees/test_tally",
        "guarantees/test_rules",
        "guarantees/test_rounds",
        "guarantees/test_recusal",
    ),
    "financing/guarantees/tally": (
        "guarantees/test_tally",
        "guarantees/test_rounds",
        "guarantees/test_rules",
        "guarantees/test_views",
        "guarantees/test_record",
    ),
    "financing/matching/rules": ("matching/test_scope", "matching/test_service", "matching/test_round"),
    "financing/calendar": ("test_calendar", "clocks/test_deadlines"),
    "financing/clocks/rules": ("clocks/test_deadlines", "clocks/test_states", "clocks/test_clocks"),
    "financing/clocks/limits": ("clocks/test_deadlines", "clocks/test_clocks"),
}
#: Percent of the faults of a module that have to be noticed; of these all.
BAR = 90
WHOLE = {name for name in TRUST if "access" in name or "sights" in name or "money" in name}
#: Faults that change no answer: module, before and after as they are printed, with why.
SAME: dict[tuple[str, str, str], str] = {
    (
        "financing/guarantees/rules",
        "self.cast > 0",
        "self.cast >= 0",
    ): "asked only where there is a quorum, and so a vote",
}


def bar(module: str) -> int:
    """Percent of its faults that its tests have to notice."""
    return 100 if module in WHOLE else BAR


class Noticed:
    """What was noticed of a module already, for as long as it and the tests nearest to it are the same."""

    def __init__(self, file: Path, module: str, read: list[Path]) -> None:
        self.file = file
        self.digest = hashlib.sha256(module.encode() + b"".join(each.read_bytes() for each in read)).hexdigest()
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        self.known = {(node, change) for digest, node, change in map(json.loads, lines) if digest == self.digest}

    def add(self, node: int, change: int) -> None:
        self.file.parent.mkdir(exist_ok=True)
        with self.file.open("a", encoding="utf-8") as out:
            out.write(json.dumps([self.digest, node, change]) + "\n")
