"""What was read from a statement book (读取结果): its columns, the sums tried with their cells, ratios and lines by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from financing.credit import books
from financing.desk import Desk
from financing.papers.model import Paper
from financing.refusals import NotFound
from scoring.facts import FACTS, Fact
from scoring.ratios import ratios
from scoring.statement_lines import LINES, SHEETS, Identity, Standard, StatementLine, Unit, form, identities
from scoring.statements import Statement
from web import intake


@dataclass(frozen=True, slots=True)
class Tie:
    """One sum: the year, the identity in words, the cell of its total, fen as stated and as added up; `state` says how it went."""

    year: int
    identity: Identity
    place: str
    stated: int | None
    computed: int | None

    @property
    def state(self) -> str:
        if self.stated is None or self.computed is None:
            return "open"
        return "holds" if self.stated == self.computed else "rounded"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number on the standard's form (0: none) and its amounts in fen by year."""

    line: StatementLine
    number: int
    amounts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement book as it was read; years in order, ratios as shown text by year."""

    paper: int
    name: str
    firm_id: int
    standard: Standard
    unit: Unit
    columns: tuple[Mapping[str, Any], ...]
    years: tuple[int, ...]
    ties: tuple[Tie, ...]
    ratios: tuple[tuple[Fact, tuple[Any, ...]], ...]
    sheets: Mapping[str, tuple[Line, ...]]

    @property
    def undecided(self) -> int:
        return sum(tie.state == "open" for tie in self.ties)


def of(desk: Desk, paper: Paper) -> Reading:
    """The reading of one paper; NotFound for a paper that was not read as statements."""
    read = intake.reading(paper.finding)
    if read is None:
        raise NotFound(kind="reading")
    standard = Standard(read["standard"])
    told = books.of_paper(desk, paper)
    by_key = {identity.key: identity for identity in identities(standard)}
    ties = (Tie(t["year"], by_key[t["key"]], t["place"], t["stated"], t["computed"]) for t in read["tried"])
    return Reading(
        paper=paper.id,
        name=paper.name,
        firm_id=paper.firm_id,
        standard=standard,
        unit=Unit(read["unit"]),
        columns=tuple(read["columns"]),
        years=tuple(told),
        ties=tuple(sorted(ties, key=lambda tie: -tie.year)),
        ratios=_ratios(told),
        sheets={sheet: lines for sheet in SHEETS if (lines := _lines(told, standard, sheet))},
    )


def _ratios(told: Mapping[int, Statement]) -> tuple[tuple[Fact, tuple[Any, ...]], ...]:
    years = [ratios(told[year], told.get(year - 1), told.get(year - 2)) for year in told]
    return tuple((FACTS[name], tuple(found[name] for found in years)) for name in (years[0] if years else ()))


def _lines(told: Mapping[int, Statement], standard: Standard, sheet: str) -> tuple[Line, ...]:
    on_form = form(standard, sheet)
    others = (line for line in LINES.values() if line.sheet == sheet and line not in on_form)
    lines = [
        Line(
            line,
            line.places[standard].number if standard in line.places else 0,
            tuple(year.get(line.code) for year in told.values()),
        )
        for line in (*on_form, *others)
    ]
    return tuple(line for line in lines if any(amount is not None for amount in line.amounts))
