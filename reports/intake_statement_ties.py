"""The sums of statements tried on their cells (勾稽核对): what does not hold is named by sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reports.intake_findings import Report, Said
from reports.intake_statement_cells import Cell, Section
from scoring.statement_lines import LINES, Standard, Unit
from scoring.statements import Check, Step, checks, hints, opening_breaks

Filed = Mapping[int, Mapping[str, int]]
MOST_STEPS = 5  # differences against an earlier paper that are named one by one
MOST_BLANK = 6  # lines left blank that are named one by one
HINTS = {"equity": "equity_step", "opening_cash": "cash_step", "closing_cash": "cash_sheet"}


@dataclass(frozen=True, slots=True)
class Told:
    """What one statement tells of one year: its columns for it (`back`), how many years before its own, and the amounts."""

    section: Section
    back: int
    year: int
    age: int
    cells: dict[str, Cell]

    @property
    def fen(self) -> dict[str, int]:
        return {code: cell.fen for code, cell in self.cells.items()}

    def at(self, code: str) -> tuple[str, int | None, str, str]:
        """Sheet, row, column and name of a line, whether or not an amount stands there."""
        return (self.section.sheet, *self.section.place(code, self.back), LINES[code].term)


@dataclass(frozen=True, slots=True)
class Tried:
    """One sum that was tried and holds: year, total, in fen as stated and as added up, and the cell of the total.

    `stated` or `computed` is None where too little stands on the sheet to decide.
    """

    year: int
    key: str
    total: str
    stated: int | None
    computed: int | None
    place: str


def tie(
    told: Iterable[Told], standard: Standard, unit: Unit, report: Report, filed: Filed = MappingProxyType({})
) -> tuple[dict[int, dict[str, int]], tuple[Tried, ...]]:
    """Lines by year and code, and every sum tried; what does not hold is refused at the cell of its total.

    `filed`: lines by year as handed in earlier. Of several statements that tell of one year its own counts; `unit` is what amounts are told in.
    """
    lines: dict[int, dict[str, int]] = {}
    tried: list[Tried] = []
    own: dict[tuple[int, str], Told] = {}
    for each in sorted(told, key=lambda one: (one.year, one.age)):
        first = own.setdefault((each.year, each.section.kind), each)
        if first is each:
            lines.setdefault(each.year, {}).update(each.fen)
        else:
            _compare(first, each, unit, report)
        if each.age and each.section.kind == "balance":
            _compare_filed(each, filed.get(each.year, {}), unit, report)
        tried += _sums(each, standard, unit, report)
    for year in lines:
        _hints(year, own, lines, unit, report)
    return lines, tuple(tried)


def _sums(told: Told, standard: Standard, unit: Unit, report: Report) -> list[Tried]:
    amounts, shown = told.fen, told.section.rows
    found: list[Tried] = []
    for check in checks(amounts, standard, shown=shown, grain=_grain(amounts, unit)):
        if check.identity.total in shown:
            _judge(check, told, unit, report)
            sheet, row, column, _ = told.at(check.identity.total)
            place = f"{sheet} {column}{row}"
            found.append(Tried(told.year, check.identity.key, check.identity.total, check.stated, _known(check), place))
    return found


def _known(check: Check) -> int | None:
    return None if check.excess_only else check.computed


def _grain(amounts: Mapping[str, int], unit: Unit) -> int:
    """The step of rounded figures: yuan are exact to the fen, larger units as far as they are written out."""
    steps = () if unit is Unit.YUAN else (unit.fen, unit.fen // 10, unit.fen // 100)
    return next((step for step in steps if all(amount % step == 0 for amount in amounts.values())), 1)


def _judge(check: Check, told: Told, unit: Unit, report: Report) -> None:
    at, says = told.at(check.identity.total), (check.identity.says, check.identity.english)
    computed = amount(check.computed, unit)
    if check.stated is None:
        if _known(check) is not None:
            report.note(*at, "total_blank", {"says": says, "computed": computed})
        return
    said: dict[str, Said] = {"says": says, **_step(check, check.stated, check.computed, unit)}
    if not check.holds:
        places = [f"{cell.column}{cell.row}" for code in check.identity.parts if (cell := told.cells.get(code))]
        cells = "、".join([f"{at[2]}{at[1]}", *places])
        code = "parts_exceed" if check.excess_only else "does_not_tie"
        report.refuse(*at, code, {**said, "cells": cells, "blank": _blank(check, told)})
    elif check.difference and _known(check) is not None:
        report.note(*at, "rounding", said)


def _blank(check: Check, told: Told) -> tuple[str, str]:
    """The lines of the sum that were left blank, with their cells: perhaps one of them is what is missing."""
    if not check.blank:
        return "", ""
    named = [
        (LINES[code], f"{column}{row}") for code in check.blank[:MOST_BLANK] for _, row, column, _ in [told.at(code)]
    ]
    chinese = "、".join(f"{line.term} {cell}" for line, cell in named)
    english = ", ".join(f"{line.english} {cell}" for line, cell in named)
    more, further = ("等", " and others") if len(check.blank) > MOST_BLANK else ("", "")
    return f"，以及空着的 {chinese}{more}", f", and the blank {english}{further}"


def _compare(own: Told, later: Told, unit: Unit, report: Report) -> None:
    """A later statement against the year's own: balances must agree, the first flow that differs is mentioned."""
    if own.section.kind == "balance":
        for step in opening_breaks(later.fen, own.fen):
            said = _step(step, step.now, step.before, unit)
            report.refuse(*later.at(step.code), "opening_differs", {**said, "cells": own.cells[step.code].place})
        return
    mine, theirs = own.fen, later.fen
    for code in [code for code in theirs if mine.get(code, theirs[code]) != theirs[code]][:1]:
        step = Step(code, theirs[code], code, mine[code])
        said = _step(step, step.now, step.before, unit)
        report.note(*later.at(code), "comparative_differs", {**said, "cells": own.cells[code].place})


def _compare_filed(told: Told, filed: Mapping[str, int], unit: Unit, report: Report) -> None:
    """An opening balance against what was handed in for that year earlier: a restatement is lawful, so it is only mentioned."""
    for step in opening_breaks(told.fen, filed)[:MOST_STEPS]:
        report.note(
            *told.at(step.code), "filed_differs", {**_step(step, step.now, step.before, unit), "year": str(told.year)}
        )


def _hints(
    year: int, own: Mapping[tuple[int, str], Told], lines: Mapping[int, Mapping[str, int]], unit: Unit, report: Report
) -> None:
    for step in hints(lines[year], lines.get(year - 1, {})):
        told = own[year, LINES[step.code].sheet]
        report.note(*told.at(step.code), HINTS[step.code], _step(step, step.now, step.before, unit))


def _step(step: Step | Check, stated: int, computed: int | None, unit: Unit) -> dict[str, Said]:
    difference = amount(abs(step.difference), unit)
    return {"stated": amount(stated, unit), "computed": amount(computed, unit), "difference": difference}


def amount(fen: int | None, unit: Unit) -> str:
    """An amount in the unit of the sheet, to the fen: 1,234.50 元."""
    if fen is None:
        return "—"
    whole, rest = divmod(abs(fen), unit.fen)
    digits = f"{rest:0{len(str(unit.fen)) - 1}d}".rstrip("0").ljust(2, "0")
    return f"{'-' if fen < 0 else ''}{whole:,}.{digits} {unit.term}"
