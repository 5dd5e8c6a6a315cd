"""The lists of the national mechanism read from a county's workbook: every cell checked, everything wrong told at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from financing.lists.rules import ANSWERS, CRITERIA, Answer, ListKind, ListStatus, Row, Template
from financing.money import LARGEST, Fen
from financing.offers.rules import DeclineCode
from financing.parties.identity import credit_code
from financing.refusals import Refusal
from reports.intake_findings import Report
from reports.intake_table import has_sheet, table, with_days, with_exact
from reports.sheets import Book

LONGEST = {"name": 120, "purpose": 500, "bank": 120}
MOST_MONTHS = 360
REQUIRED = {
    ListKind.APPLIED: ("name", "code", "amount", "months", "purpose", "applied_on"),
    ListKind.RECOMMENDED: ("name", "code", "amount", "months", "purpose", "recommended_on", "bank"),
}
ANSWERED = ("status", "granted", "answered_on", "reason")
DAY = {ListKind.APPLIED: "applied_on", ListKind.RECOMMENDED: "recommended_on"}
#: What is written for the status and for a reason, by the words of the platform or their codes.
Words = Mapping[str, Mapping[str, str]]


def read_lists(book: Book, template: Template, words: Words, *, today: date) -> tuple[tuple[Row, ...], Report]:
    """The rows of both sheets in their order, and what is wrong with them; SheetMissing when neither list is there.

    `words` gives, for "status", "reason" and "yes", what people write and the code it stands for.
    """
    report = Report()
    rows: list[Row] = []
    there = [kind for kind in ListKind if has_sheet(book, template.sheets[kind])]
    for kind in there or list(ListKind):
        rows += _Reading(book, kind, template, words, report, today).rows()
    return tuple(rows), report


class _Reading:
    """One sheet on its way to rows."""

    def __init__(
        self, book: Book, kind: ListKind, template: Template, words: Words, report: Report, today: date
    ) -> None:
        self.kind, self.heads, self.words, self.report, self.today = kind, template.heads, words, report, today
        self.sheet = template.sheets[kind]
        further = (*CRITERIA, *ANSWERED) if kind is ListKind.RECOMMENDED else ()
        needed, more = [self.heads[key] for key in REQUIRED[kind]], [self.heads[key] for key in further]
        read = table(book, self.sheet, needed, more)
        for key in (DAY[kind], *(("answered_on",) if further else ())):
            read = with_days(read, self.heads[key], f"{key}_day")
        for key in ("amount", "months", *(("granted",) if further else ())):
            read = with_exact(read, self.heads[key], f"{key}_number")
        self.read = read

    def rows(self) -> Iterator[Row]:
        """Every sound row; a key that stands twice is refused where it stands again."""
        seen: dict[object, int] = {}
        for cells in self.read.iter_rows(named=True):
            before = self.report.errors
            row = self._row(cells)
            if row is None or self.report.errors > before:
                continue
            if row.key in seen:
                self._refuse(cells, "code", "list_row_twice", {"first": str(seen[row.key])})
                continue
            seen[row.key] = row.row
            yield row

    def _row(self, cells: dict[str, object]) -> Row | None:
        for key in REQUIRED[self.kind]:
            if cells[self.heads[key]] is None:
                self._refuse(cells, key, "cell_missing")
        name, purpose = (self._text(cells, key) for key in ("name", "purpose"))
        bank = self._text(cells, "bank") if self.kind is ListKind.RECOMMENDED else ""
        code, amount, months, day = (
            self._code(cells),
            self._wan(cells, "amount"),
            self._months(cells),
            self._day(cells, DAY[self.kind]),
        )
        answer = None
        if self.kind is ListKind.RECOMMENDED:
            self._criteria(cells)
            answer = self._answer(cells)
        if not (name and purpose and code and amount and months and day):
            return None
        return Row(self.kind, code, name, day, amount, months, purpose, bank, answer, int(str(cells["row"])))

    def _text(self, cells: dict[str, object], key: str) -> str:
        text = str(cells[self.heads[key]] or "").strip()
        if len(text) > LONGEST[key]:
            self._refuse(cells, key, "text_too_long")
        return text

    def _code(self, cells: dict[str, object]) -> str:
        written = cells[self.heads["code"]]
        try:
            return credit_code(str(written).strip()) if written is not None else ""
        except Refusal:
            self._refuse(cells, "code", "list_code_wrong")
            return ""

    def _wan(self, cells: dict[str, Any], key: str) -> Fen | None:
        if cells[self.heads[key]] is None:
            return None
        number = cells[f"{key}_number"]
        fen = None if number is None else int(number * 1_000_000)
        if fen is None or not 0 < fen <= LARGEST:
            self._refuse(cells, key, "not_an_amount" if fen is None else "not_positive")
            return None
        return Fen(fen)

    def _months(self, cells: dict[str, Any]) -> int | None:
        if cells[self.heads["months"]] is None:
            return None
        number = cells["months_number"]
        if number is None or number != int(number) or not 1 <= number <= MOST_MONTHS:
            self._refuse(cells, "months", "not_months")
            return None
        return int(number)

    def _day(self, cells: dict[str, object], key: str) -> date | None:
        if cells[self.heads[key]] is None:
            return None
        day = cells[f"{key}_day"]
        if not isinstance(day, date):
            self._refuse(cells, key, "not_a_day")
            return None
        if day > self.today:
            self._refuse(cells, key, "list_day_to_come")
            return None
        return day

    def _criteria(self, cells: dict[str, object]) -> None:
        """The five criteria: yes where they are filled in; a firm that misses one is not for this list."""
        for key in CRITERIA:
            written = cells[self.heads[key]]
            if written is not None and self.words["yes"].get(str(written).strip()) != "yes":
                self._refuse(cells, key, "list_criterion")

    def _answer(self, cells: dict[str, object]) -> Answer | None:
        """What the bank reported, when it reported anything; open states are worked out, not read."""
        written = str(cells[self.heads["status"]] or "").strip()
        code = self.words["status"].get(written, "") if written else ""
        if written and not code:
            self._refuse(cells, "status", "list_status_unknown")
        if code not in set(ANSWERS):
            return None
        on = self._day(cells, "answered_on")
        if cells[self.heads["answered_on"]] is None:
            self._refuse(cells, "answered_on", "cell_missing")
        granted = self._wan(cells, "granted") if code == ListStatus.GRANTED else None
        if code == ListStatus.GRANTED and cells[self.heads["granted"]] is None:
            self._refuse(cells, "granted", "cell_missing")
        reason = self._reason(cells) if code == ListStatus.DECLINED else ""
        return Answer(ListStatus(code), on, granted, reason) if on else None

    def _reason(self, cells: dict[str, object]) -> str:
        written = str(cells[self.heads["reason"]] or "").strip()
        code = self.words["reason"].get(written, "")
        if code not in set(DeclineCode):
            self._refuse(cells, "reason", "list_reason_unknown")
        return code

    def _refuse(self, cells: dict[str, object], key: str, code: str, more: Mapping[str, str] | None = None) -> None:
        row = int(str(cells["row"]))
        self.report.refuse(self.sheet, row, self.heads[key], cells[self.heads[key]], code, more or {})
