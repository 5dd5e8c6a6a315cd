from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from financing.money import Fen, Rate
from reports.intake_table import fen, with_exact
from reports.parse import work
from reports.sheets import Column, Kind, Limits, Sheet, _book, book_bytes, join, read_book, write_book

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    '"=1',
    "=cmd|' /C calc'!A0",
    "\0=1",
]
SHEET = Sheet(
    "企业清单",
    [
        Column("企业名称"),
        Column("金额", Kind.WAN, "万元"),
        Column("余额", Kind.YUAN, "元"),
        Column("利率", Kind.PERCENT),
        Column("日期", Kind.DAY),
        Column("时间", Kind.MOMENT),
        Column("户数", Kind.WHOLE, "户"),
    ],
    [
        ("甲", Fen(12_345_678_901), 1, Rate(34_500), date(2026, 3, 31), datetime(2026, 3, 31, 17, tzinfo=UTC), 1_200),
        (None, None, None, None, None, None, None),
    ],
    "截至 2026-03-31",
)


def read_here(content):
    """The child's own reading, without starting one."""
    order = {"format": "xlsx", "name": "", "rows": 100_001, "columns": 64}
    return _book(work(json.dumps(order).encode() + b"\n" + content), Limits())


def reopened(*sheets):
    return openpyxl.load_workbook(BytesIO(book_bytes(sheets)))


def test_the_same_lists_give_the_same_bytes(tmp_path):
    write_book(tmp_path / "a.xlsx", [SHEET])
    assert (tmp_path / "a.xlsx").read_bytes() == book_bytes([SHEET])
    with ZipFile(tmp_path / "a.xlsx") as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_a_list_is_written_as_numbers_days_and_text():
    page = reopened(SHEET).active
    assert [cell.value for cell in page[3]] == [
        "企业名称",
        "金额（万元）",
        "余额（元）",
        "利率",
        "日期",
        "时间",
        "户数（户）",
    ]
    assert [cell.value for cell in page[4]] == [
        "甲",
        12345.678901,
        0.01,
        0.0345,
        datetime.fromisoformat("2026-03-31"),
        datetime.fromisoformat("2026-04-01T01:00"),  # in Beijing it is the next day
        1200,
    ]
    assert [cell.number_format for cell in page[4]][1:5] == ["#,##0.00", "#,##0.00", "0.00%", "yyyy-mm-dd"]
    assert (page["A1"].value, page["A2"].value, page.freeze_panes) == ("企业清单", "截至 2026-03-31", "A4")


def test_columns_are_as_wide_as_their_chinese():
    page = reopened(Sheet("表", [Column("名称"), Column("定", width=20)], [("景德镇高新区陶瓷有限公司", "")])).active
    assert page.column_dimensions["A"].width >= 26
    assert page.column_dimensions["B"].width >= 20


def test_a_row_is_as_tall_as_its_longest_text():
    page = reopened(Sheet("表", [Column("用途"), Column("定", width=10)], [["长" * 60, ""], ["短", "长" * 10]])).active
    assert page.column_dimensions["A"].width < 60
    assert page.row_dimensions[4].height == 45
    assert page.row_dimensions[5].height == 60


@pytest.mark.parametrize("kind", Kind)
def test_text_that_looks_like_a_formula_stays_text(kind):
    page = reopened(Sheet("=表", [Column("=列", kind, "=元")], [[text] for text in DANGEROUS], "=注")).active
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in page["A"]][3:6] == ["=1+1", "+1", "-1"]


@given(st.text(max_size=60))
@settings(max_examples=50)
def test_any_text_can_be_written_and_reopened(text):
    cells = reopened(Sheet(text, [Column("列" + text)], [[text], [text]])).active["A"]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_tabs_are_named_as_a_spreadsheet_accepts():
    titles = ["一" * 40, "一" * 40, "a/b:c", "A b c", "''", ""]
    assert reopened(*(Sheet(title, [Column("列")], []) for title in titles)).sheetnames == [
        "一" * 31,
        "一" * 29 + "~2",
        "a b c",
        "A b c~2",
        "表",
        "表~2",
    ]


def test_a_value_of_another_kind_is_written_as_it_reads():
    page = reopened(Sheet("表", [Column("金额", Kind.WAN), Column("日期", Kind.DAY)], [("面议", "待定")])).active
    assert [cell.value for cell in page[4]] == ["面议", "待定"]


def test_a_book_is_read_back_through_the_child(tmp_path):
    path = tmp_path / "甲.xlsx"
    write_book(path, [SHEET])
    assert read_book(path).sheets["企业清单"].row(3) == (
        4,
        "甲",
        "12345.678901",
        "0.01",
        "0.0345",
        "2026-03-31 00:00:00",
        "2026-04-01 01:00:00",
        "1200",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_a_sheet_named_as_the_file(encoding):
    content = '企业代号,企业名称\r\nQY1,"甲,\n乙"\r\n丙\r\n'.encode(encoding)
    book = join(read_book(content, name="企业信息.csv"), read_book(b"a\n", name="b.csv"))
    assert list(book.sheets) == ["企业信息", "b"]
    assert book.sheets["企业信息"].rows() == [(1, "企业代号", "企业名称"), (2, "QY1", "甲,\n乙"), (3, "丙", None)]


def test_rows_are_numbered_as_the_spreadsheet_shows_them_and_errors_show():
    book = openpyxl.Workbook()
    book.active["B3"], book.active["B5"] = "x", "#REF!"
    book.active["B5"].data_type = "e"
    sink = BytesIO()
    book.save(sink)
    assert read_here(sink.getvalue()).sheets["Sheet"].rows() == [(1, None), (2, None), (3, "x"), (4, None), (5, "#REF")]


amounts = st.integers(-(10**15), 10**15)


@given(st.lists(amounts, min_size=1, max_size=50))
def test_fen_survive_the_way_through_a_workbook_as_numbers(fens):
    sink = BytesIO()
    with xlsxwriter.Workbook(sink) as book:
        page = book.add_worksheet()
        for row, amount in enumerate(fens):
            page.write_number(row, 0, Decimal(amount) / 100)
            page.write_string(row, 1, f"{Decimal(amount) / 100:,.2f}")
    sheet = read_here(sink.getvalue()).sheets["Sheet1"]
    for column in ("c0", "c1"):
        assert with_exact(sheet, column, "yuan").select(fen("yuan"))["yuan"].to_list() == fens


@given(st.decimals(-(10**9), 10**9, places=6))
def test_more_than_two_decimals_are_rounded_half_away_from_zero(yuan):
    sink = BytesIO()
    with xlsxwriter.Workbook(sink) as book:
        book.add_worksheet().write_number(0, 0, yuan)
    sheet = read_here(sink.getvalue()).sheets["Sheet1"]
    expected = int((yuan * 100).to_integral_value(ROUND_HALF_UP))
    assert with_exact(sheet, "c0", "yuan").select(fen("yuan")).item() == expected
