"""Financial statements handed in (财务报表读取): our template or the tax office's forms, as lines by year and code, in fen.

Year and unit are read from the sheets or asked, never guessed; every sum is tried; one wrong cell and nothing is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from financing.file_refusals import ColumnMissing, SheetMissing
from reports.headings import plain
from reports.intake_findings import Finding, Report
from reports.intake_statement_cells import TITLES, Part, Section, kind_of, parts, read_part, standard_votes
from reports.intake_statement_ties import Filed, Told, Tried, tie
from reports.sheets import Book
from scoring.statement_lines import Standard, Unit

__all__ = ["SHEETS", "Asked", "ReadColumn", "StatementBook", "Unit", "read_statements"]

SHEETS = {title: kind for kind, title in TITLES.items()}
NEEDED = ("balance", "income")
YEAR_END = (12, 31)
FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known beside the book: year, unit, whose it should be, the last year possible, lines by year filed earlier."""

    year: int | None = None
    unit: Unit | None = None
    taxpayer: str | None = None
    latest: int = 2100
    filed: Filed = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """One column that was read: sheet, statement, its letter, the year it tells of, and how many amounts stood in it."""

    sheet: str
    kind: str
    column: str
    year: int
    count: int


@dataclass(frozen=True, slots=True)
class StatementBook:
    """Lines by year and code in fen, under which standard and unit they were read, from which columns, and what was tried."""

    years: dict[int, dict[str, int]]
    standard: Standard
    unit: Unit
    columns: tuple[ReadColumn, ...]
    tried: tuple[Tried, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A section with the year its own column tells of."""

    section: Section
    year: int

    @property
    def told(self) -> list[Told]:
        """What it tells of each year."""
        section = self.section
        years = {back if back > FIRST_YEAR else self.year - back: back for back in section.amounts}
        return [Told(section, back, year, self.year - year, section.amounts[back]) for year, back in years.items()]


def read_statements(book: Book, asked: Asked | None = None) -> StatementBook:
    """Lines by year from our template or the tax office's forms; an empty cell is absent, not zero.

    Raises WorkbookRefused (facts: errors, findings) when any cell is wrong, a sum does not hold or year or unit is not
    known; SheetMissing, ColumnMissing.
    """
    asked, report = asked or Asked(), Report()
    found = _statements(book, report)
    standard, unit = _standard(found, report), _unit(found, asked, report)
    sections = [read_part(part, kind, standard, (unit or Unit.YUAN).fen, report) for part, kind in found]
    _same_firm(found, asked, report)
    read = _dated(sections, asked, report)
    if read and not report.errors:
        _whole(read, report)
    report.settle()  # without sound cells no sum is worth trying
    if unit is None or not read:
        raise AssertionError("an unknown unit or year is an error of its own")
    years, tried = tie([told for each in read for told in each.told], standard, unit, report, asked.filed)
    return StatementBook(years, standard, unit, tuple(_columns(read)), tried, report.settle())


def _statements(book: Book, report: Report) -> list[tuple[Part, str]]:
    found: list[tuple[Part, str]] = []
    for part in parts(book):
        if kind := kind_of(part):
            found.append((part, kind))
        elif any(plain(part.sheet).startswith(title) for title in TITLES.values()):
            report.refuse(part.sheet, None, "", None, "no_lines")
        else:
            report.note(part.sheet, None, "", None, "sheet_skipped")
    _present(book, {kind for _, kind in found} | {SHEETS[t] for t in SHEETS if report.errors})
    for part, _ in found:
        partial = [at for block in part.blocks for at in block.partial]
        if partial:
            report.note(part.sheet, None, part.letters[partial[0]], part.letters[partial[0]], "column_skipped")
    return found


def _present(book: Book, kinds: set[str]) -> None:
    """A statement that is missing, or that stands on a sheet of its name without the columns we read."""
    for kind in NEEDED:
        if kind not in kinds:
            named = [sheet for sheet in book.sheets if TITLES[kind] in plain(sheet)]
            if named:
                frame = book.sheets[named[0]].head(10).drop("row")
                texts = tuple(cell for row in frame.iter_rows() for cell in row if cell)
                raise ColumnMissing(sheet=named[0], column="项目、期末余额或本年累计金额", found=texts[:12])
            raise SheetMissing(needed=TITLES[kind], found=tuple(book.sheets))


def _standard(found: Sequence[tuple[Part, str]], report: Report) -> Standard:
    """As the sheets say, else by the names that only one standard uses."""
    said = {part.head.standard: part.sheet for part, _ in found if part.head.standard}
    if len(said) > 1:
        report.refuse(list(said.values())[-1], None, "", None, "standards_differ")
    if said:
        return next(iter(said))
    votes = standard_votes([part for part, _ in found])
    if votes[Standard.SMALL] == votes[Standard.GENERAL]:
        report.note(found[0][0].sheet, None, "", None, "standard_assumed")
        return Standard.SMALL
    return max(Standard, key=lambda standard: votes[standard])


def _unit(found: Sequence[tuple[Part, str]], asked: Asked, report: Report) -> Unit | None:
    """As the sheets say, else as the person says; None, and an error, when nobody says or they do not agree."""
    said = {part.head.unit: part.sheet for part, _ in found if part.head.unit}
    if len(said) > 1:
        report.refuse(list(said.values())[-1], None, "", "、".join(unit.term for unit in said), "units_differ")
        return None
    stated = next(iter(said), None)
    if stated is None and asked.unit is None:
        report.refuse(found[0][0].sheet, None, "", None, "unit_unknown")
    if stated and asked.unit and stated is not asked.unit:
        report.refuse(said[stated], None, "", stated.term, "unit_differs", {"asked": asked.unit.term})
    if stated and not asked.unit:
        for sheet in dict.fromkeys(part.sheet for part, _ in found if not part.head.unit):
            report.note(sheet, None, "", stated.term, "unit_from_other_sheet")
    return stated or asked.unit


def _same_firm(found: Sequence[tuple[Part, str]], asked: Asked, report: Report) -> None:
    for part, _ in found:
        code = part.head.taxpayer
        # A tax number of fifteen digits is older than the credit code and tells nothing about it.
        if asked.taxpayer and code and len(code) == len(asked.taxpayer) and code != asked.taxpayer:
            report.refuse(part.sheet, None, "", code, "other_taxpayer")


def _dated(sections: Sequence[Section], asked: Asked, report: Report) -> list[_Read]:
    """Each statement with its year: what it says, what its columns say, or what the person says."""
    read: list[_Read] = []
    for section in sections:
        year = _own_year(section, report) or asked.year
        if year is None:
            report.refuse(section.sheet, None, "", None, "year_unknown")
        elif not FIRST_YEAR < year <= asked.latest:
            report.refuse(section.sheet, None, "", year, "year_out_of_range")
        else:
            read.append(_Read(section, year))
    latest = max((each.year for each in read), default=None)
    if latest is not None and asked.year not in {None, latest}:
        last = next(each.section.sheet for each in read if each.year == latest)
        report.refuse(last, None, "", latest, "year_differs", {"asked": str(asked.year)})
    return read


def _own_year(section: Section, report: Report) -> int | None:
    ends: date | None = section.head.ends
    if ends and (ends.month, ends.day) != YEAR_END:
        report.refuse(section.sheet, None, "", ends.isoformat(), "not_a_year")
    named = [back for back in section.columns if back > FIRST_YEAR]
    return max(named) if named else section.head.year


def _whole(read: Sequence[_Read], report: Report) -> None:
    """The latest year has a balance sheet and an income statement of its own, and no statement stands there twice."""
    latest = max(each.year for each in read)
    here = {each.section.kind for each in read if each.year == latest}
    if missing := [TITLES[kind] for kind in NEEDED if kind not in here]:
        report.refuse(
            read[0].section.sheet, None, "", None, "other_years", {"year": str(latest), "missing": "、".join(missing)}
        )
    seen: set[tuple[str, int]] = set()
    for each in read:
        key = (each.section.kind, each.year)
        if key in seen:
            report.refuse(each.section.sheet, None, "", TITLES[key[0]], "sheet_twice", {"year": str(key[1])})
        seen.add(key)


def _columns(read: Sequence[_Read]) -> Iterator[ReadColumn]:
    for told in (told for each in read for told in each.told):
        for column, count in Counter(cell.column for cell in told.cells.values()).items():
            yield ReadColumn(told.section.sheet, told.section.kind, column, told.year, count)
