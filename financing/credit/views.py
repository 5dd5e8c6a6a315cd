"""What people see of a score: the sheet with the source and age of every value, and how to supply what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from financing.credit import flags, register
from financing.credit.flags import FlagView
from financing.credit.model import Assessment
from financing.credit.rules import Supply, supply
from financing.credit.service import case_of, recalled
from financing.desk import Desk
from financing.money import Fen
from financing.needs.model import Need
from financing.parties.model import Firm
from financing.parties.stated import Known
from scoring.advise import Way, ways
from scoring.facts import FACTS
from scoring.sheet import Sheet


@dataclass(frozen=True, slots=True)
class BlockName:
    """A block of the card in both languages."""

    says: str
    english: str


@dataclass(frozen=True, slots=True)
class ScoreView:
    """One score as its page shows it; `known` holds value, source and day of each fact, `grades` the lower bounds.

    `stale` names the facts that are out of date today, whatever they were on the day of the score.
    """

    id: int
    need_id: int
    number: str
    firm: str
    sheet: Sheet
    basis: str
    blocks: Mapping[str, BlockName]
    grades: tuple[tuple[str, int], ...]
    known: Mapping[str, Known]
    stale: frozenset[str]
    missing: tuple[tuple[str, Supply], ...]
    ceiling: Fen
    assessed_at: datetime
    others: tuple[tuple[int, datetime, int], ...]
    ways: tuple[Way, ...]
    flags: tuple[FlagView, ...]


def one(desk: Desk, assessment: Assessment) -> ScoreView:
    """A score with its need, its card's words and the other scores of the same need."""
    need = desk.get(Need, assessment.need_id)
    used, known = register.by_digest(desk, assessment.card, assessment.digest), recalled(assessment)
    sheet = Sheet.from_json(assessment.sheet)
    columns = (Assessment.id, Assessment.assessed_at, Assessment.total)
    others = desk.select(Assessment, *columns).where(Assessment.need_id == need.id, Assessment.id != assessment.id)
    return ScoreView(
        id=assessment.id, need_id=need.id, number=need.number, firm=desk.get(Firm, need.firm_id).name, sheet=sheet, basis=used.basis,
        blocks={block.key: BlockName(block.says, block.english) for block in used.block}, grades=used.falling,
        known=known, stale=frozenset(name for name, fact in known.items() if FACTS[name].stale(fact.as_of, desk.today)), missing=tuple((fact, supply(sheet.facts[fact])) for fact in sheet.missing), ceiling=assessment.ceiling,
        assessed_at=assessment.assessed_at, ways=ways(case_of(desk, assessment)), flags=flags.of(desk, need.id),
        others=tuple((key, at, total) for key, at, total in desk.session.execute(others.order_by(Assessment.assessed_at.desc()))),
    )  # fmt: skip


def latest(desk: Desk, need: Need) -> Assessment | None:
    """The last score of a need, or None."""
    found = desk.all(Assessment, Assessment.need_id == need.id, by=Assessment.assessed_at.desc())
    return found[0] if found else None
