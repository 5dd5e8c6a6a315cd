"""Statements read from every layout they come in, and every fault named by its cell."""

from io import BytesIO
from itertools import count

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from financing.file_refusals import ColumnMissing, SheetMissing, WorkbookRefused
from reports.intake import Asked, read_statements
from reports.intake_faults import faults
from reports.intake_findings import Gravity
from reports.intake_statement_cells import amount_of
from reports.intake_statement_head import read_head
from reports.intake_templates import template
from reports.sheets import read_book
from scoring.statement_lines import SHEETS, Standard, Unit, form
from tests.reports.statement_books import (
    LAYOUTS,
    TAXPAYER,
    fill,
    in_tax_form,
    in_template,
    one_sheet_book,
    pair,
    saved,
    tax_rows,
    tied,
    written,
    year_by_year,
)


def numbers(start=1_000_00):
    """Amounts that are all different, so that no line can pass for another."""
    steps = count(start, 1_017_13)
    return lambda: next(steps)


def read(content, name="报表.xlsx", **asked):
    return read_statements(read_book(content, name=name), Asked(**asked))


def changed(content, *cells, **more):
    """The workbook with some cells written over: (sheet, coordinate, value)."""
    book = openpyxl.load_workbook(BytesIO(content))
    for sheet, place, value in cells:
        book[sheet][place] = value
    return saved(book)


def told(content, **asked):
    with pytest.raises(WorkbookRefused) as refused:
        read(content, **asked)
    found = [one for one in refused.value.facts["findings"] if one.gravity is Gravity.ERROR]
    assert all(one.mend() and one.mend(lang="en") for one in refused.value.facts["findings"])
    assert refused.value.facts["errors"] == len(found)
    return found


def noted(taken):
    return {one.code for one in taken.findings}


SOUND = pair(Standard.SMALL, numbers())
GENERAL = pair(Standard.GENERAL, numbers())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("standard", Standard)
def test_two_years_in_any_layout_are_read_line_by_line(standard, layout):
    years = pair(standard, numbers())
    taken = read(LAYOUTS[layout](standard, years, "text"), "报表.csv" if layout == "csv" else "报表.xlsx")
    assert taken.years == years
    assert (taken.standard, taken.unit) == (standard, Unit.YUAN)
    assert len(taken.tried) >= 2 * 17
    assert all(each.stated == each.computed is not None for each in taken.tried)


@pytest.mark.parametrize("layout", ["template", "year by year", "one sheet", "csv"])
def test_a_third_year_is_read_where_the_layout_has_room_for_it(layout):
    years = pair(Standard.SMALL, numbers(), years=3)
    taken = read(LAYOUTS[layout](Standard.SMALL, years, "brackets"), "报表.csv" if layout == "csv" else "报表.xlsx")
    assert taken.years == years


AMOUNTS = st.one_of(st.just(0), st.integers(-(10**9), 10**11), st.integers(0, 10**6).map(lambda n: n * 100))


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(
    st.data(),
    st.sampled_from(list(LAYOUTS)),
    st.sampled_from(Standard),
    st.sampled_from(["number", "text", "brackets"]),
)
def test_whatever_ties_reads_back_to_the_fen_from_any_layout(data, layout, standard, style):
    years = pair(standard, lambda: data.draw(AMOUNTS))
    taken = read(LAYOUTS[layout](standard, years, style), "a.csv" if layout == "csv" else "a.xlsx")
    assert taken.years == years


# --- units ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("unit", [Unit.YUAN, Unit.WAN])
def test_amounts_are_read_in_the_unit_the_sheet_states(unit):
    assert read(in_template(Standard.SMALL, SOUND, unit)).years == SOUND


