"""What runs in the limited child: a workbook's bytes in, its sheets as Arrow columns of text out."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO

import fastexcel
import pyarrow as pa

from financing.file_refusals import WorkbookTooLarge, WorkbookUnreadable

ERRORS_SHOWN = 1_000


def work(payload: bytes) -> bytes:
    """First line: JSON {format, name, rows, columns}; then the file. Answer: JSON [[sheet, length]…] line, then Arrow."""
    head, _, content = payload.partition(b"\n")
    order = json.loads(head)
    read = _delimited if order["format"] == "csv" else _sheets
    parts = [(name, _stream(batch)) for name, batch in read(content, order)]
    index = json.dumps([[name, len(part)] for name, part in parts])
    return b"".join([index.encode(), b"\n", *(part for _, part in parts)])


def _sheets(content: bytes, order: dict[str, object]) -> Iterator[tuple[str, pa.RecordBatch]]:
    """Everything as text: a number comes as its shortest decimals, so that no digit of money is lost on the way."""
    try:
        reader = fastexcel.read_excel(content)
        for name in reader.sheet_names:
            sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            _fit(sheet.total_height, sheet.width, name, order)
            yield name, _columns(sheet)
    except fastexcel.FastExcelError as problem:
        raise WorkbookUnreadable(why="content") from problem


def _columns(sheet: fastexcel.ExcelSheet) -> pa.RecordBatch:
    batch, wrong = sheet.to_arrow_with_errors()
    columns = list(batch.columns)
    for cell in wrong.errors[:ERRORS_SHOWN] if wrong else ():
        row, column = cell.offset_position
        texts = columns[column].to_pylist()
        texts[row] = "#" + cell.detail.rpartition("Error(")[2].rstrip("')").upper()
        columns[column] = pa.array(texts, pa.string())
    return pa.record_batch(columns, names=[f"c{column.absolute_index}" for column in sheet.selected_columns])


def _delimited(content: bytes, order: dict[str, object]) -> Iterator[tuple[str, pa.RecordBatch]]:
    """A CSV file is a book of one sheet, named as the file."""
    csv.field_size_limit(2**16)
    try:
        rows = list(csv.reader(StringIO(_decoded(content), newline=""), strict=True))
    except csv.Error as problem:
        raise WorkbookUnreadable(why="content") from problem
    width = max(map(len, rows), default=0)
    name = str(order["name"])
    _fit(len(rows), width, name, order)
    columns = [pa.array([row[at] if at < len(row) else None for row in rows], pa.string()) for at in range(width)]
    yield name, pa.record_batch(columns, names=[f"c{at}" for at in range(width)])


def _decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, else the national encoding that Chinese spreadsheets save CSV in."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WorkbookUnreadable(why="encoding")


def _fit(height: int, width: int, name: str, order: dict[str, object]) -> None:
    for what, found in (("rows", height), ("columns", width)):
        most = int(str(order[what]))
        if found > most:
            raise WorkbookTooLarge(what=what, most=most, found=found, sheet=name)


def _stream(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())
