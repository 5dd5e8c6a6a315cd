from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.file_refusals import ColumnMissing, SheetMissing, WorkbookEmpty, WorkbookRefused
from reports.intake import NeedRow, read_invoices, template
from reports.intake_faults import corrections
from reports.intake_findings import MENDS, MOST_LINES, MOST_RANGES, ranges
from reports.sheets import Book, Limits, join, read_book

TODAY = date(2026, 11, 23)
REAL = Path(__file__).parents[3] / "shared/data/cumcm2020c/附件1_61家有信贷记录企业.xlsx"
INVOICE = ["企业代号", "发票号码", "开票日期", "购方单位代号", "金额", "税额", "价税合计", "发票状态"]
SOUND = ["Q1", "00123", "2025-03-31 00:00:00", "B1", "100", "13", "113", "有效发票"]
NEED = ["企业代号", "金额(万元)", "期限(月)", "用途", "最迟用款日", "期望利率%"]
FIRM_COLUMNS = ["firm", "name", "industry", "employees", "founded", "representative", "park"]
SCHEMA = {
    "firm": pl.String,
    "side": pl.String,
    "number": pl.String,
    "counterparty": pl.String,
    "day": pl.Date,
    "amount_fen": pl.Int64,
    "tax_fen": pl.Int64,
    "total_fen": pl.Int64,
    "void": pl.Boolean,
}


def sheet(*rows):
    columns = {f"c{at}": [row[at] for row in rows] for at in range(len(rows[0]))}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_row_index("row", offset=1)


def book(sales=(SOUND,), purchases=(), firms=(("Q1", "甲"), ("Q2", "乙")), **others):
    purchase = [name.replace("购方", "销方") for name in INVOICE]
    sheets = {
        "企业信息": sheet(["企业代号", "企业名称"], *firms),
        "进项发票信息": sheet(purchase, *purchases),
        "销项发票信息": sheet(INVOICE, *sales),
    }
    return Book(sheets | {name: sheet(*rows) for name, rows in others.items()})


def changed(**cells):
    """The sound invoice with some cells replaced, by heading."""
    return [cells.get(name, value) for name, value in zip(INVOICE, SOUND, strict=True)]


def errors(a_book):
    with pytest.raises(WorkbookRefused) as refused:
        read_invoices(a_book, until=TODAY)
    facts = refused.value.facts
    found = [finding for finding in facts["findings"] if finding.gravity == "error"]
    assert facts["errors"] >= len(found)
    return [(finding.sheet, finding.row, finding.column, finding.value, finding.code) for finding in found]


def notices(a_book):
    found = read_invoices(a_book, until=TODAY).findings
    quiet = {"few_invoices", "no_invoices", "ragged_window"}
    return [
        (notice.row, notice.column, notice.value, notice.code, notice.count)
        for notice in found
        if notice.code not in quiet
    ]


def test_an_invoice_comes_out_exact():
    taken = read_invoices(book(purchases=[changed(发票状态="作废发票")]), until=TODAY)
    assert dict(taken.invoices.schema) == SCHEMA
    assert taken.invoices.rows() == [
        ("Q1", "in", "00123", "B1", date(2025, 3, 31), 10_000, 1_300, 11_300, True),
        ("Q1", "out", "00123", "B1", date(2025, 3, 31), 10_000, 1_300, 11_300, False),
    ]
    assert taken.firms.select("firm", "name").rows() == [("Q1", "甲"), ("Q2", "乙")]


@pytest.mark.parametrize(
    ("heading", "written", "code"),
    [
        ("企业代号", "Q9", "unknown_firm"),
        ("企业代号", " ", "cell_missing"),
        ("发票号码", None, "cell_missing"),
        ("购方单位代号", None, "cell_missing"),
        ("开票日期", "明天", "not_a_day"),
        ("开票日期", "2025-02-30", "not_a_day"),
        ("开票日期", "45747", "not_a_day"),
        ("开票日期", "1993-12-31", "day_out_of_range"),
        ("开票日期", "2026-11-24", "day_out_of_range"),
        ("金额", "一百", "not_an_amount"),
        ("金额", "1.2.3", "not_an_amount"),
        ("金额", "10000000000000.01", "not_an_amount"),
        ("金额", "#REF", "not_an_amount"),
        ("税额", "nan", "not_an_amount"),
        ("价税合计", "inf", "not_an_amount"),
        ("发票状态", "异常", "unknown_status"),
    ],
)
def test_a_cell_that_cannot_be_taken_refuses_the_book_by_its_place(heading, written, code):
    place = ("销项发票信息", 3, heading)
    shown = "" if code == "cell_missing" else written
    assert errors(book(sales=[SOUND, changed(**{heading: written})])) == [(*place, shown, code)]