def test_a_unit_nobody_states_is_asked_for():
    silent = changed(
        in_template(Standard.SMALL, SOUND), *((name, "E3", None) for name in ("资产负债表", "利润表", "现金流量表"))
    )
    assert [one.code for one in told(silent)] == ["unit_unknown"]
    assert read(silent, unit=Unit.YUAN).years == SOUND
    in_wan = {year: {code: fen * 10_000 for code, fen in lines.items()} for year, lines in SOUND.items()}
    assert read(silent, unit=Unit.WAN).years == in_wan


def test_a_unit_that_contradicts_itself_is_refused():
    both = changed(in_template(Standard.SMALL, SOUND), ("利润表", "E3", "万元"))
    assert [(one.code, one.value) for one in told(both)] == [("units_differ", "元、万元")]
    assert [one.code for one in told(in_template(Standard.SMALL, SOUND), unit=Unit.WAN)] == ["unit_differs"]


def test_one_sheet_may_state_the_unit_for_all():
    taken = read(changed(in_template(Standard.SMALL, SOUND), ("利润表", "E3", None)))
    assert [(one.sheet, one.value) for one in taken.findings if one.code == "unit_from_other_sheet"] == [
        ("利润表", "元")
    ]


def test_rounding_to_a_hundred_yuan_is_told_and_not_refused():
    rounded = {year: {code: round(fen, -4) for code, fen in lines.items()} for year, lines in SOUND.items()}
    taken = read(in_template(Standard.SMALL, rounded, Unit.WAN))
    assert taken.years == rounded
    assert "rounding" in noted(taken)
    assert any(one.code == "does_not_tie" for one in told(in_template(Standard.SMALL, rounded)))


# --- years ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("stated", "asked", "codes"),
    [
        ("2025", {}, []),
        ("2025", {"year": 2025}, []),
        (None, {"year": 2025}, []),
        (None, {}, ["year_unknown"] * 3),
        ("2025", {"year": 2024}, ["year_differs"]),
        ("2025", {"latest": 2024}, ["year_out_of_range"] * 3),
    ],
)
def test_the_year_is_stated_or_asked_never_guessed(stated, asked, codes):
    content = changed(
        in_template(Standard.SMALL, SOUND), *((name, "B3", stated) for name in ("资产负债表", "利润表", "现金流量表"))
    )
    if codes:
        assert [one.code for one in told(content, **asked)] == codes
    else:
        assert read(content, **asked).years == SOUND


def test_a_statement_of_part_of_a_year_is_refused():
    content = changed(in_tax_form(Standard.SMALL, SOUND), ("利润表_年报", "E3", "2025-09-30"))
    assert [(one.code, one.value) for one in told(content)] == [("not_a_year", "2025-09-30")]


def test_balance_sheet_and_income_statement_must_be_of_one_year():
    content = changed(
        in_tax_form(Standard.SMALL, SOUND), ("利润表_年报", "B3", "2024-01-01"), ("利润表_年报", "E3", "2024-12-31")
    )
    (fault,) = told(content)
    assert (fault.code, fault.more) == ("other_years", {"year": "2025", "missing": "利润表"})


def test_the_same_statement_twice_is_refused():
    book = openpyxl.load_workbook(BytesIO(in_tax_form(Standard.SMALL, SOUND)))
    book.copy_worksheet(book["利润表_年报"])
    assert [one.code for one in told(saved(book))] == ["sheet_twice"]


def test_an_opening_balance_must_be_the_closing_balance_of_the_year_before():
    content = year_by_year(Standard.SMALL, SOUND)
    place = next(c for s, c, v in _cells(content) if s == "2025年资产负债表" and v == written(SOUND[2024]["cash"]))
    wrong = {**SOUND[2024], "cash": SOUND[2024]["cash"] + 1}
    found = told(changed(content, ("2025年资产负债表", place, written(wrong["cash"]))))
    (fault,) = [one for one in found if one.code == "opening_differs"]
    assert (fault.sheet, f"{fault.column}{fault.row}", fault.value) == ("2025年资产负债表", place, "货币资金")
    assert fault.more["difference"] == "0.01 元"
    assert fault.more["cells"].startswith("2024年资产负债表 ")
    assert "does_not_tie" in {one.code for one in found}  # and the opening column itself no longer adds up


