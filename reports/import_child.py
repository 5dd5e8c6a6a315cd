"""What runs in the limited child for an import: a workbook's bytes in, its rows as lines of JSON out, or what is wrong with them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from financing.file_refusals import ColumnMissing, SheetMissing, WorkbookEmpty
from financing.imports.rules import MOST_TOLD, ImportKind
from reports import parse
from reports.headings import plain
from reports.import_cells import Wrong
from reports.import_fields import Field, Kind
from reports.import_kinds import KINDS

HEADER_WITHIN = 10  # a title, notes and units may stand above the header
LONGEST_SHOWN = 80
QUOTED = re.compile(r"'[=+\-@]")


SLICE = 5_000  # rows that are held as objects at once


def work(payload: bytes) -> bytes:
    """First line: JSON {kind, today} and what `parse.work` takes; then the file. Answer: a line of JSON {total, errors, findings}, then a line a row."""
    order = json.loads(payload.partition(b"\n")[0])
    kind, today = KINDS[ImportKind(order["kind"])], date.fromisoformat(order["today"])
    sheet, table = _sheet(parse.work(payload), kind, csv=order["format"] == "csv")
    reading = _Reading(kind, sheet, today)
    lines = [json.dumps(row, ensure_ascii=False).encode() for row in reading.rows(table)]
    if not lines and not reading.errors:
        raise WorkbookEmpty(sheet=sheet)
    told = {"total": reading.count, "errors": reading.errors, "findings": reading.findings}
    return b"\n".join([json.dumps(told, ensure_ascii=False).encode(), *lines])


def _sheet(answer: bytes, kind: Kind, *, csv: bool) -> tuple[str, pa.Table]:
    """The kind's sheet; a CSV file is that sheet whatever its name, and so is the only sheet of a book."""
    index, _, body = answer.partition(b"\n")
    start, found = 0, {}
    for name, length in json.loads(index):
        found[name] = memoryview(body)[start : start + length]
        start += length
    named = [name for name in found if plain(name) == plain(kind.sheet)]
    if not named and not csv and len(found) > 1:
        raise SheetMissing(needed=kind.sheet, found=tuple(found))
    name = named[0] if named else next(iter(found))
    with pa.ipc.open_stream(found[name]) as stream:
        return name, stream.read_all()


class _Reading:
    """One sheet on its way to rows."""

    def __init__(self, kind: Kind, sheet: str, today: date) -> None:
        self.kind, self.sheet, self.today = kind, sheet, today
        self.count, self.errors, self.findings = 0, 0, list[dict[str, Any]]()

    def rows(self, table: pa.Table) -> Iterator[dict[str, Any]]:
        """Every sound row; a blank one is passed over, one that stands twice is refused where it stands again."""
        at, places = self._header([column.to_pylist() for column in table.slice(0, HEADER_WITHIN).columns])
        seen: dict[tuple[Any, ...], int] = {}
        for start in range(at + 1, table.num_rows, SLICE):
            columns = [column.to_pylist() for column in table.slice(start, SLICE).columns]
            cells = [(one.key, columns[places[one.key]] if one.key in places else None) for one in self.kind.fields]
            for place in range(len(columns[0])):
                written = {key: self._text(column[place]) if column else "" for key, column in cells}
                if any(written.values()) and (row := self._row(start + place + 1, written, seen)) is not None:
                    yield row

    def _row(self, number: int, written: Mapping[str, str], seen: dict[tuple[Any, ...], int]) -> dict[str, Any] | None:
        self.count += 1
        before, row = self.errors, dict[str, Any](row=number)
        for one in self.kind.fields:
            text = written[one.key]
            try:
                row[one.key] = self._value(one, text)
            except Wrong as wrong:
                self._refuse(number, one, text, wrong.code, **wrong.more)
        sound = {key: value for key, value in row.items() if value is not None}
        for key, code in self.kind.check(sound, self.today):
            one = next(field for field in self.kind.fields if field.key == key)
            self._refuse(number, one, written[key], code)
        if self.errors > before:
            return None
        first = seen.setdefault(tuple(str(row[key]) for key in self.kind.keys), number)
        if first != number:
            self._refuse(
                number, self.kind.fields[0], written[self.kind.fields[0].key], "import_row_twice", first=str(first)
            )
            return None
        return row | dict(self.kind.derive(row, self.today))

    def _text(self, cell: str | None) -> str:
        """A cell without blanks around it, and without the apostrophe that keeps a list of ours from being a formula."""
        text = (cell or "").strip()
        return text[1:] if QUOTED.match(text) else text

    def _value(self, one: Field, text: str) -> Any:
        if not text and one.required:
            raise Wrong("cell_missing")
        return one.read(text) if text else None

    def _header(self, columns: list[list[str | None]]) -> tuple[int, dict[str, int]]:
        """Which of the first rows names the most columns, and where each stands; ColumnMissing names the first that is not there."""
        wanted = {plain(one.head): one.key for one in self.kind.fields}
        best: tuple[int, dict[str, int]] = (0, {})
        for at in range(min(HEADER_WITHIN, len(columns[0]) if columns else 0)):
            places: dict[str, int] = {}
            for place, column in enumerate(columns):
                if (key := wanted.get(plain(column[at]))) and key not in places:
                    places[key] = place
            best = (at, places) if len(places) > len(best[1]) else best
        if not columns or not columns[0]:
            raise WorkbookEmpty(sheet=self.sheet)
        for one in self.kind.fields:
            if one.required and one.key not in best[1]:
                found = tuple(str(column[best[0]]) for column in columns if column[best[0]])
                raise ColumnMissing(sheet=self.sheet, column=one.head, found=found)
        return best

    def _refuse(self, row: int, one: Field, value: str, code: str, **more: str) -> None:
        self.errors += 1
        if len(self.findings) < MOST_TOLD:
            self.findings.append({
                "sheet": self.sheet, "row": row, "column": one.head, "value": value[:LONGEST_SHOWN], "code": code, "more": more,
            })  # fmt: skip
