"""What two officers found at a firm, in a frozen dossier; from the second edition on."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from financing.diligence.affordability import Basis
from financing.diligence.rules import Advice, Result
from financing.matching.snapshot_terms import Frozen, Ratio, Sentence, Short


class Checked(Frozen):
    """One check of a survey: how it came out, and what was seen where that gave cause for doubt."""

    says: Short
    english: Sentence
    result: Result
    seen: Short | None
    on: date


class Visit(Frozen):
    """What two officers found at the firm (尽职调查): their advice, each check, and what the cover of debts is read from.

    `least` is what counts as enough; `others_known` says whether existing loans are counted in.
    """

    on: date
    advice: tuple[Advice, Advice]
    checks: tuple[Checked, ...] = Field(max_length=8)
    basis: Basis | None
    basis_on: date | None
    least: Ratio | None
    others_known: bool
