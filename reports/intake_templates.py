"""Empty workbooks to download and fill in (填报模板), with hints and drop-downs; the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.intake_firms import EMPLOYEES, FIRM, FIRMS, FOUNDED, INDUSTRY, MOST_EMPLOYEES, NAME, PARK, REPRESENTATIVE
from reports.intake_invoices import (
    AMOUNT,
    DAY,
    NUMBER,
    PURCHASES,
    SALES,
    STATUS,
    TAX,
    TOTAL,
    Side,
)
from reports.intake_needs import AMOUNT as NEED_AMOUNT
from reports.intake_needs import LATEST, MONTHS, NEEDS, PURPOSE, RATE
from reports.sheets_out import FONT, HEADING, display_width, open_book
from reports.statement_template import AMOUNT_LIMIT, write_statements
from scoring.statement_lines import Standard

FILLED = 5_000  # rows that hints and drop-downs reach; more may be filled in

TEXT: dict[str, Any] = {"num_format": "@"}
MONEY: dict[str, Any] = {"num_format": "#,##0.00"}
DATE: dict[str, Any] = {"num_format": "yyyy-mm-dd"}
ANY_AMOUNT = {"validate": "decimal", "criteria": "between", "minimum": -AMOUNT_LIMIT, "maximum": AMOUNT_LIMIT}
ANY_DAY = {"validate": "date", "criteria": ">=", "value": "=DATE(1994,1,1)"}
ANY_PAST = {"validate": "date", "criteria": ">=", "value": "=DATE(1900,1,1)"}
ANY_COUNT = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST_EMPLOYEES}
FIRM_LIST = {"validate": "list", "source": f"={FIRMS}!$A$2:$A${FILLED}"}

Kind = Literal["statements", "general", "invoices"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column to fill in: heading, hint, cell format, what it accepts, whether it must be filled."""

    name: str
    hint: str
    style: dict[str, Any]
    accepts: dict[str, Any] | None = None
    required: bool = True


def template(kind: Kind) -> bytes:
    """An empty workbook that `read_statements` or `read_invoices` takes once it is filled in; statements by standard."""
    sink = BytesIO()
    with open_book(sink) as book:
        if kind == "invoices":
            _invoices(book)
        else:
            write_statements(book, Standard.GENERAL if kind == "general" else Standard.SMALL)
    return sink.getvalue()


def _invoices(book: Workbook) -> None:
    _form(book, FIRMS, _FIRM_FIELDS)
    for side in (PURCHASES, SALES):
        _form(book, side.sheet, _invoice_fields(side))
    _form(book, NEEDS, _NEED_FIELDS)
    _guide(book, _INVOICE_GUIDE)


_FIRM_FIELDS = (
    Field(FIRM, "本工作簿内唯一的代号，如 QY001；也可用统一社会信用代码。", TEXT),
    Field(NAME, "营业执照上的全称。", TEXT),
    Field(
        INDUSTRY, "《国民经济行业分类》代码，如 3985 或 C3985；不填则无法匹配限定行业的银行产品。", TEXT, required=False
    ),
    Field(EMPLOYEES, "整数，用于企业划型。", {"num_format": "0"}, ANY_COUNT, required=False),
    Field(FOUNDED, "营业执照上的成立日期，如 2016-03-31。", DATE, ANY_PAST, required=False),
    Field(REPRESENTATIVE, "营业执照上的法定代表人。", TEXT, required=False),
    Field(PARK, "企业所在的园区。", TEXT, required=False),
)
_NEED_FIELDS = (
    Field(FIRM, "从“企业信息”表中选择。", TEXT, FIRM_LIST),
    Field(NEED_AMOUNT, "单位：万元，如 100。", {"num_format": "#,##0.00####"}, ANY_AMOUNT),
    Field(
        MONTHS,
        "整数月，1 至 360。",
        {"num_format": "0"},
        {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 360},
    ),
    Field(
        PURPOSE,
        "具体写明买什么、付给谁，500 字以内。",
        TEXT,
        {"validate": "length", "criteria": "between", "minimum": 1, "maximum": 500},
    ),
    Field(LATEST, "最晚哪天用款，如 2026-03-31；不急可不填。", DATE, ANY_DAY, required=False),
    Field(
        RATE,
        "年利率的百分数：4.5 表示 4.5%；没有要求可不填。",
        {"num_format": "0.00##"},
        {"validate": "decimal", "criteria": "between", "minimum": 0.1, "maximum": 100},
        required=False,
    ),
)
_INVOICE_GUIDE = (
    "一、先填“企业信息”，再填进项、销项发票；“融资需求”没有可不填。",
    "二、带 * 的列必填。金额单位为元，最多两位小数；红字发票的金额、税额填负数。",
    "三、发票号码按文本填写，开头的 0 和 20 位数电票号码才不会丢失。",
    "四、请勿合并单元格，请勿改动表名和列名。可直接粘贴税务系统导出的明细（粘贴为数值）。",
    "五、也可用 CSV 文件代替，每张表一个文件，文件名与表名相同。",
)


def _invoice_fields(side: Side) -> Sequence[Field]:
    status = {"validate": "list", "source": ["有效发票", "作废发票"]}
    return (
        Field(FIRM, "从“企业信息”表中选择。", TEXT, FIRM_LIST),
        Field(NUMBER, "按文本填写，保留开头的 0。", TEXT),
        Field(DAY, "如 2026-03-31。", DATE, ANY_DAY),
        Field(side.party, "对方单位的代号或名称，同一单位写法一致。", TEXT),
        Field(AMOUNT, "不含税金额，单位：元；红字发票填负数。", MONEY, ANY_AMOUNT),
        Field(TAX, "单位：元；正负与金额一致。", MONEY, ANY_AMOUNT),
        Field(TOTAL, "等于金额加税额，单位：元。", MONEY, ANY_AMOUNT),
        Field(STATUS, "有效发票或作废发票。", TEXT, status),
    )


def _form(book: Workbook, sheet: str, fields: Sequence[Field]) -> None:
    """An empty table: headings, and below them hints, formats and what each cell accepts."""
    page = book.add_worksheet(sheet)
    head = _head(book)
    for at, field in enumerate(fields):
        heading = f"{field.name}*" if field.required else field.name
        page.write_string(0, at, heading, head)
        page.set_column(at, at, max(14, display_width(heading) + 4), book.add_format({**FONT, **field.style}))
        page.data_validation(1, at, FILLED, at, _accepting(field))
    page.set_landscape()
    _finish(page)


def _accepting(field: Field) -> dict[str, Any]:
    """What a cell accepts, with the hint shown when it is entered; a paste may still bring anything, so we read strictly."""
    shown = {"input_title": field.name[:32], "input_message": field.hint[:255]}
    stops = {"error_title": field.name[:32], "error_message": f"请检查：{field.hint}"[:255]}
    return {"validate": "any", **(field.accepts or {}), **shown, **(stops if field.accepts else {})}


def _guide(book: Workbook, sentences: Sequence[str]) -> None:
    page = book.add_worksheet("填写说明")
    wrap = book.add_format({**FONT, "text_wrap": True})
    page.set_column(0, 0, 90, wrap)
    for row, sentence in enumerate(sentences):
        page.write_string(row, 0, sentence, wrap)


def _head(book: Workbook) -> Format:
    return book.add_format({**FONT, **HEADING})


def _finish(page: Worksheet) -> None:
    page.freeze_panes(1, 0)
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
