"""Workbooks for imports: a sheet of the template filled in, every cell that does not matter already there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO

from openpyxl import Workbook

from financing.imports.rules import ImportKind
from reports.import_kinds import KINDS
from tests.makers import a_code


def a_row(kind: ImportKind, **cells: object) -> dict[str, object]:
    """The example of the template with other cells; a firm has a code of its own."""
    of = KINDS[kind]
    example = dict(zip((one.key for one in of.fields), of.example, strict=True))
    own = {"code": a_code()} if "code" in example else {}
    return {**example, **own, **cells}


def a_book(kind: ImportKind, rows: Iterable[Mapping[str, object]]) -> bytes:
    """As a spreadsheet writes it."""
    of, book = KINDS[kind], Workbook()
    sheet = book.active
    sheet.title = of.sheet
    sheet.append([one.head for one in of.fields])
    for row in rows:
        sheet.append([row.get(one.key) for one in of.fields])
    for cell in (cell for line in sheet.iter_rows(min_row=2) for cell in line if isinstance(cell.value, str)):
        cell.data_type = "s"  # text, whatever it looks like
    sink = BytesIO()
    book.save(sink)
    return sink.getvalue()


def a_csv(kind: ImportKind, rows: Iterable[Mapping[str, object]], encoding: str = "utf-8") -> bytes:
    """The same as text."""
    of = KINDS[kind]
    lines = [[one.head for one in of.fields], *([str(row.get(one.key) or "") for one in of.fields] for row in rows)]
    return "\r\n".join(",".join(line) for line in lines).encode(encoding)
