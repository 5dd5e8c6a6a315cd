"""Empty workbooks for imports (导入模板): headings, hints, drop-downs and an example, from the registry of kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.import_fields import Field, Kind
from reports.sheets_out import FONT, HEADING, display_width, open_book

GUIDE_SHEET = "填写说明"
LISTS = 6  # the first column of lists beside the guide
LONGEST_LIST = 255  # characters that a cell's own list may have
FILLED = 5_000  # rows that hints and drop-downs reach; more may be filled in
STYLES = {"text": "@", "whole": "0", "money": "#,##0.00####", "percent": "0.00##", "day": "yyyy-mm-dd"}
GUIDE = (
    "一、带 * 的列必填。请勿改动列名，列的先后和多出的列不影响读取。",
    "二、信用代码、行业代码、电话按文本填写，开头的 0 才不会丢失。",
    "三、金额单位见列名；日期写成 2026-03-31。",
    "四、也可用 CSV 文件（UTF-8 或 GB18030），列名相同；一次最多 100,000 行。",
    "五、上传后先试算，逐行列出错误和将要发生的改动，确认后才写入。",
)


def template(kind: Kind, rows: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """The workbook that `importing.read` takes once it is filled in, or filled in with rows; the same bytes every time.

    A row holds values as a staged row does: fen, ppm, days as text, words of enumerations.
    """
    sink = BytesIO()
    with open_book(sink) as book:
        page = _form(book, kind)
        _fill(book, page, kind, rows)
        _guide(book, kind)
    return sink.getvalue()


def _form(book: Workbook, kind: Kind) -> Worksheet:
    page = book.add_worksheet(kind.sheet)
    needed = book.add_format({**FONT, **HEADING})
    free = book.add_format({**FONT, **HEADING, "bold": False})
    for at, one in enumerate(kind.fields):
        heading = f"{one.head}*" if one.required else one.head
        page.write_string(0, at, heading, needed if one.required else free)
        page.set_column(at, at, _width(kind, at, heading), book.add_format({**FONT, "num_format": STYLES[one.style]}))
        page.data_validation(1, at, FILLED, at, _accepting(one, _listed(kind).get(one.key)))
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    return page


def _fill(book: Workbook, page: Worksheet, kind: Kind, rows: Sequence[Mapping[str, Any]]) -> None:
    styles = {style: book.add_format({**FONT, "num_format": code, "text_wrap": style == "text"}) for style, code in STYLES.items()}  # fmt: skip
    for line, row in enumerate(rows, 1):
        for at, one in enumerate(kind.fields):
            page.write(line, at, _cell(one, row[one.key]), styles[one.style])


def _cell(one: Field, value: Any) -> Any:
    """A value as it would be typed under its heading."""
    if value is None or value == []:
        return None
    if one.choices and not isinstance(value, list):
        return next(word for word in one.choices if one.read(word) == value)
    match one.style:
        case "money":
            return float(Decimal(value) / (1_000_000 if "万元" in one.head else 100))
        case "percent":
            return float(Decimal(value) / 10_000)
        case "day":
            return date.fromisoformat(value)
        case "whole":
            return value
    return "\n".join(value) if isinstance(value, list) else value


def _width(kind: Kind, at: int, heading: str) -> int:
    return max(12, display_width(heading) + 4, min(display_width(kind.example[at]) + 3, 40))


def _listed(kind: Kind) -> dict[str, str]:
    """Where the options stand that are too many for a cell's own list: beside the guide, a column each."""
    long = [one for one in kind.fields if len(",".join(one.choices)) > LONGEST_LIST]
    places = [(one, xl_col_to_name(LISTS + at)) for at, one in enumerate(long)]
    return {one.key: f"={GUIDE_SHEET}!${column}$2:${column}${len(one.choices) + 1}" for one, column in places}


def _accepting(one: Field, where: str | None = None) -> dict[str, Any]:
    """What a cell accepts, with its hint; a paste may still bring anything, so the reader is strict."""
    shown = {"input_title": one.head[:32], "input_message": one.hint[:255]}
    stops = {"error_title": one.head[:32], "error_message": f"请检查：{one.hint}"[:255]}
    if one.choices:
        return {"validate": "list", "source": where or list(one.choices), **shown, **stops}
    if one.style == "day":
        return {"validate": "date", "criteria": ">=", "value": "=DATE(1949,10,1)", **shown, **stops}
    if one.bounds:
        between = {"criteria": "between", "minimum": one.bounds[0], "maximum": one.bounds[1]}
        return {"validate": "integer" if one.style == "whole" else "decimal", **between, **shown, **stops}
    return {"validate": "any", **shown}


def _guide(book: Workbook, kind: Kind) -> None:
    """How to fill in, and each column with its hint and an example: nothing here is read."""
    page = book.add_worksheet(GUIDE_SHEET)
    plain = book.add_format({**FONT, "text_wrap": True})
    head = book.add_format({**FONT, **HEADING})
    for at, width in enumerate((22, 8, 60, 26)):
        page.set_column(at, at, width, plain)
    for row, sentence in enumerate((*GUIDE, *kind.notes)):
        page.merge_range(row, 0, row, 3, sentence, plain)
    start = len(GUIDE) + len(kind.notes) + 1
    for at, word in enumerate(("列名", "必填", "说明", "示例")):
        page.write_string(start, at, word, head)
    for row, (one, example) in enumerate(zip(kind.fields, kind.example, strict=True), start + 1):
        for at, text in enumerate((one.head, "是" if one.required else "", one.hint, example)):
            page.write_string(row, at, text, plain)
    for at, key in enumerate(_listed(kind)):
        one = next(field for field in kind.fields if field.key == key)
        page.write_column(0, LISTS + at, [one.head, *one.choices], plain)
