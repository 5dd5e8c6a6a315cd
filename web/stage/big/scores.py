"""Worked-out scores for needs of the big zone: some firms of the stage, scored once by the real card, and shared by many needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from financing.credit.books import from_statements
from financing.journal_check import canonical
from financing.parties.stated import Known
from scoring.card import cards
from scoring.facts import FACTS
from scoring.sheet import Sheet, sheet
from scoring.statements import Statement
from web.stage.firms import StageFirm, troupe

FIRMS = 48


@dataclass(frozen=True, slots=True)
class Score:
    """One sheet with its facts, both as the text that is stored."""

    sheet: Sheet
    facts_text: str
    sheet_text: str


@cache
def scores(today: date) -> tuple[Score, ...]:
    """The scores of one zone, the best last: the passing ones and the others can be told apart by place."""
    card = next(reversed([one for one in cards("credit") if one.since <= today]))
    made = [_scored(card, number, today) for number in range(FIRMS)]
    return tuple(sorted(made, key=lambda one: (one.sheet.qualified, one.sheet.total)))


def _statements(actor: StageFirm, last: int) -> dict[int, Statement]:
    return {year: Statement(date(year, 12, 31), lines) for year, lines in actor.years(last).items()}


def _scored(card: object, number: int, today: date) -> Score:
    actor = troupe(FIRMS, today)[number]
    known = {name: Known(value, FACTS[name].source, today - timedelta(days=30)) for name, value in actor.stated.items()}
    known |= from_statements(_statements(actor, today.year - 1))
    found = sheet(card, {name: one.value for name, one in known.items()}, industry=actor.registration["industry"])  # type: ignore[arg-type]  # a card
    facts = {name: one.as_json() for name, one in sorted(known.items())}
    return Score(found, canonical(facts).decode(), canonical(found.as_json()).decode())
