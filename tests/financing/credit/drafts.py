"""Drafts of scorecards for tests: the shipped file with some of its lines otherwise."""

from __future__ import annotations

from datetime import date

from financing.credit.rules import CardName
from scoring.card import CARDS

SHIPPED = CARDS / "credit" / "2026-01-01.toml"


def a_document(since: date | str, name: str = "credit", **changes: str) -> bytes:
    """The shipped card with a day and a basis of its own; each change is the new right side of a line `key = …`."""
    lines = (CARDS / name / "2026-01-01.toml").read_text(encoding="utf-8").splitlines()
    wanted = {"from": str(since), "basis": '"经开区担保委〔2026〕5号"', **changes}
    for number, line in enumerate(lines[:12]):
        key = line.split("=")[0].strip()
        if key in wanted:
            lines[number] = f"{key} = {wanted[key]}"
    return ("\n".join(lines) + "\n").encode()


CREDIT = CardName.CREDIT
