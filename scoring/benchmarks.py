"""What is usual in an industry (企业绩效评价标准值): a table of five values by year, industry, size and indicator, and a mark from it.

The five grades and their coefficients are those of 中央企业综合绩效评价实施细则 (国资发评价〔2006〕157号), Art. 17: 优秀 1.0, 良好 0.8,
平均 0.6, 较低 0.4, 较差 0.2, below that 0. Between two grades the mark is interpolated. The values themselves are published
yearly and are not shipped here; a zone imports the rows it has the right to use.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from io import StringIO

from scoring.ratios import RULES

GRADES = ("优秀", "良好", "平均", "较低", "较差")
COLUMNS = ("year", "industry", "size", "indicator", "excellent", "good", "average", "low", "poor")
HEADINGS = ("年度", "行业", "规模", "指标", *GRADES)
COEFFICIENTS = tuple(Fraction(step, 5) for step in range(5, 0, -1))
FIRST_YEAR, LAST_YEAR = 2000, 2100

Key = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True)
class TableFault:
    """One row that cannot be taken: its line in the file, the column, what stands there and what to do."""

    line: int
    column: str
    value: str
    says: str


class BenchmarkFaults(ValueError):
    """The table is not taken; every fault is told with its line and column."""

    def __init__(self, faults: Sequence[TableFault]) -> None:
        super().__init__("；".join(f"第 {one.line} 行“{one.column}”：{one.says}" for one in faults))
        self.code = "bad_benchmarks"
        self.facts = {"faults": tuple(faults)}


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The five values of one indicator, best first; falling for what should be high, rising for what should be low."""

    anchors: tuple[Decimal, ...]

    def share(self, value: Decimal) -> Fraction:
        """Which part of the full mark a value earns, 0 to 1: at or beyond the best all, worse than the worst none."""
        upward = self.anchors[0] >= self.anchors[-1]
        points = [(Fraction(anchor) * (1 if upward else -1)) for anchor in self.anchors]
        at = Fraction(value) * (1 if upward else -1)
        if at >= points[0]:
            return COEFFICIENTS[0]
        for place in range(1, len(points)):
            if at >= points[place]:
                part = (at - points[place]) / (points[place - 1] - points[place])
                return COEFFICIENTS[place] + part * (COEFFICIENTS[place - 1] - COEFFICIENTS[place])
        return Fraction(0)

    def points(self, value: Decimal | None, full: int) -> int:
        """Whole points of a full mark, halves up; a missing value earns nothing."""
        return 0 if value is None else int(self.share(value) * full + Fraction(1, 2))


def find(table: Mapping[Key, Benchmark], year: int, industry: str, size: str, indicator: str) -> Benchmark | None:
    """The row for a firm: the latest year not after the statements; None where the table has none, then fixed bands count."""
    years = [key[0] for key in table if key[1:] == (industry, size, indicator) and key[0] <= year]
    return table[max(years), industry, size, indicator] if years else None


def read_table(text: str) -> dict[Key, Benchmark]:
    """A CSV table with the columns 年度, 行业, 规模, 指标 and the five values (or their English names); raises BenchmarkFaults.

    `indicator` is a fact's name such as debt_ratio; values are in the fact's unit. All or nothing.
    """
    rows = csv.reader(StringIO(text.removeprefix("\ufeff")))
    head = [cell.strip() for cell in next(rows, [])]
    for names in (COLUMNS, HEADINGS):
        if set(names) <= set(head):
            places = [head.index(name) for name in names]
            return _rows(((rows.line_num, row) for row in rows if any(row)), places, names)
    raise BenchmarkFaults([TableFault(1, "", "、".join(head), f"表头应有：{'、'.join(HEADINGS)}")])


def _rows(rows: Iterable[tuple[int, list[str]]], places: Sequence[int], names: Sequence[str]) -> dict[Key, Benchmark]:
    found: dict[Key, Benchmark] = {}
    faults: list[TableFault] = []
    for line, row in rows:
        cells = [row[at].strip() if at < len(row) else "" for at in places]
        wrong = _faults(line, cells, names)
        key = None if wrong else (int(cells[0]), cells[1], cells[2], cells[3])
        if key in found:
            wrong = [TableFault(line, names[3], cells[3], "同一年度、行业、规模的指标出现两次，请只保留一行")]
        faults += wrong
        if key is not None and not wrong:
            found[key] = Benchmark(tuple(Decimal(cell) for cell in cells[4:]))
    if faults:
        raise BenchmarkFaults(faults)
    return found


def _faults(line: int, cells: Sequence[str], names: Sequence[str]) -> list[TableFault]:
    faults: list[TableFault] = []
    if not (cells[0].isascii() and cells[0].isdecimal() and FIRST_YEAR < int(cells[0]) <= LAST_YEAR):
        faults.append(TableFault(line, names[0], cells[0], "请填四位年份"))
    faults += [TableFault(line, names[at], "", "请填写") for at in (1, 2) if not cells[at]]
    if cells[3] not in RULES:
        faults.append(TableFault(line, names[3], cells[3], "不是本平台的财务比率，请填如 debt_ratio"))
    anchors = [_number(cell) for cell in cells[4:]]
    wrong = [at for at, anchor in enumerate(anchors) if anchor is None]
    faults += [TableFault(line, names[4 + at], cells[4 + at], "请填数字") for at in wrong]
    stated = [anchor for anchor in anchors if anchor is not None]
    if (not wrong and stated not in (sorted(stated), sorted(stated, reverse=True))) or len(set(stated)) == 1:
        faults.append(TableFault(line, names[4], "、".join(cells[4:]), "五个值应从优秀到较差依次变差"))
    return faults


def _number(cell: str) -> Decimal | None:
    try:
        number = Decimal(cell)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