def test_a_comparative_of_a_flow_that_differs_is_told_and_the_years_own_counts():
    years = pair(Standard.SMALL, numbers(), years=2)
    content = year_by_year(Standard.SMALL, years)
    place = next(c for s, c, v in _cells(content) if s == "2025年利润表" and v == written(years[2024]["research"]))
    taken = read(changed(content, ("2025年利润表", place, 7)))
    assert "comparative_differs" in noted(taken)
    assert taken.years[2024]["research"] == years[2024]["research"]


def test_an_opening_balance_unlike_what_was_filed_earlier_is_mentioned():
    filed = {2024: {**SOUND[2024], "cash": 5}}
    taken = read(in_template(Standard.SMALL, SOUND), filed=filed)
    (notice,) = [one for one in taken.findings if one.code == "filed_differs"]
    assert (notice.value, notice.more["year"], notice.more["computed"]) == ("货币资金", "2024", "0.05 元")


# --- sums -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("layout", "code", "sheet", "place", "keys"),
    [
        ("template", "net_profit", "利润表", "C36", {"净利润"}),
        ("template", "assets", "资产负债表", "C34", {"资产总计"}),
        ("template", "inventory", "资产负债表", "C13", {"流动资产合计"}),
        ("template", "wages_cash", "现金流量表", "C8", {"经营活动产生的现金流量净额"}),
        ("tax form from C", "inventory", "资产负债表_年报", "E15", {"流动资产合计"}),
        ("tax form", "payables", "资产负债表_年报", "G9", {"流动负债合计"}),
    ],
)
def test_a_sum_that_does_not_hold_is_named_by_its_cells(layout, code, sheet, place, keys):
    content = LAYOUTS[layout](Standard.SMALL, SOUND, "text")
    assert written(SOUND[2025][code], style="text") == openpyxl.load_workbook(BytesIO(content))[sheet][place].value
    found = told(changed(content, (sheet, place, written(SOUND[2025][code] + 12_34, style="text"))))
    assert {one.value for one in found} >= keys
    assert all(one.code in {"does_not_tie", "parts_exceed"} and one.sheet == sheet for one in found)
    assert {one.more["difference"] for one in found} == {"12.34 元"}
    assert all(place in one.more["cells"].split("、") for one in found)
    assert any("12.34" in one.mend() for one in found)


def test_a_sum_over_blank_lines_names_the_blank_cells():
    less = {2025: {c: v for c, v in SOUND[2025].items() if c not in {"inventory", "raw_materials"}}, 2024: SOUND[2024]}
    (fault,) = told(in_template(Standard.SMALL, less))
    assert (fault.sheet, fault.row, fault.column, fault.value) == ("资产负债表", 19, "C", "流动资产合计")
    assert "存货 C13" in fault.mend()
    assert "Inventory C13" in fault.mend(lang="en")


def test_many_blank_lines_are_not_all_named():
    kept = {"cash", "current_assets", "assets", "liabilities", "equity", "noncurrent_assets"}
    few = {2025: {c: v for c, v in SOUND[2025].items() if c in kept or c == "revenue"}}
    assert any("等。" in one.mend() for one in told(in_template(Standard.SMALL, few)))


def test_parts_that_exceed_their_total_are_refused_even_when_others_are_missing():
    rows = [
        ("资产负债表", "单位：元", "2025年12月31日"),
        ("资产", "期末余额"),
        ("货币资金", 90),
        ("存货", 20),
        ("流动资产合计", 100),
    ]
    book = openpyxl.Workbook()
    fill(book.active, rows)
    fill(book.create_sheet("利润表"), [("2025年度",), ("项目", "本年累计金额"), ("营业收入", 5)])
    (fault,) = told(saved(book))
    assert (fault.code, fault.row, fault.column) == ("parts_exceed", 5, "B")
    assert fault.more["cells"] == "B5、B3、B4"


