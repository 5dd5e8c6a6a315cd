"""What was found wrong or odd in a workbook, cell by cell, and how to mend it (逐行错误报告)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from financing.file_refusals import WorkbookRefused

MOST_LINES = 1_000
LONGEST_VALUE = 80


class Gravity(StrEnum):
    """An error refuses the whole book; a notice is counted and shown, and the book is taken in."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one cell, or about `count` cells of which this is the first; `row` as the spreadsheet shows it."""

    sheet: str
    row: int | None
    column: str
    value: str
    code: str
    gravity: Gravity = Gravity.ERROR
    count: int = 1

    def mend(self, translate: Callable[[str], str] = str) -> str:
        """What is wrong and what to do about it, in one sentence."""
        return translate(MENDS[self.code]).format(value=self.value, count=self.count)


@dataclass(slots=True)
class Report:
    """Findings as they come up: every one is counted, the first thousand errors by place are told."""

    errors: int = 0
    kept: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)

    def refuse(self, sheet: str, row: int | None, column: str, value: object, code: str) -> None:
        """Count one wrong cell."""
        self.errors += 1
        self.kept.append(Finding(sheet, row, column, shown(value), code))

    def refuse_where(self, frame: pl.DataFrame, wrong: pl.Expr, sheet: str, column: str, code: str) -> None:
        """Count the wrong cells of a column; `frame` has `row` and the column as it was written."""
        found = frame.filter(wrong)
        self.errors += found.height
        for row, value in found.select("row", column).head(MOST_LINES).iter_rows():
            self.kept.append(Finding(sheet, row, column, shown(value), code))

    def note(self, sheet: str, row: int | None, column: str, value: object, code: str, *, count: int = 1) -> None:
        """Mention one odd thing, met `count` times."""
        self.notices.append(Finding(sheet, row, column, shown(value), code, Gravity.NOTICE, count))

    def note_where(self, frame: pl.DataFrame, odd: pl.Expr, sheet: str, column: str, code: str) -> None:
        """Mention the odd cells of a column in one line: how many, and the first."""
        found = frame.filter(odd).select("row", column)
        if found.height:
            row, value = found.row(0)
            self.note(sheet, row, column, value, code, count=found.height)

    def settle(self) -> tuple[Finding, ...]:
        """The notices; raises WorkbookRefused with the first thousand errors in the order of sheets and rows, if any."""
        if self.errors:
            order = {sheet: at for at, sheet in enumerate(dict.fromkeys(finding.sheet for finding in self.kept))}
            lines = sorted(self.kept, key=lambda finding: (order[finding.sheet], finding.row or 0))
            raise WorkbookRefused(errors=self.errors, findings=(*lines[:MOST_LINES], *self.notices))
        return tuple(self.notices)


def shown(value: object) -> str:
    """A cell as the report shows it: short, and empty when there is nothing."""
    return "" if value is None else str(value)[:LONGEST_VALUE]


def _(text: str) -> str:
    """Mark a sentence for the catalogue."""
    return text


MENDS: dict[str, str] = {
    "cell_missing": _("此格必填，请补填。"),
    "not_an_amount": _("“{value}”不是金额，请只填数字，如 1234.56。"),
    "not_a_day": _("“{value}”不是日期，请填成 2026-03-31 这样的日期。"),
    "day_out_of_range": _("日期“{value}”早于增值税开征或晚于今天，请核对年份。"),
    "unknown_firm": _("企业代号“{value}”不在“企业信息”表中，请先在该表登记或改正代号。"),
    "firm_twice": _("企业代号“{value}”在“企业信息”表中出现多次，请只保留一行。"),
    "unknown_status": _("发票状态“{value}”无法识别，请填“有效发票”或“作废发票”。"),
    "unknown_industry": _(
        "行业代码“{value}”不在《国民经济行业分类》（GB/T 4754-2017）中，请核对；以 0 开头的代码请按文本填写。"
    ),
    "not_a_count": _("“{value}”不是人数，请填整数。"),
    "founded_later": _("成立日期“{value}”晚于今天，请核对年份。"),
    "not_months": _("“{value}”不是期限，请填 1 至 360 之间的整数月。"),
    "not_positive": _("金额“{value}”须大于零，请核对。"),
    "not_a_rate": _("“{value}”不是年利率，请填百分数：4.5 表示 4.5%。"),
    "text_too_long": _("文字过长，请压缩到 500 字以内。"),
    "line_twice": _("报表项目“{value}”出现多次，请只保留一行。"),
    "no_lines": _("表中没有可识别的报表项目，请使用本平台的模板。"),
    "doubles": _("企业“{value}”有 {count} 行与前面的行完全相同，计算时只计一次。"),
    "status_spaces": _("{count} 格发票状态前后有空格，已按去掉空格处理。"),
    "wrong_tax_sign": _("{count} 张发票的税额与金额正负相反，计算按原值，请核对票面。"),
    "does_not_add_up": _("{count} 张发票的金额加税额不等于价税合计，计算按原值，请核对票面。"),
    "amount_rounded": _("{count} 格金额多于两位小数，已四舍五入到分。"),
    "digits_lost": _("{count} 个发票号码被表格软件存成了数字，末几位已丢失；请把该列设为文本格式后重新导出。"),
    "ragged_window": _("{count} 家企业的发票没有覆盖全书的期间（{value}），增长只比较完整的十二个月。"),
    "few_invoices": _("企业“{value}”只有 {count} 张发票，结论仅供参考。"),
    "no_invoices": _("企业“{value}”在此表没有发票。"),
    "unknown_line": _("{count} 行项目名称不在模板中（第一个是“{value}”），没有读入。"),
}
