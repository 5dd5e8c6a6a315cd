"""What is filled in is what is read: templates, both kinds of file, both encodings, and files made to do harm."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from financing.file_refusals import (
    ColumnMissing,
    NotAWorkbook,
    SheetMissing,
    WorkbookBomb,
    WorkbookEmpty,
    WorkbookMacro,
)
from financing.imports.rules import ImportKind
from financing.refusals import Refusal
from reports import import_child, importing
from reports.gate import Limits
from reports.import_fields import Kind
from reports.import_kinds import FIRMS, KINDS, NEEDS
from reports.import_templates import template
from reports.intake_findings import MENDS
from reports.marked import marked
from reports.sheets import read_book
from tests.financing.imports.books import a_book, a_csv, a_row
from tests.house.sources import text
from tests.makers import TODAY, a_code

SMALL = Limits()


def read(kind: ImportKind, content: bytes, name: str = "导入.xlsx") -> importing.Read:
    return importing.read(kind, content, name, today=TODAY, limits=SMALL)


def rows(found: importing.Read) -> list[dict[str, object]]:
    return found.batch(0, found.total)


@pytest.mark.parametrize("kind", ImportKind)
def test_a_template_filled_in_with_its_own_example_is_read(kind):
    of = KINDS[kind]
    book = load_workbook(BytesIO(template(of)))
    sheet = book[of.sheet]
    for at, value in enumerate(of.example, 1):
        sheet.cell(2, at).value = value
    sink = BytesIO()
    book.save(sink)
    found = read(kind, sink.getvalue())
    assert (found.total, found.errors, list(found.findings)) == (1, 0, [])
    assert template(of) == template(of)


@pytest.mark.parametrize("kind", ImportKind)
def test_a_template_has_a_drop_down_for_every_choice_and_a_hint_for_every_column(kind):
    of = KINDS[kind]
    sheet = load_workbook(BytesIO(template(of)))[of.sheet]
    checks = {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}
    for at, one in enumerate(of.fields, 1):
        check = checks[sheet.cell(2, at).coordinate]
        assert check.prompt == one.hint
        assert (check.type == "list") == bool(one.choices)
        assert sheet.cell(1, at).value == (f"{one.head}*" if one.required else one.head)


@pytest.mark.parametrize("kind", ImportKind)
def test_the_documentation_tells_every_column_as_the_template_does(kind):
    said = text("docs/spreadsheets.md")
    for one, example in zip(KINDS[kind].fields, KINDS[kind].example, strict=True):
        assert f"| {one.head} | {'●' if one.required else ''} | {one.hint} | {example} |" in said


names = st.text(st.characters(codec="utf-8", categories=("Lo", "Ll", "Lu", "Nd")), min_size=1, max_size=40)
days = st.dates(date(1949, 10, 1), TODAY)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(names, days, st.none() | st.integers(0, 1_000_000), st.none() | st.decimals(0, 10**8, places=6)),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_firms_are_filled_in_are_the_firms_that_are_read(told):
    """Read in this process: the child runs the same function."""
    filled = [
        a_row(
            ImportKind.FIRMS, name=name, founded_on=day, employees=people, revenue=None if wan is None else f"{wan:f}"
        )
        for name, day, people, wan in told
    ]
    found = _here(FIRMS, a_book(ImportKind.FIRMS, filled))
    assert found.errors == 0, found.findings
    for row, line, (_name, day, people, wan) in zip(rows(found), filled, told, strict=True):
        assert row["code"] == line["code"]
        assert row["founded_on"] == day.isoformat()
        assert row["employees"] == people
        assert row["revenue"] == (None if wan is None else int(wan * 1_000_000))


def _here(kind: Kind, content: bytes) -> importing.Read:
    import json
    from dataclasses import asdict

    order = {"format": "xlsx", "name": "x", "kind": kind.kind, "today": TODAY.isoformat(), **asdict(SMALL)}
    told, *lines = import_child.work(json.dumps(order).encode() + b"\n" + content).split(b"\n")
    return importing.Read(**json.loads(told), lines=lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_in_either_encoding_says_the_same(encoding):
    row = a_row(ImportKind.FIRMS, name="示范铜材㐂有限公司")
    found = read(ImportKind.FIRMS, a_csv(ImportKind.FIRMS, [row], encoding), "任意名.csv")
    assert (found.errors, rows(found)[0]["name"]) == (0, "示范铜材㐂有限公司")


def test_what_an_exported_list_led_with_an_apostrophe_is_read_without_it():
    row = a_row(ImportKind.FIRMS, name="'=SUM(1)有限公司")
    assert rows(read(ImportKind.FIRMS, a_csv(ImportKind.FIRMS, [row]), "a.csv"))[0]["name"] == "=SUM(1)有限公司"


@pytest.mark.parametrize(
    ("kind", "cells", "code"),
    [
        (ImportKind.FIRMS, {"name": None}, "cell_missing"),
        (ImportKind.FIRMS, {"code": "91361100000000001X"}, "list_code_wrong"),
        (ImportKind.FIRMS, {"industry": "99999"}, "unknown_industry"),
        (ImportKind.FIRMS, {"founded_on": "2026-02-30"}, "not_a_day"),
        (ImportKind.FIRMS, {"founded_on": "2030-01-01"}, "founded_later"),
        (ImportKind.FIRMS, {"phone": "无"}, "import_phone"),
        (ImportKind.FIRMS, {"name": "铜材\u202e有限公司"}, "import_text"),
        (ImportKind.FIRMS, {"employees": "1.5"}, "not_a_count"),
        (ImportKind.FIRMS, {"revenue": "-1"}, "not_positive"),
        (ImportKind.FIRMS, {"revenue": "很多"}, "not_an_amount"),
        (ImportKind.NEEDS, {"months": 61}, "import_months"),
        (ImportKind.NEEDS, {"purpose": "炒股"}, "import_not_a_choice"),
        (ImportKind.NEEDS, {"latest": "2020-01-01"}, "import_day_past"),
        (ImportKind.NEEDS, {"wish": 99}, "not_a_rate"),
        (ImportKind.PRODUCTS, {"most": 1}, "import_below"),
        (ImportKind.PRODUCTS, {"sizes": "巨型"}, "import_not_a_choice"),
    ],
)
def test_a_wrong_cell_is_told_with_its_place_its_reason_and_how_to_mend_it(kind, cells, code):
    found = _here(KINDS[kind], a_book(kind, [a_row(kind, **cells)]))
    head = next(one.head for one in KINDS[kind].fields if one.key == next(iter(cells)))
    assert [(one["row"], one["column"], one["code"]) for one in found.findings] == [(2, head, code)]
    assert next(importing.findings(found.findings)).mend()
    assert code in MENDS


def test_a_row_that_stands_twice_is_refused_where_it_stands_again():
    code = a_code()
    found = _here(
        FIRMS, a_book(ImportKind.FIRMS, [a_row(ImportKind.FIRMS, code=code), a_row(ImportKind.FIRMS, code=code)])
    )
    assert [(one["row"], one["code"], one["more"]) for one in found.findings] == [
        (3, "import_row_twice", {"first": "2"})
    ]


def test_columns_may_stand_in_any_order_beside_others_and_blank_rows_are_passed_over():
    from openpyxl import Workbook

    book = Workbook()
    sheet, row = book.active, a_row(ImportKind.FIRMS)
    sheet.append(["某园区企业名单"])
    sheet.append(["备注", *(f"{one.head}*" for one in reversed(FIRMS.fields))])
    sheet.append([])
    sheet.append(["不读", *(row[one.key] for one in reversed(FIRMS.fields))])
    sink = BytesIO()
    book.save(sink)
    found = read(ImportKind.FIRMS, sink.getvalue())
    assert [(one["row"], one["code"]) for one in rows(found)] == [(4, row["code"])]


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "a.xlsx", Refusal),
        (b"%PDF-1.7", "a.xlsx", NotAWorkbook),
        (b"PK\x03\x04", "a.csv", NotAWorkbook),
        (a_book(ImportKind.FIRMS, []), "a.xlsm", WorkbookMacro),
        (a_book(ImportKind.FIRMS, []), "a.xlsx", WorkbookEmpty),
        (a_book(ImportKind.NEEDS, [a_row(ImportKind.NEEDS)]), "a.xlsx", ColumnMissing),
        ("只有一列\r\n1\r\n".encode(), "a.csv", ColumnMissing),
    ],
)
def test_what_is_no_list_of_firms_is_refused_by_name(content, name, refusal):
    with pytest.raises(refusal):
        read(ImportKind.FIRMS, content, name)


def test_a_book_of_other_sheets_is_told_which_one_is_missing():
    book = load_workbook(BytesIO(a_book(ImportKind.NEEDS, [a_row(ImportKind.NEEDS)])))
    book.create_sheet("其他")
    sink = BytesIO()
    book.save(sink)
    with pytest.raises(SheetMissing):
        read(ImportKind.FIRMS, sink.getvalue())


def test_I27_a_bomb_is_stopped_before_it_is_read():
    from zipfile import ZIP_DEFLATED, ZipFile

    sink = BytesIO(a_book(ImportKind.FIRMS, [a_row(ImportKind.FIRMS)]))
    with ZipFile(sink, "a", ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet9.xml", b"<c" * 3_000_000)
    with pytest.raises(WorkbookBomb):
        read(ImportKind.FIRMS, sink.getvalue())


def test_the_marked_copy_has_every_row_the_wrong_cells_in_colour_and_no_formula():
    content = a_book(ImportKind.NEEDS, [a_row(ImportKind.NEEDS, use="=1+1"), a_row(ImportKind.NEEDS, months="长")])
    found = _here(NEEDS, content)
    sheet = load_workbook(BytesIO(marked(read_book(content, name="a.xlsx"), importing.findings(found.findings)))).active
    heads = [cell.value for cell in sheet[2]]
    at = heads.index("期限(月)")
    assert (sheet[4][at].value, sheet[4][at].fill.fgColor.rgb) == ("长", "FFFBD5D5")
    assert "期限" in sheet[4][1].value
    assert sheet[3][heads.index("用途说明")].data_type == "s"
    assert sheet[3][at].fill.fgColor.rgb != "FFFBD5D5"