def test_a_total_left_blank_is_told_and_not_filled_in():
    less = {2025: {c: v for c, v in SOUND[2025].items() if c != "operating_profit"}, 2024: SOUND[2024]}
    taken = read(in_template(Standard.SMALL, less))
    assert taken.years == less
    (notice,) = [one for one in taken.findings if one.code == "total_blank"]
    assert (notice.sheet, notice.row, notice.column) == ("利润表", 25, "C")
    open_ones = [each for each in taken.tried if each.stated is None or each.computed is None]
    assert {each.total for each in open_ones} == {"operating_profit", "profit_before_tax"}


def test_what_usually_ties_and_may_not_is_a_notice():
    assert {"equity_step", "cash_step", "cash_sheet"} <= noted(read(in_template(Standard.SMALL, SOUND)))


# --- lines and cells ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("value", ["很多", "12.3.4", "1,23", "#DIV/0!", "5%", "1e999", 10**14])
def test_a_cell_that_is_no_amount_is_named(value):
    found = told(changed(in_template(Standard.SMALL, SOUND), ("资产负债表", "C5", value)))
    assert [(one.sheet, one.row, one.column, one.code) for one in found] == [("资产负债表", 5, "C", "not_an_amount")]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,234.50", 123450), (" 1 234.5 ", 123450), ("￥1,234.5", 123450), ("1234.5元", 123450), ("(1,234.50)", -123450),
        ("（1,234.50）", -123450), ("－1234.50", -123450), ("−5", -500), ("１２３．４５", 12345), (".5", 50), ("5.", 500), ("1.5e3", 150000),
        ("-", None), (".", None), ("", None), ("abc", None), ("1,2345", None), ("--5", None),
    ],
)  # fmt: skip
def test_an_amount_may_be_written_as_people_do(text, fen):
    assert amount_of(text, 100) == fen


def test_a_line_met_twice_is_refused_and_an_unknown_one_mentioned():
    twice = changed(in_template(Standard.SMALL, SOUND), ("资产负债表", "A6", "货币资金"))
    assert [(one.row, one.code) for one in told(twice)] == [(6, "line_twice")]
    content = in_template(Standard.SMALL, {2025: {"assets": 0, "net_profit": 0}})
    taken = read(changed(content, ("资产负债表", "A6", "别的资产"), ("资产负债表", "C6", "1")))
    assert [(one.row, one.value, one.code) for one in taken.findings] == [(6, "别的资产", "unknown_line")]


def test_more_than_two_decimals_are_rounded_to_the_fen_and_told():
    content = in_template(Standard.SMALL, {2025: {"assets": 0, "revenue": 0}})
    taken = read(changed(content, ("利润表", "C5", "0.005"), ("资产负债表", "C5", 0.1 + 0.2)))
    assert (taken.years[2025]["revenue"], taken.years[2025]["cash"]) == (1, 30)
    assert [one.column for one in taken.findings if one.code == "amount_rounded"] == ["C"]


def test_dashes_and_blanks_state_nothing():
    content = in_template(Standard.SMALL, {2025: {"assets": 0, "revenue": 0}})
    taken = read(
        changed(content, *(("资产负债表", f"C{row}", blank) for row, blank in enumerate(("-", "—", "――", "/", " "), 5)))
    )
    assert taken.years == {2025: {"assets": 0, "revenue": 0}}


def test_two_wholes_may_have_parts_of_one_name():
    taken = read(in_tax_form(Standard.GENERAL, GENERAL))
    for code in ("bonds_preference", "equity_preference", "bonds_perpetual", "equity_perpetual"):
        assert taken.years[2025][code] == GENERAL[2025][code]