@pytest.mark.parametrize(
    "written",
    [
        "2025-3-31",
        "2025/3/31",
        "2025/03/31",
        "2025.3.31",
        "2025年3月31日",
        "20250331",
        " 2025-03-31 08:30:00",
        "２０２５-03-31",
    ],
)
def test_a_day_may_be_written_as_people_do(written):
    assert read_invoices(book(sales=[changed(开票日期=written)]), until=TODAY).invoices["day"].to_list() == [
        date(2025, 3, 31)
    ]


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("1,234.50", 123_450),
        ("￥1234.5", 123_450),
        ("1234.5元", 123_450),
        ("１２３４．５", 123_450),
        ("(1,234.50)", -123_450),
        ("（1234.5）", -123_450),
        (" 1234.5 ", 123_450),
        ("-0", 0),
        ("0.300000004", 30),
        ("123456789.120000005", 12_345_678_912),
        ("99999999999.99", 9_999_999_999_999),
    ],
)
def test_an_amount_may_be_written_as_people_do(written, fen):
    assert read_invoices(book(sales=[changed(金额=written)]), until=TODAY).invoices["amount_fen"].to_list() == [fen]


@pytest.mark.parametrize(
    ("cells", "notice"),
    [
        ({"发票状态": " 作废发票"}, (2, "发票状态", " 作废发票", "status_spaces", 1)),
        ({"金额": "-100", "价税合计": "-87"}, (2, "税额", "13", "wrong_tax_sign", 1)),
        ({"价税合计": "113.02"}, (2, "价税合计", "113.02", "does_not_add_up", 1)),
        ({"金额": "100.005"}, (2, "金额", "100.005", "amount_rounded", 1)),
        ({"发票号码": f"{24322000000012345678.0:.0f}"}, (2, "发票号码", "24322000000012345344", "digits_lost", 1)),
    ],
)
def test_an_odd_cell_is_taken_and_mentioned(cells, notice):
    assert notices(book(sales=[changed(**cells)])) == [notice]


@pytest.mark.parametrize(
    "cells",
    [{"价税合计": "113.01"}, {"金额": "-100", "税额": "-13", "价税合计": "-113"}, {"发票号码": "24322000000012345678"}],
)
def test_a_sound_cell_is_not_mentioned(cells):
    assert notices(book(sales=[changed(**cells)])) == []


def test_doubles_are_kept_and_counted_by_firm():
    again = changed(发票号码="9")
    taken = book(
        sales=[
            SOUND,
            SOUND,
            again,
            SOUND,
            changed(企业代号="Q2"),
            changed(企业代号="Q2"),
            changed(金额="1", 价税合计="14"),
        ]
    )
    assert read_invoices(taken, until=TODAY).invoices.height == 7
    assert notices(taken) == [(3, "企业代号", "Q1", "doubles", 2), (7, "企业代号", "Q2", "doubles", 1)]


def test_an_amount_no_invoice_can_have_is_refused():
    most = changed(金额="100000000000", 税额="0", 价税合计="100000000000")
    assert read_invoices(book(sales=[most]), until=TODAY).invoices["amount_fen"].to_list() == [10**13]
    assert errors(book(sales=[changed(金额="100000000000.01")])) == [
        ("销项发票信息", 2, "金额", "100000000000.01", "amount_beyond")
    ]


def test_every_correction_names_its_firm_and_rows():
    spaced, other = changed(发票状态=" 有效发票"), changed(企业代号="Q2", 发票状态="有效发票 ", 发票号码="7")
    taken = book(sales=[SOUND, changed(发票号码="2", 发票状态=" 有效发票"), spaced, other, SOUND, SOUND, spaced])
    found = read_invoices(taken, until=TODAY).findings
    told = {(one.code, one.firm): (one.count, one.rows) for one in found if one.firm}
    assert told == {
        ("status_spaces", "Q1"): (3, "3–4、8"),
        ("status_spaces", "Q2"): (1, "5"),
        ("doubles", "Q1"): (4, "4、6–8"),
    }
    said = next(one for one in found if one.code == "doubles")
    assert said.mend() == "4 行与前面的行完全相同，计算时只计一次。（企业“Q1”，第 4、6–8 行）"
    sheet = corrections(found)
    assert [(row[0], row[4], row[5]) for row in sheet.rows] == [
        ("Q1", 3, "3–4、8"),
        ("Q2", 1, "5"),
        ("Q1", 4, "4、6–8"),
    ]


