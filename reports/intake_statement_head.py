"""What stands above a statement (报表表头): which statement, year, unit, standard, whose; and the columns of its periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from reports.headings import plain
from scoring.statement_lines import Standard, Unit

BRACKETS = re.compile(r"\([^)]*\)")
YEAR_HEADING = re.compile(r"^(20\d\d)年?(?:度|年?末|12月31日)?(?:期末)?(?:金额|余额|数)?$")
PERIOD = re.compile(
    r"(?:所属期|会计期间|报表期间)[^0-9]{0,8}(20\d\d)[-年./](\d{1,2})[-月./](\d{1,2})日?[^0-9]{1,12}(20\d\d)[-年./](\d{1,2})[-月./](\d{1,2})"
)
LAST_DAY = re.compile(r"所属期止[^0-9]{0,3}(20\d\d)[-年./](\d{1,2})[-月./](\d{1,2})")
DAY = re.compile(r"(20\d\d)[-年./](\d{1,2})[-月./](\d{1,2})日?")
YEAR = re.compile(r"(20\d\d)年度|年度[:|]*(20\d\d)|(20\d\d)年(?!\d)")
UNIT = re.compile(r"(?<!编制)(?<!填报)(?<!报送)(?<!申报)单位[:|]*(?:人民币)?(元|千元|万元)(?![\u4e00-\u9fff])")
TAXPAYER = re.compile(
    r"(?:纳税人识别号|统一社会信用代码|社会信用代码)[^0-9A-Z]{0,12}([0-9A-HJ-NPQRTUWXY]{18}|[0-9]{15})"
)
UNITS = {unit.term: unit for unit in Unit}
STANDARDS = {
    Standard.SMALL: re.compile(r"小企业会计准则|会小企"),
    Standard.GENERAL: re.compile(r"(?<!小)企业会计准则|会企\d|一般企业"),
}

NAMES = {"项目", "项目名称", "报表项目", "资产", "资产项目", "负债和所有者权益", "负债及所有者权益", "负债和股东权益", "负债及股东权益",
         "负债和所有者权益项目", "负债及所有者权益项目"}  # fmt: skip
ASIDE = {"补充资料"}
NUMBERS = {"行次", "行号", "栏次"}
#: Headings by how many years back they tell of; of two for the same year the one named first counts.
PERIODS: tuple[tuple[str, ...], ...] = (
    ("期末余额", "期末数", "期末金额", "年末余额", "年末数", "期末", "本年累计金额", "本年累计数", "本年累计", "本年累计发生额",
     "本年金额", "本年数", "本年发生额", "本期金额", "本期数", "本期发生额", "本期"),
    ("年初余额", "年初数", "期初余额", "期初数", "期初金额", "上年年末余额", "上年年末数", "上年末余额", "期初", "年初", "上年金额",
     "上年累计金额", "上年累计数", "上年同期累计金额", "上年同期累计数", "上年同期累计", "上年累计", "上年数", "上年发生额",
     "上年同期金额", "上期金额", "上期数", "上期发生额", "上期"),
    ("上年年初余额", "上年年初数", "前年年末余额", "前年金额", "前年数"),
)  # fmt: skip
#: Headings of amounts that are not of a whole year.
PARTIAL = {"本月金额", "本月数", "本月", "本季金额", "本季数", "上年同月金额"}


@dataclass(frozen=True, slots=True)
class Head:
    """What is said above the header and in the name of the sheet; None where it is silent."""

    year: int | None
    ends: date | None
    unit: Unit | None
    standard: Standard | None
    taxpayer: str | None


@dataclass(slots=True)
class Block:
    """A list of lines: columns from its names up to the next heading, and years back (or the year itself) -> column."""

    names: range
    periods: dict[int, int] = field(default_factory=dict)
    partial: list[int] = field(default_factory=list)


def read_head(texts: Sequence[str], sheet: str) -> Head:
    """Read the cells above a header, in their order; what the sheet's own name says counts where they are silent."""
    above = "|".join(plain(text) for text in texts)
    whole = f"{above}|{plain(sheet)}"
    units = UNIT.findall(above)
    standards = [standard for standard, mark in STANDARDS.items() if mark.search(whole)]
    taxpayer = TAXPAYER.search(above.upper())
    ends = _ends(above)
    return Head(
        year=ends.year if ends else _year(above) or _year(plain(sheet)) or _bare(plain(sheet)),
        ends=ends,
        unit=UNITS[units[-1]] if units else None,
        standard=standards[0] if len(standards) == 1 else None,
        taxpayer=taxpayer[1] if taxpayer else None,
    )


def _ends(text: str) -> date | None:
    """The last day the statement tells of: the end of the tax period, else the last day named that is not a filing day."""
    for found in (*PERIOD.finditer(text), *LAST_DAY.finditer(text)):
        return _day(found.groups()[-3:])
    named = re.sub(r"(?:填报|报送|申报|打印|导出|报出|受理)(?:日期|时间)[^0-9]{0,3}" + DAY.pattern, "", text)
    days = [day for found in DAY.finditer(named) if (day := _day(found.groups()))]
    return days[-1] if days else None


def _day(parts: Sequence[str]) -> date | None:
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def _year(text: str) -> int | None:
    found = YEAR.search(text)
    return int(next(filter(None, found.groups()))) if found else None


def _bare(name: str) -> int | None:
    """A year that stands alone in the name of a sheet, such as 利润表2025."""
    found = re.search(r"(?<!\d)(20\d\d)(?!\d)", name)
    return int(found[1]) if found else None


def heading(cell: object) -> str:
    return BRACKETS.sub("", plain(cell))


def blocks(names: Sequence[object], below: Sequence[object]) -> list[Block]:
    """The lists that stand side by side under a header row; its periods may stand in the row below it."""
    starts = [at for at, cell in enumerate(names) if heading(cell) in NAMES | ASIDE]
    found: list[Block] = []
    for start, stop in pairwise([*starts, len(names)]):
        if heading(names[start]) in NAMES:
            block = _block(names, start, stop)
            found.append(block if block.periods else _block(below, start, stop))
    return [block for block in found if block.periods]


def _block(cells: Sequence[object], start: int, stop: int) -> Block:
    block, best, first = Block(range(start, start + 1)), dict[int, int](), stop
    for at in range(start + 1, stop):
        text = heading(cells[at])
        if text in NUMBERS or (text and text in PARTIAL):
            first = min(first, at)
            block.partial += [at] if text in PARTIAL else []
        elif (told := _period(text)) is not None:
            first = min(first, at)
            back, rank = told
            if rank < best.get(back, rank + 1):
                best[back], block.periods[back] = rank, at
    block.names = range(start, max(first, start + 1))
    return block


def _period(text: str) -> tuple[int, int] | None:
    """How many years back, or which year, and how firmly the heading says so (0 is best)."""
    if year := YEAR_HEADING.match(text):
        return int(year[1]), 0
    return next(((back, headings.index(text)) for back, headings in enumerate(PERIODS) if text in headings), None)