def test_impairment_among_the_deductions_is_kept_as_the_loss_it_is():
    head = [("利润表", "会企02表", "单位：元"), ("2025年度",)]
    older = [
        ("项目", "本年金额"),
        ("一、营业收入", 100),
        ("减：营业成本", 60),
        ("资产减值损失", 5),
        ("加：投资收益", 1),
        ("二、营业利润", 36),
    ]
    book = openpyxl.Workbook()
    fill(book.active, [("资产负债表 2025年12月31日",), ("资产", "期末余额"), ("资产总计", 1)])
    fill(book.create_sheet("利润表"), [*head, *older])
    taken = read(saved(book))
    assert taken.years[2025]["asset_impairment"] == -500
    assert "loss_turned" in noted(taken)


# --- sheets ---------------------------------------------------------------------------------------------------------
def test_the_standard_is_known_by_its_names_when_no_title_says_it():
    rows = tax_rows(Standard.GENERAL, "balance", GENERAL, "number")
    book = openpyxl.Workbook()
    fill(book.active, [("2025年12月31日", "单位：元"), *rows[4:]])
    fill(book.create_sheet("b"), tax_rows(Standard.GENERAL, "income", GENERAL, "number")[2:])
    assert read(saved(book)).standard is Standard.GENERAL


def test_a_standard_that_nothing_tells_is_assumed_and_said():
    book = openpyxl.Workbook()
    fill(book.active, [("2025年12月31日", "单位：元"), ("资产", "期末余额"), ("货币资金", 1)])
    fill(book.create_sheet("b"), [("2025年度",), ("项目", "本年金额"), ("营业收入", 1)])
    taken = read(saved(book))
    assert (taken.standard, noted(taken)) == (Standard.SMALL, {"standard_assumed", "unit_from_other_sheet"})


def test_two_standards_in_one_book_are_refused():
    content = changed(
        in_tax_form(Standard.SMALL, SOUND), ("利润表_年报", "A1", "利润表（适用执行企业会计准则的一般企业）")
    )
    assert "standards_differ" in {one.code for one in told(content)}


def test_another_firms_statements_are_refused():
    content = in_tax_form(Standard.SMALL, SOUND)
    assert read(content, taxpayer=TAXPAYER).years == SOUND
    found = told(content, taxpayer="91360000MA35XYX11B")
    assert {(one.code, one.value) for one in found} == {("other_taxpayer", TAXPAYER)}


def test_other_sheets_and_columns_are_left_out_and_said():
    book = openpyxl.load_workbook(BytesIO(in_tax_form(Standard.SMALL, SOUND)))
    fill(book.create_sheet("所有者权益变动表"), [("项目", "本年金额"), ("实收资本", 5)])
    page = book["利润表_年报"]
    page["E5"], page["E6"] = "本月金额", 99
    taken = read(saved(book))
    assert taken.years == SOUND
    assert {"sheet_skipped", "column_skipped"} <= noted(taken)


def test_notes_below_and_beside_a_statement_are_not_read_as_lines():
    rows = tax_rows(Standard.GENERAL, "cash", GENERAL, "number")
    below = [*rows, ("补充资料", None, "本期金额", "上期金额"), ("净利润", 1, 5, 5)]
    book = openpyxl.load_workbook(BytesIO(in_tax_form(Standard.GENERAL, GENERAL)))
    fill(book["现金流量表_年报"], below)
    for at, text in enumerate(("补充资料", "行次", "本期金额", "上期金额"), 5):
        book["现金流量表_年报"].cell(5, at).value = text
    assert read(saved(book)).years == GENERAL


def test_a_header_may_stand_in_two_rows():
    book = openpyxl.Workbook()
    fill(
        book.active,
        [("单位：元", "2025年12月31日"), ("资产", "金额", None), (None, "期末余额", "年初余额"), ("货币资金", 3, 2)],
    )
    fill(
        book.create_sheet("利润表"),
        [("2025年度",), ("项目", "本年累计金额", "本期金额"), ("营业收入", 8, 1), ("短期投资收益额", None, 3)],
    )
    taken = read(saved(book))
    assert taken.years == {2024: {"cash": 200}, 2025: {"cash": 300, "revenue": 800}}


