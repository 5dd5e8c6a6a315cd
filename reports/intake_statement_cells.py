"""The lines of one statement on a sheet (报表取数): which row is which line, and its amounts in fen with their cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from financing.money import LARGEST
from reports.intake_findings import Report
from reports.intake_statement_head import ASIDE, NAMES, Block, Head, blocks, heading, read_head
from reports.sheets import Book
from scoring.statement_lines import LINES, SHEETS, Standard, line_name, names, telling

ABOVE = 12  # rows above a header that may say what the sheet is
TITLES = {"balance": "资产负债表", "income": "利润表", "cash": "现金流量表"}
ENDS = (*TITLES.values(), *ASIDE)
OTHER_TITLES = re.compile(r"权益变动|附注|明细表|主要税金|科目余额|填写说明|说明")
BLANK = {"", "-", "--", "---", "—", "——", "―", "――", "/", "\\", "无"}
PLAIN = re.compile(r"^-?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d{1,2})?$")
NOISE = Decimal("0.0001")  # fen: what a spreadsheet's binary numbers add
IMPAIRMENTS = {"credit_impairment", "asset_impairment"}
GAINS = {"other_income", "investment_income", "fair_value_income", "disposal_income"}


@dataclass(frozen=True, slots=True)
class Cell:
    """An amount in fen and where it stands."""

    fen: int
    sheet: str
    row: int
    column: str

    @property
    def place(self) -> str:
        return f"{self.sheet} {self.column}{self.row}"


@dataclass(slots=True)
class Section:
    """One statement on a sheet: what its head says, which rows are lines, and amounts by years back (or year) and line."""

    sheet: str
    kind: str
    head: Head
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[int, dict[str, str]] = field(default_factory=dict)
    amounts: dict[int, dict[str, Cell]] = field(default_factory=dict)
    rounded: list[tuple[int | None, str, str | None]] = field(default_factory=list)

    def place(self, code: str, back: int) -> tuple[int | None, str]:
        """Row and column where a line stands, or would stand, for that period."""
        return self.rows.get(code), self.columns.get(back, {}).get(code, "")


Rows = Sequence[tuple[int, Sequence[str | None]]]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a sheet from one header to the next, not yet read."""

    sheet: str
    letters: Sequence[str]
    head: Head
    blocks: Sequence[Block]
    rows: Rows

    @property
    def lines(self) -> Iterator[tuple[Block, int, str, Sequence[str | None]]]:
        for row, cells in self.rows:
            for block in self.blocks:
                text = next((text for at in block.names if (text := (cells[at] or "").strip())), "")
                if text:
                    yield block, row, text, cells


def letter(name: str) -> str:
    """The spreadsheet's letters of column cN."""
    at, letters = int(name[1:]) + 1, ""
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parts(book: Book) -> Iterator[Part]:
    """Every list of lines in a book, however many stand below or beside each other on a sheet."""
    for sheet, frame in book.sheets.items():
        letters = [letter(name) for name in frame.columns[1:]]
        rows = [(row, cells) for row, *cells in frame.iter_rows()]
        starts = [(at, found) for at in range(len(rows)) if (found := _blocks_at(rows, at))]
        for (at, found), (stop, _) in pairwise([*starts, (len(rows), [])]):
            yield Part(sheet, letters, read_head(_above(rows, at), sheet), found, _body(rows[at + 1 : stop]))


def _blocks_at(rows: Rows, at: int) -> list[Block]:
    cells = rows[at][1]
    if not any(cell and heading(cell) in NAMES for cell in cells):
        return []
    return blocks(cells, rows[at + 1][1] if at + 1 < len(rows) else [None] * len(cells))


def _above(rows: Rows, at: int) -> list[str]:
    return [cell for _, cells in rows[max(0, at - ABOVE) : at] for cell in cells if cell]


def _body(rows: Rows) -> Rows:
    """The rows up to where notes to the statement, or the title of the next one, begin."""
    ends = (at for at, (_, cells) in enumerate(rows) if any(heading(cell).startswith(ENDS) for cell in cells))
    return rows[: next(ends, len(rows))]