def test_rows_are_told_in_stretches_and_cut_when_there_are_many():
    assert ranges([]) == ""
    assert ranges([2, 3, 4, 9]) == "2–4、9"
    assert ranges(range(2, 2 + 2 * MOST_RANGES, 2)).count("、") == MOST_RANGES - 1
    assert ranges(range(2, 4 + 2 * MOST_RANGES, 2)).endswith("、…")


def test_firms_with_little_to_show_are_mentioned():
    found = read_invoices(
        book(sales=[SOUND, changed(企业代号="Q2", 开票日期="2024-01-01")], purchases=[SOUND] * 5), until=TODAY
    ).findings
    mentioned = {(f.sheet[:2], f.value, f.code, f.count) for f in found if f.code != "doubles"}
    assert mentioned == {
        ("销项", "2024-01 至 2025-03", "ragged_window", 2),
        ("销项", "Q1", "few_invoices", 1),
        ("销项", "Q2", "few_invoices", 1),
        ("进项", "Q2", "no_invoices", 0),
    }


def test_a_book_full_of_errors_is_reported_up_to_a_thousand_lines_and_counted():
    with pytest.raises(WorkbookRefused) as refused:
        read_invoices(book(sales=[changed(金额="x", 税额="y")] * 1_500), until=TODAY)
    assert refused.value.facts["errors"] == 3_000
    told = [finding.row for finding in refused.value.facts["findings"] if finding.gravity == "error"]
    assert told == [row for row in range(2, 502) for _ in range(2)]
    assert len(told) == MOST_LINES


def test_errors_come_in_the_order_of_the_rows():
    rows = [changed(税额="x"), changed(企业代号="Q9"), changed(金额="y")]
    assert [(row, code) for _, row, _, _, code in errors(book(sales=rows))] == [
        (2, "not_an_amount"),
        (3, "unknown_firm"),
        (4, "not_an_amount"),
    ]


def test_a_firm_stands_in_the_list_once_with_its_name():
    assert errors(book(firms=[("Q1", "甲"), ("Q1", "乙"), ("Q2", None)])) == [
        ("企业信息", 3, "企业代号", "Q1", "firm_twice"),
        ("企业信息", 4, "企业名称", "", "cell_missing"),
    ]


def test_the_banks_rating_and_the_outcome_are_never_read():
    with_labels = book()
    with_labels.sheets["企业信息"] = sheet(["是否违约", "企业代号", "信誉评级", "企业名称"], ("是", "Q1", "D", "甲"))
    taken = read_invoices(with_labels, until=TODAY)
    assert taken.firms.rows() == [("Q1", "甲", None, None, None, None, None)]
    assert taken.firms.columns == FIRM_COLUMNS


def told(**cells):
    """A book whose one firm says more of itself, by heading."""
    more = book()
    more.sheets["企业信息"] = sheet(["企业代号", "企业名称", *cells], ("Q1", "甲", *cells.values()))
    return more


def test_a_firm_may_say_its_trade_its_people_and_its_park():
    head = ("行业代码", "从业人员(人)", "成立日期", "法定代表人", "所在园区")
    cells = dict(zip(head, (" C3985 ", "1,286", "2016年3月1日", "陈立群", "滨江产业园"), strict=True))
    taken = read_invoices(told(**cells), until=TODAY)
    assert taken.firms.rows() == [("Q1", "甲", "3985", 1_286, date(2016, 3, 1), "陈立群", "滨江产业园")]
    assert taken.firms.columns == FIRM_COLUMNS


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("行业代码", "9999", "unknown_industry"),
        ("行业代码", "A3985", "unknown_industry"),
        ("行业代码", "电子", "unknown_industry"),
        ("从业人员(人)", "86.5", "not_a_count"),
        ("从业人员(人)", "-3", "not_a_count"),
        ("从业人员(人)", "很多", "not_a_count"),
        ("成立日期", "不详", "not_a_day"),
        ("成立日期", "2027-01-01", "founded_later"),
    ],
)
def test_what_a_firm_says_more_must_be_right(column, value, code):
    assert errors(told(**{column: value})) == [("企业信息", 2, column, value, code)]