def test_what_is_missing_is_named():
    book = openpyxl.Workbook()
    fill(book.active, [("单位：元", "2025年12月31日"), ("资产", "期末余额"), ("货币资金", 3)])
    with pytest.raises(SheetMissing) as missing:
        read(saved(book))
    assert missing.value.facts["needed"] == "利润表"
    fill(book.create_sheet("利润表"), [("项目", "金额"), ("营业收入", 1)])
    with pytest.raises(ColumnMissing):
        read(saved(book))
    del book["利润表"]
    fill(book.create_sheet("利润表"), [("项目", "本年金额"), ("别的", 1)])
    assert [one.code for one in told(saved(book))] == ["no_lines"]
    with pytest.raises(SheetMissing):
        read(template("invoices"))


@pytest.mark.parametrize(
    ("cells", "sheet", "year", "unit", "taxpayer"),
    [
        (["资产负债表", "编制单位：元洲有限公司", "2025年12月31日", "单位：元"], "", 2025, Unit.YUAN, None),
        (["会小企01表", "编制单位:元", "金额单位：人民币万元"], "2024", 2024, Unit.WAN, None),
        (
            ["税款所属期：2025年01月01日至2025年12月31日", "填报日期：2026-03-02", "单位:千元"],
            "",
            2025,
            Unit.THOUSAND,
            None,
        ),
        (["纳税人识别号：91360000MA35XYX00A", "所属期止：2023-12-31"], "", 2023, None, "91360000MA35XYX00A"),
        (["年度：", "2022", "单位：", "元"], "", 2022, Unit.YUAN, None),
        (["2025年13月45日"], "", None, None, None),
        ([], "利润表2021", 2021, None, None),
        ([], "Sheet1", None, None, None),
    ],
)
def test_a_head_is_read_as_it_is_printed(cells, sheet, year, unit, taxpayer):
    head = read_head(cells, sheet)
    assert (head.year, head.unit, head.taxpayer) == (year, unit, taxpayer)


@pytest.mark.parametrize("kind", ["statements", "general"])
def test_the_template_states_its_standard_and_every_line(kind):
    standard = Standard.GENERAL if kind == "general" else Standard.SMALL
    book = openpyxl.load_workbook(BytesIO(template(kind)))
    years = {2025: tied(standard, lambda: 0)}
    assert read(in_template(standard, years)).standard is standard
    for page, sheet in zip(book.worksheets, SHEETS, strict=False):
        assert page.max_row == 4 + len(form(standard, sheet))
        lists = [rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"]
        assert lists == ['"元,万元"']


def test_faults_can_be_taken_away_as_a_workbook():
    with pytest.raises(WorkbookRefused) as refused:
        read(changed(in_template(Standard.SMALL, SOUND), ("资产负债表", "C5", "乱"), ("利润表", "C36", 1)))
    found = refused.value.facts["findings"]
    assert faults(found) == faults(found)
    rows = list(openpyxl.load_workbook(BytesIO(faults(found))).active.iter_rows(values_only=True))
    body = [row for row in rows if row[0] in {"错误", "提示"}]
    assert len(body) == len(found)
    assert body[0][1:3] == ("资产负债表", "C5")


def test_one_sheet_of_all_is_named_by_its_own_cells():
    content = one_sheet_book(Standard.SMALL, SOUND, "number")
    sheet, place, value = next(cell for cell in _cells(content) if cell[2] == written(SOUND[2025]["net_profit"]))
    found = told(changed(content, (sheet, place, value + 1)))
    assert [f"{one.column}{one.row}" for one in found] == [place]


def _cells(content):
    from tests.reports.statement_books import cells

    return list(cells(content))