def kind_of(part: Part) -> str | None:
    """Which statement a list is, by the names of its lines; None for another kind of sheet."""
    if OTHER_TITLES.search(part.sheet):
        return None
    found = {line_name(text) for _, _, text, _ in part.lines}
    best = max(SHEETS, key=lambda kind: len(found & names(kind).keys()))
    return best if found & names(best).keys() else None


def standard_votes(found: Sequence[Part]) -> dict[Standard, int]:
    """How many lines bear a name that only the one standard uses."""
    texts = {line_name(text) for part in found for _, _, text, _ in part.lines}
    return {standard: len(texts & telling(standard)) for standard in Standard}


def read_part(part: Part, kind: str, standard: Standard, fen: int, report: Report) -> Section:
    """Read every line of a list; wrong cells and odd ones go to the report. `fen`: how many one unit of its amounts is."""
    section = Section(part.sheet, kind, part.head)
    unknown: list[tuple[int, str]] = []
    for block, row, text, cells in part.lines:
        stated = {back: cells[at] for back, at in block.periods.items() if (cells[at] or "").strip() not in BLANK}
        code = _code(line_name(text), kind, standard, section)
        if code is None:
            unknown += [(row, text)] if stated else []
        elif code in section.rows:
            report.refuse(part.sheet, row, part.letters[block.names[0]], text, "line_twice")
        else:
            _take(section, code, row, block, part.letters)
            _amounts(section, code, stated, fen, report)
    if section.rounded:
        report.note(part.sheet, *section.rounded[0], "amount_rounded", count=len(section.rounded))
    if unknown:
        report.note(part.sheet, unknown[0][0], part.letters[0], unknown[0][1], "unknown_line", count=len(unknown))
    if not section.rows:
        report.refuse(part.sheet, None, "", None, "no_lines")
    _turn_losses(section, report)
    return section


def _code(name: str, kind: str, standard: Standard, section: Section) -> str | None:
    """The line a name stands for: of two that share it, the one of this standard whose whole was met last."""
    codes = names(kind).get(name, ())
    if len(codes) < 2:
        return codes[0] if codes else None
    on_form = [code for code in codes if standard in LINES[code].places] or list(codes)
    under = [code for code in on_form if LINES[code].places[standard].into in section.rows]
    return (under or on_form)[-1]


def _take(section: Section, code: str, row: int, block: Block, letters: Sequence[str]) -> None:
    section.rows[code] = row
    for back, at in block.periods.items():
        section.columns.setdefault(back, {})[code] = letters[at]


def _amounts(section: Section, code: str, stated: dict[int, str | None], fen: int, report: Report) -> None:
    for back, text in stated.items():
        row, column = section.place(code, back)
        amount = amount_of(text or "", fen)
        if amount is None:
            report.refuse(section.sheet, row, column, text, "not_an_amount")
            continue
        whole = int(amount.to_integral_value(ROUND_HALF_UP))
        if abs(amount - whole) > NOISE:
            section.rounded.append((row, column, text))
        section.amounts.setdefault(back, {})[code] = Cell(whole, section.sheet, row or 0, column)


def amount_of(text: str, fen: int) -> Decimal | None:
    """An amount in fen as people write it: 1,234.50, ￥1234.5, (1,234.50) or －1234.5 below zero; None when it is none."""
    text = unicodedata.normalize("NFKC", text).replace("−", "-")
    text = re.sub(r"\s|^[¥元]|元$", "", text).replace("¥", "")
    text = re.sub(r"^\((.+)\)$", r"-\1", text)
    if not PLAIN.match(text) or not any(letter.isdigit() for letter in text):
        return None
    amount = Decimal(text.replace(",", "")) * fen
    return amount if abs(amount) <= LARGEST else None


def _turn_losses(section: Section, report: Report) -> None:
    """Forms before 2019 list impairment among the deductions, as a positive amount; it is kept as the loss it is."""
    gains = [row for code, row in section.rows.items() if code in GAINS]
    for code in sorted(IMPAIRMENTS & section.rows.keys()):
        row = section.rows[code]
        if gains and row < min(gains):
            report.note(section.sheet, row, "", LINES[code].term, "loss_turned")
            for amounts in section.amounts.values():
                if cell := amounts.get(code):
                    amounts[code] = Cell(-cell.fen, cell.sheet, cell.row, cell.column)
