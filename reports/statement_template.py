"""The workbook for financial statements to download and fill in (财务报表模板): one standard's lines, three years, both languages."""

from __future__ import annotations

from typing import Any

from xlsxwriter.workbook import Workbook

from reports.intake_statement_cells import TITLES
from reports.sheets_out import FONT, HEADING
from scoring.statement_lines import SHEETS, Standard, StatementLine, Unit, form, identities

HEADER = 3  # rows above the header: title, firm, year and unit
AMOUNT_LIMIT = 10**13  # yuan, as the platform's money
FOR = {Standard.SMALL: "适用执行小企业会计准则的企业", Standard.GENERAL: "适用执行企业会计准则的一般企业"}
PERIODS = {
    "balance": ("期末余额", "年初余额", "上年年初余额"),
    "income": ("本年累计金额", "上年金额", "前年金额"),
    "cash": ("本年累计金额", "上年金额", "前年金额"),
}
AMOUNTS = range(2, 5)
GUIDE = (
    "一、按年度报表填写；没有的项目留空，金额格里不要写文字。Fill in the yearly statements; leave blank what there is not.",
    "二、“年度”填“期末”或“本年”所在的年份；“单位”从下拉表中选择，三张表要一致。State the year; choose the unit from the list.",
    "三、至少填两年；第三年有就填，用于看三年趋势。Two years at least; the third shows a trend.",
    "四、合计数请与报表一致：系统逐一核对每个合计，不平的会指出是哪一格。Every total is tried and told by its cell.",
    "五、现金流量表可不填，但与现金流有关的比率就算不出来。The cash flow is optional; without it its ratios stay unknown.",
    "六、也可直接上传税务局导出的报表，不必转抄。The tax office's own export is taken as it is.",
    "七、请勿改动表名、列名和项目名称。Do not rename sheets, columns or lines.",
)


def write_statements(book: Workbook, standard: Standard) -> None:
    """The three sheets of one standard, empty, and how to fill them in."""
    for kind in SHEETS:
        _sheet(book, standard, kind)
    page = book.add_worksheet("填写说明")
    wrap = book.add_format({**FONT, "text_wrap": True})
    page.set_column(0, 0, 110, wrap)
    for row, sentence in enumerate(GUIDE):
        page.write_string(row, 0, sentence, wrap)


def _sheet(book: Workbook, standard: Standard, kind: str) -> None:
    """Head, header and every line of the standard in its order: name, number, amounts of three years, English name."""
    page = book.add_worksheet(TITLES[kind])
    title = book.add_format({**FONT, "bold": True, "font_size": 14})
    head, amount = book.add_format({**FONT, **HEADING}), book.add_format({**FONT, **HEADING, "align": "right"})
    page.write_string(0, 0, f"{TITLES[kind]}（{FOR[standard]}）", title)
    _firm(book, kind)
    for at, text in enumerate(("项目", "行次", *PERIODS[kind], "Item")):
        page.write_string(HEADER, at, text, amount if at in AMOUNTS else head)
    lines = form(standard, kind)
    for row, line in enumerate(lines, HEADER + 1):
        _line(book, page, row, line, standard)
    page.set_column(0, 0, 44)
    page.set_column(1, 1, 6)
    page.set_column(2, 4, 20, book.add_format({**FONT, "num_format": "#,##0.00"}))
    page.set_column(5, 5, 44)
    page.data_validation(HEADER + 1, 2, HEADER + len(lines), 4, _amounts())
    page.freeze_panes(HEADER + 1, 1)
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER)


def _firm(book: Workbook, kind: str) -> None:
    """Whose, which year, which unit: the last two are asked for with a hint and a list."""
    page = book.get_worksheet_by_name(TITLES[kind])
    label, entry = (
        book.add_format({**FONT, "align": "right"}),
        book.add_format({**FONT, "border": 1, "num_format": "@"}),
    )
    for row, at, text in ((1, 0, "纳税人识别号："), (2, 0, "年度："), (2, 3, "单位：")):
        page.write_string(row, at, text, label)
        page.write_blank(row, at + 1, None, entry)
    page.write_string(2, 4, Unit.YUAN.term, entry)
    page.data_validation(2, 1, 2, 1, {
        "validate": "integer", "criteria": "between", "minimum": 2001, "maximum": 2100, "input_title": "年度 Year",
        "input_message": "“期末”或“本年”所在的年份，如 2025。The year the statements end.",
    })  # fmt: skip
    page.data_validation(2, 4, 2, 4, {
        "validate": "list", "source": [Unit.YUAN.term, Unit.WAN.term], "input_title": "单位 Unit",
        "input_message": "元 = yuan，万元 = ten thousand yuan",
    })  # fmt: skip


def _line(book: Workbook, page: Any, row: int, line: StatementLine, standard: Standard) -> None:
    place = line.places[standard]
    totals = {identity.total for identity in identities(standard)}
    style = {"bold": True} if line.code in totals else {"indent": 3 if place.sign == "=" else 1}
    page.write_string(row, 0, place.printed, book.add_format({**FONT, **style}))
    page.write_number(row, 1, place.number, book.add_format({**FONT, "align": "center"}))
    page.write_string(row, 5, line.english, book.add_format({**FONT, "font_color": "#5F6B7A"}))


def _amounts() -> dict[str, Any]:
    return {
        "validate": "decimal", "criteria": "between", "minimum": -AMOUNT_LIMIT, "maximum": AMOUNT_LIMIT,
        "input_title": "金额 Amount", "input_message": "单位见表头；没有的项目留空。In the unit above; blank where there is none.",
        "error_title": "金额 Amount", "error_message": "请只填数字，如 1234.56。Figures only, such as 1234.56.",
    }  # fmt: skip
