"""The county's workbook: what is written is read back, what is wrong is told at its cell, and nothing becomes a formula."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from financing.file_refusals import ColumnMissing, SheetMissing, WorkbookRefused
from financing.lists.rules import Answer, ListKind, ListStatus, Row, template
from financing.money import Fen
from reports.intake_lists import read_lists
from reports.lists import list_sheet
from reports.sheets import book_bytes, read_book
from tests.makers import TODAY, a_code
from web.pages.lists import words

HEADS = template(TODAY)
R, A = ListKind.RECOMMENDED, ListKind.APPLIED
DAY = date(2026, 11, 2)


def a_row(kind=R, **facts: object) -> Row:
    bank = "示范银行" if kind is R else ""
    told = {"code": a_code(), "name": "示范铜材有限公司", "day": DAY, "amount": Fen.wan("123.4567"), "months": 12, "purpose": "采购铜材", "bank": bank}  # fmt: skip
    return Row(kind, **told | facts)


def read(content: bytes) -> list[Row]:
    rows, report = read_lists(read_book(content, name="清单.xlsx"), HEADS, words(), today=TODAY)
    report.settle()
    return list(rows)


def written(*rows: Row) -> bytes:
    kinds = dict.fromkeys(row.kind for row in rows)
    return book_bytes([list_sheet(k, [r for r in rows if r.kind is k], HEADS, today=TODAY, days=30) for k in kinds])


ROWS = [
    a_row(), a_row(A), a_row(answer=Answer(ListStatus.GRANTED, TODAY, Fen.wan(100))),
    a_row(answer=Answer(ListStatus.DECLINED, TODAY, None, "cash_flow")), a_row(day=date(2026, 9, 1)),
    a_row(name="=1+1", purpose="@SUM(A1) -2", bank="+示范银行"),
]  # fmt: skip


def test_what_is_given_out_is_what_is_taken_in():
    found = {row.key: row for row in read(written(*ROWS))}
    assert {key: (row.said, row.answer) for key, row in found.items()} == {r.key: (r.said, r.answer) for r in ROWS}


def test_formula_like_text_stays_text():
    book = load_workbook(BytesIO(written(*ROWS)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "=1+1" in {cell.value for cell in cells}


def test_the_last_day_and_the_state_stand_in_the_list():
    book = load_workbook(BytesIO(written(*ROWS)))["推荐清单"]
    told = {str(cell.value)[:10] for row in book.iter_rows() for cell in row if cell.value is not None}
    assert {"2026-12-02", "2026-10-01", "待办结", "逾期未办结", "已授信", "未授信", "还款来源不足"} <= told


def a_book(changes: dict[str, object], *, sheet: str = "推荐清单", drop: str = "") -> bytes:
    """One sound row as a county would type it, with other cells."""
    cells = {
        "企业名称": "示范铜材有限公司", "统一社会信用代码": a_code(), "融资需求金额（万元）": 120, "期限（月）": 12, "用途": "采购铜材",
        "推荐日期": "2026/11/2", "推荐银行": "示范银行", "合规持续经营": "是", "办理状态": "", "联系电话": "13800000000",
    } | changes  # fmt: skip
    cells.pop(drop, None)
    book = Workbook()
    page = book.active
    page.title = sheet
    page.append(["某县推荐清单"])
    page.append(list(cells))
    page.append(list(cells.values()))
    sink = BytesIO()
    book.save(sink)
    return sink.getvalue()


def test_a_list_as_a_county_types_it_is_read():
    (row,) = read(a_book({}))
    assert (row.amount, row.day, row.answer, row.row) == (Fen.wan(120), DAY, None, 3)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"企业名称": ""}, "cell_missing"), ({"统一社会信用代码": "91360000MA35ABCD00"}, "list_code_wrong"),
        ({"融资需求金额（万元）": "很多"}, "not_an_amount"), ({"融资需求金额（万元）": -3}, "not_positive"),
        ({"期限（月）": 12.5}, "not_months"), ({"期限（月）": 0}, "not_months"), ({"推荐日期": "下周"}, "not_a_day"),
        ({"推荐日期": "2026-11-24"}, "list_day_to_come"), ({"合规持续经营": "否"}, "list_criterion"),
        ({"办理状态": "差不多"}, "list_status_unknown"), ({"办理状态": "已授信", "办结日期": "2026-11-20"}, "cell_missing"),
        ({"办理状态": "已授信", "授信金额（万元）": 100, "办结日期": ""}, "cell_missing"),
        ({"办理状态": "未授信", "办结日期": "2026-11-20", "未授信原因": "心情"}, "list_reason_unknown"),
        ({"用途": "铜" * 501}, "text_too_long"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_cell_with_how_to_mend_it(changes, code):
    with pytest.raises(WorkbookRefused) as refused:
        read(a_book({"授信金额（万元）": "", "办结日期": "", "未授信原因": ""} | changes))
    (one,) = refused.value.facts["findings"]
    assert (one.sheet, one.row, one.code) == ("推荐清单", 3, code)
    assert one.column in {*HEADS.heads.values()}
    assert one.mend()


def test_the_same_matter_twice_in_one_file_is_refused():
    row = a_row()
    with pytest.raises(WorkbookRefused) as refused:
        read(written(row, row))
    assert [one.code for one in refused.value.facts["findings"]] == ["list_row_twice"]


def test_a_missing_column_and_a_missing_sheet_are_named():
    with pytest.raises(ColumnMissing):
        read(a_book({}, drop="推荐银行"))
    with pytest.raises(SheetMissing):
        read(a_book({}, sheet="别的表"))