def test_a_firm_of_the_last_century_is_taken():
    assert read_invoices(told(成立日期="1958-07-01"), until=TODAY).firms["founded"][0] == date(1958, 7, 1)


def test_the_header_is_found_under_a_title_and_whatever_its_order_or_marks():
    moved = sheet(
        ["销项清单", *[None] * 7],
        [None] * 8,
        [f" {name}＊" for name in reversed(INVOICE)],
        list(reversed(SOUND)),
        [" "] * 8,
    )
    taken = book()
    taken.sheets[" 销项发票信息"] = moved
    del taken.sheets["销项发票信息"]
    assert read_invoices(taken, until=TODAY).invoices.row(0)[:4] == ("Q1", "out", "00123", "B1")


def test_what_is_missing_is_named_with_what_is_there():
    incomplete = book()
    del incomplete.sheets["进项发票信息"]
    with pytest.raises(SheetMissing) as refused:
        read_invoices(incomplete, until=TODAY)
    assert refused.value.facts == {"needed": "进项发票信息", "found": ("企业信息", "销项发票信息")}
    incomplete.sheets["进项发票信息"] = sheet(["企业代号", "发票号码"])
    with pytest.raises(ColumnMissing) as refused:
        read_invoices(incomplete, until=TODAY)
    assert refused.value.facts == {"sheet": "进项发票信息", "column": "开票日期", "found": ("企业代号", "发票号码")}
    with pytest.raises(WorkbookEmpty):
        read_invoices(book(firms=()), until=TODAY)


def test_a_wish_for_a_loan_is_read_exactly():
    rows = [
        NEED,
        ["Q1", "100.5", "12", " 采购原料 ", "2026-12-31 00:00:00", "4.35"],
        ["Q2", "0.000001", "6", "周转", None, None],
    ]
    assert read_invoices(book(融资需求=rows), until=TODAY).needs == (
        NeedRow(2, "Q1", 100_500_000, 12, "采购原料", date(2026, 12, 31), 43_500),
        NeedRow(3, "Q2", 1, 6, "周转", None, None),
    )
    assert read_invoices(book(), until=TODAY).needs == ()
    assert read_invoices(book(融资需求=[NEED]), until=TODAY).needs == ()


@pytest.mark.parametrize(
    ("at", "written", "code"),
    [
        (0, "Q9", "unknown_firm"),
        (1, "很多", "not_an_amount"),
        (1, "-5", "not_positive"),
        (1, "1000000001", "not_an_amount"),
        (2, "12.5", "not_months"),
        (2, "0", "not_months"),
        (2, "361", "not_months"),
        (3, "", "cell_missing"),
        (3, "长" * 501, "text_too_long"),
        (4, "尽快", "not_a_day"),
        (5, "0.0435", "not_a_rate"),
        (5, "101", "not_a_rate"),
    ],
)
def test_a_wrong_wish_is_named_by_its_cell(at, written, code):
    row = ["Q1", "100", "12", "采购", "2026-12-31", "4.35"]
    row[at] = written
    assert errors(book(融资需求=[NEED, row])) == [("融资需求", 2, NEED[at], written[:80], code)]


def test_three_csv_files_make_a_book():
    files = {
        "企业信息": "企业代号,企业名称\nQ1,甲\n",
        "进项发票信息": ",".join(INVOICE).replace("购方", "销方") + "\n",
        "销项发票信息": ",".join(INVOICE) + "\n" + ",".join(SOUND) + "\n",
    }
    joined = join(*(read_book(text.encode("gb18030"), name=f"{name}.csv") for name, text in files.items()))
    assert read_invoices(joined, until=TODAY).invoices.height == 1


cells = st.one_of(st.none(), st.text(max_size=8), st.sampled_from([*SOUND, "Q2", "x", "1e5", "-1", "作废发票"]))


@given(st.lists(st.lists(cells, min_size=8, max_size=8), max_size=6))
def test_any_cells_are_taken_or_reported_never_an_error(rows):
    try:
        taken = read_invoices(book(sales=rows), until=TODAY)
    except WorkbookRefused as refused:
        assert all(finding.mend() for finding in refused.facts["findings"])  # noqa: PT017 (both ways are checked)
    else:
        assert taken.invoices.null_count().sum_horizontal().item() == 0


