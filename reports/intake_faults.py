"""What was wrong in a workbook as a list to take away (错误清单): every cell, what stands in it and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reports.intake_findings import MENDS, Finding, Gravity
from reports.sheets_out import Column, Kind, Sheet, book_bytes

_: Callable[[str], str] = str  # marks a sentence for the catalogue
TITLE = _("错误清单")
NOTES = _("“错误”须全部改正后重新上传，“提示”不影响读入。")
HEADS = (_("类别"), _("工作表"), _("单元格或行"), _("内容"), _("原因和改法"))
GRAVITY = {Gravity.ERROR: _("错误"), Gravity.NOTICE: _("提示")}


def faults(findings: Iterable[Finding], translate: Callable[[str], str] = str, lang: str = "zh") -> bytes:
    """A workbook of one sheet, a row for each finding; the same findings give the same bytes."""
    columns = [Column(translate(head), width=width) for head, width in zip(HEADS, (8, 14, 14, 24, 90), strict=True)]
    rows = [
        (translate(GRAVITY[one.gravity]), one.sheet, place(one), one.value, one.mend(translate, lang))
        for one in findings
    ]
    return book_bytes([Sheet(translate(TITLE), columns, rows, translate(NOTES))])


def corrections(findings: Iterable[Finding]) -> Sheet:
    """What was put right or left out of the count while reading (数据更正): a row for each firm and kind, with its rows."""
    columns = [
        Column("企业代号"), Column("工作表", width=14), Column("列"), Column("更正或提示", width=60),
        Column("数量", Kind.WHOLE, "行"), Column("涉及的行", width=60),
    ]  # fmt: skip
    rows = [
        (one.firm, one.sheet, one.column, MENDS[one.code].format(value=one.value, count=one.count), one.count, one.rows)
        for one in findings
        if one.firm
    ]
    return Sheet("数据更正", columns, rows, "行号与上传的工作簿一致；同一行可因不同原因出现多次")


def place(one: Finding) -> str:
    """Where it is, as a spreadsheet names it: C12, or the row and the column's heading."""
    if one.row is None:
        return one.column
    return f"{one.column}{one.row}" if one.column.isascii() else f"{one.row} {one.column}"