@given(
    st.lists(
        st.tuples(st.integers(-(10**12), 10**12), st.integers(-(10**11), 10**11), st.integers(0, 9_000), st.booleans()),
        max_size=30,
    )
)
def test_every_sound_invoice_comes_out_as_it_went_in(invoices):
    rows = [
        changed(
            金额=str(Decimal(amount) / 100),
            税额=str(Decimal(tax) / 100),
            价税合计=str(Decimal(amount + tax) / 100),
            开票日期=(date(2000, 1, 1) + timedelta(age)).isoformat(),
            发票状态="作废发票" if void else "有效发票",
        )
        for amount, tax, age, void in invoices
    ]
    taken = read_invoices(book(sales=rows), until=TODAY).invoices
    expected = [
        (date(2000, 1, 1) + timedelta(age), amount, tax, amount + tax, void) for amount, tax, age, void in invoices
    ]
    assert taken.select("day", "amount_fen", "tax_fen", "total_fen", "void").rows() == expected


def test_every_sentence_can_be_said():
    odd = (
        "registered",
        "latest",
        "people",
        "founded",
        "submitted",
        "given",
        "amount",
        "revenue",
        "assets",
        "others",
        "day",
    )
    names = (
        *odd,
        "part",
        "says",
        "stated",
        "computed",
        "difference",
        "cells",
        "blank",
        "asked",
        "year",
        "missing",
        "first",
        "longest",
        "line",
        "fact",
        "on",
        "opens",
        "closes",
        "code",
    )
    words = dict.fromkeys(names, "x")
    assert all("{" not in text.format(value="x", count=1, **words) for text in MENDS.values())


def test_the_invoice_template_filled_in_is_taken():
    filled = openpyxl.load_workbook(BytesIO(template("invoices")))
    filled["企业信息"].append(["Q1", "甲"])
    for name in ("进项发票信息", "销项发票信息"):
        filled[name].append(["Q1", "00123", date(2025, 3, 31), "B1", 100.1, 13.01, 113.11, "有效发票"])
    filled["融资需求"].append(["Q1", 100, 12, "采购", date(2026, 12, 31), 4.35])
    sink = BytesIO()
    filled.save(sink)
    taken = read_invoices(read_book(sink.getvalue()), until=TODAY)
    assert taken.invoices["total_fen"].to_list() == [11_311, 11_311]
    assert taken.invoices["number"].to_list() == ["00123", "00123"]
    assert taken.needs == (NeedRow(2, "Q1", 100_000_000, 12, "采购", date(2026, 12, 31), 43_500),)


@pytest.mark.parametrize("kind", ["invoices", "statements", "general"])
def test_a_template_has_drop_downs_and_the_same_bytes(kind):
    assert template(kind) == template(kind)
    pages = openpyxl.load_workbook(BytesIO(template(kind))).worksheets[:-1]
    assert all(page.data_validations.dataValidation for page in pages)


@pytest.mark.skipif(not REAL.exists(), reason="the real workbook is not beside the checkout")
def test_the_real_workbook_is_taken_whole():
    taken = read_invoices(read_book(REAL), until=TODAY)
    counts = dict(taken.invoices["side"].value_counts().iter_rows())
    assert (taken.firms.height, counts) == (61, {"in": 96_170, "out": 67_744})
    assert dict(taken.invoices.schema) == SCHEMA
    for side, part in (("in", 2), ("out", 3)):
        with ZipFile(REAL) as parts:
            text = parts.read(f"xl/worksheets/sheet{part}.xml")
        written = re.findall(rb'<c r="E\d+"[^>]*><v>([^<]*)</v>', text)
        yuan = sum(Decimal(value.decode()).quantize(Decimal("0.01"), ROUND_HALF_UP) for value in written)
        assert taken.invoices.filter(side=side)["amount_fen"].sum() == yuan * 100
        voided = len(re.findall("作废发票".encode(), text))
        assert taken.invoices.filter(side=side)["void"].sum() == voided
    codes = {finding.code for finding in taken.findings}
    assert codes == {"doubles", "status_spaces", "wrong_tax_sign", "ragged_window", "few_invoices"}


@pytest.mark.skipif(not REAL.exists(), reason="the real workbook is not beside the checkout")
def test_the_default_limits_are_not_far_above_the_real_workbook():
    with ZipFile(REAL) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
    assert unpacked < Limits().unpacked < 2 * unpacked
