"""What was found wrong or odd in a workbook, cell by cell, and how to mend it (逐行错误报告)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import polars as pl

from financing.file_refusals import WorkbookRefused
from financing.office_words import FAULT_SAYS
from financing.policy_words import POLICY_SENTENCES

Said = str | Sequence[str]
Words = Mapping[str, Said]
NO_WORDS: Words = MappingProxyType({})
MOST_LINES = 1_000
LONGEST_VALUE = 80
MOST_RANGES = 40


class Gravity(StrEnum):
    """An error refuses the whole book; a notice is counted and shown, and the book is taken in."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one cell, or about `count` cells of which this is the first; `row` as the spreadsheet shows it.

    `firm` and `rows` say whose cells were corrected and which, where it was done firm by firm (`12、15–18`).
    """

    sheet: str
    row: int | None
    column: str
    value: str
    code: str
    gravity: Gravity = Gravity.ERROR
    count: int = 1
    more: Words = field(default_factory=dict)
    firm: str = ""
    rows: str = ""

    def mend(self, translate: Callable[[str], str] = str, lang: str = "zh") -> str:
        """What is wrong and what to do about it, in one sentence; `more` gives a word, or it in Chinese and in English."""
        told = {name: said if isinstance(said, str) else said[lang == "en"] for name, said in self.more.items()}
        sentence = translate(MENDS[self.code]).format(value=self.value, count=self.count, **told)
        where = translate(WHERE).format(firm=self.firm, rows=self.rows) if self.firm else ""
        return f"{sentence}{where}"


@dataclass(slots=True)
class Report:
    """Findings as they come up: every one is counted, the first thousand errors by place are told."""

    errors: int = 0
    kept: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)

    def refuse(
        self, sheet: str, row: int | None, column: str, value: object, code: str, more: Words = NO_WORDS
    ) -> None:
        """Count one wrong cell; `more` are further words of the sentence that tells it."""
        self.errors += 1
        self.kept.append(Finding(sheet, row, column, shown(value), code, more=more))

    def refuse_where(self, frame: pl.DataFrame, wrong: pl.Expr, sheet: str, column: str, code: str) -> None:
        """Count the wrong cells of a column; `frame` has `row` and the column as it was written."""
        found = frame.filter(wrong)
        self.errors += found.height
        for row, value in found.select("row", column).head(MOST_LINES).iter_rows():
            self.kept.append(Finding(sheet, row, column, shown(value), code))

    def note(
        self,
        sheet: str,
        row: int | None,
        column: str,
        value: object,
        code: str,
        more: Words = NO_WORDS,
        *,
        count: int = 1,
    ) -> None:
        """Mention one odd thing, met `count` times."""
        self.notices.append(Finding(sheet, row, column, shown(value), code, Gravity.NOTICE, count, more))

    def note_firms(self, frame: pl.DataFrame, odd: pl.Expr, sheet: str, column: str, code: str, *, value: str) -> None:
        """Mention the odd cells firm by firm: how many, which rows, and what stood in the first; `frame` has `row` and `firm`."""
        found = frame.filter(odd).group_by("firm", maintain_order=True).agg("row", pl.first(value).alias("first"))
        for firm, rows, first in found.iter_rows():
            told = Finding(
                sheet,
                rows[0],
                column,
                shown(first),
                code,
                Gravity.NOTICE,
                len(rows),
                firm=firm or "",
                rows=ranges(rows),
            )
            self.notices.append(told)

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


def ranges(rows: Sequence[int]) -> str:
    """Rows in rising order as people write them: 12、15–18; after `MOST_RANGES` stretches the rest is “…”."""
    stretches: list[list[int]] = []
    for row in rows:
        if stretches and row == stretches[-1][1] + 1:
            stretches[-1][1] = row
        else:
            stretches.append([row, row])
    told = [f"{first}" if first == last else f"{first}–{last}" for first, last in stretches[:MOST_RANGES]]
    return "、".join([*told, "…"] if len(stretches) > MOST_RANGES else told)


def _(text: str) -> str:
    """Mark a sentence for the catalogue."""
    return text


WHERE = _("（企业“{firm}”，第 {rows} 行）")
MENDS: dict[str, str] = {
    "cell_missing": _("此格必填，请补填。"),
    "not_an_amount": _("“{value}”不是金额，请只填数字，如 1234.56。"),
    "amount_beyond": _("“{value}”超过一千亿元，一张发票不会有这么大，请核对单位。"),
    "list_code_wrong": _("“{value}”不是有效的统一社会信用代码，请对照营业执照填写 18 位代码。"),
    "list_row_twice": _("这一行与第 {first} 行是同一件事（企业、日期、银行都相同），请只留一行。"),
    "list_day_to_come": _("“{value}”还没有到，请核对日期。"),
    "list_criterion": _("“{value}”：推荐清单上的企业五项标准须都为“是”，请核对；不符合的请留在申报清单。"),
    "list_status_unknown": _("“{value}”不是办理状态，请填“已授信”或“未授信”，还没有结果的留空。"),
    "list_reason_unknown": _("“{value}”不是未授信的原因，请从平台的婉拒原因中选一项，如“还款来源不足”。"),
    "list_clash": _("企业 {code} 的这一行已在平台上，内容是“{value}”。请改成一致，或换一个日期作为新的一行。"),
    "import_text": _("“{value}”不是可用的文字：过长，或含有看不见的字符，请重新填写。"),
    "import_phone": _("“{value}”不是电话号码，请只填数字，如 13800000000。"),
    "import_months": _("“{value}”不是期限，请填 1 至 60 之间的整数月。"),
    "import_not_a_choice": _("“{value}”不在可选项中，请从下拉中选择。"),
    "import_contract_unknown": _("本行没有编号为“{value}”的已登记合同，请先登记合同或核对编号。"),
    "import_nothing_repaid": _("本金、利息、罚息都没有填，请至少填写一项。"),
    "import_before_loan": _("“{value}”早于这笔贷款的起息日，请核对日期。"),
    "import_repayment_differs": _("流水号“{value}”已登记过一笔不同的还款，请核对。"),
    "import_charge_earlier": _("这一项已有同日或更晚执行的不同标准，请核对执行日期。"),
    "import_too_long": _("文字过长，请压缩到 {longest} 字以内。"),
    "import_not_a_share": _("“{value}”不是比例，请填 0 至 100 之间的百分数：10 表示 10%。"),
    "import_pay_days": _("“{value}”不是兑付时限，请填 1 至 500 之间的整数工作日。"),
    "import_loan_group": _("按笔贷款享受的条款须填写“不得重复享受的一组”，请补填。"),
    "import_policy_sum": _(
        "“{value}”所需的栏没有填齐或不合适：固定金额填金额；按比例填依据（金额）和比例；按数量填依据（数量）和每单位金额；按分档填依据和分档；贴息填年贴息率和月数。"
    ),
    "import_policy_differs": _("“{value}”与同一政策编号的第一行不同，请改成一致。"),
    "import_policy_other": _("编号“{value}”在平台上是另一份政策，请换一个自编的编号。"),
    "import_policy_twice": _("另一个编号的各行已是这份政策“{value}”，请把编号改成一致。"),
    "import_policy_fixed": _("政策已经发布，这一栏不能改成“{value}”。请改回原样，或登记一份新政策。"),
    "import_policy_waiting": _("这份政策的“{value}”正在等待发布，不能修改。请等发布或退回之后再导入。"),
    "import_clause_gap": _("条款序号“{value}”不连续，同一政策内请从 1 起逐条编号、依次排列。"),
    "import_clause_fixed": _(
        "执行中的条款须从今天之后、且晚于现行版的日期起换新版，“{value}”不是，请改条款执行起始日。"
    ),
    "import_day_past": _("“{value}”已经过去，请核对日期。"),
    "import_below": _("“{value}”小于前面的下限，请核对。"),
    "import_row_twice": _("“{value}”这一行与第 {first} 行是同一件事，请只留一行。"),
    "import_firm_unknown": _("平台上没有信用代码为“{value}”的企业，请先登记企业或改正代码。"),
    "import_bank_unknown": _("“{value}”不是平台上登记的银行，或不是您所在的银行，请填全称。"),
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
    "year_unknown": _("表上没有写年度，请在上传时填写，或在表头写明如“2025年12月31日”。"),
    "year_differs": _("表上写的是 {value} 年，上传时填的是 {asked} 年，请改成一致。"),
    "not_a_year": _("这是截至 {value} 的报表；请上传截至 12 月 31 日的年度报表。"),
    "year_out_of_range": _("年度 {value} 不在可受理的范围内，请核对。"),
    "other_years": _("{year} 年缺少{missing}；资产负债表和利润表须是同一年度，请补齐或改正表头的年度。"),
    "sheet_twice": _("{year} 年的{value}出现了两份，请只保留一份。"),
    "unit_unknown": _("表上没有写金额单位，请在上传时选择元或万元，或在表头写明“单位：元”。"),
    "unit_differs": _("表上写的单位是{value}，上传时选的是{asked}，请改成一致。"),
    "units_differ": _("各表写的单位不同（{value}），请统一后再上传。"),
    "standards_differ": _("各表适用的会计准则不同，请统一后再上传。"),
    "other_taxpayer": _("表上的纳税人识别号“{value}”不是本企业的，请核对是否拿错了报表。"),
    "does_not_tie": _(
        "报表不平：{says}。表上是 {stated}，按各项计算是 {computed}，相差 {difference}。请核对 {cells}{blank}。"
    ),
    "parts_exceed": _(
        "报表不平：{says}。表上是 {stated}，已填的各项加起来是 {computed}，多出 {difference}。请核对 {cells}。"
    ),
    "opening_differs": _(
        "年初数与上年年末数不同：本表“{value}”是 {stated}，{cells} 的上年年末数是 {computed}，相差 {difference}。请改成一致。"
    ),
    "filed_differs": _(
        "“{value}”的年初数是 {stated}，而此前上传的 {year} 年报表上年末数是 {computed}，相差 {difference}；如属追溯调整请说明。"
    ),
    "comparative_differs": _(
        "“{value}”的上年数是 {stated}，{cells} 的当年数是 {computed}，相差 {difference}，按当年的报表读取。"
    ),
    "rounding": _("{says}：表上是 {stated}，按各项计算是 {computed}，差额在四舍五入范围内。"),
    "total_blank": _("合计未填：{says}，按已填各项计算是 {computed}；没有代填，与它有关的比率算不出来。"),
    "equity_step": _(
        "权益增加 {stated}，当年净利润 {computed}，相差 {difference}；有分红、增资或以前年度调整时会这样。"
    ),
    "cash_step": _("现金流量表的期初现金 {stated} 与上年期末现金 {computed} 相差 {difference}，请核对。"),
    "cash_sheet": _(
        "现金流量表的期末现金 {stated} 与资产负债表的货币资金 {computed} 相差 {difference}；有受限资金时会这样。"
    ),
    "unit_from_other_sheet": _("这张表没有写单位，按同一工作簿其他表的“{value}”读取。"),
    "standard_assumed": _("表上没有写适用的会计准则，项目名称也看不出，按小企业会计准则核对。"),
    "loss_turned": _("减值损失列在“减”项下，按损失读取（存为负数）。"),
    "sheet_skipped": _("这张表不是资产负债表、利润表或现金流量表，没有读入。"),
    "column_skipped": _("“{value}”这一列不是全年或年末的数，没有读入。"),
    "doubles": _("{count} 行与前面的行完全相同，计算时只计一次。"),
    "status_spaces": _("{count} 格发票状态前后有空格，已按去掉空格处理。"),
    "wrong_tax_sign": _("{count} 张发票的税额与金额正负相反，计算按原值，请核对票面。"),
    "does_not_add_up": _("{count} 张发票的金额加税额不等于价税合计，计算按原值，请核对票面。"),
    "amount_rounded": _("{count} 格金额多于两位小数，已四舍五入到分。"),
    "digits_lost": _("{count} 个发票号码被表格软件存成了数字，末几位已丢失；请把该列设为文本格式后重新导出。"),
    "ragged_window": _("{count} 家企业的发票没有覆盖全书的期间（{value}），增长只比较完整的十二个月。"),
    "few_invoices": _("企业“{value}”只有 {count} 张发票，结论仅供参考。"),
    "no_invoices": _("企业“{value}”在此表没有发票。"),
    "unknown_line": _("{count} 行项目名称不在模板中（第一个是“{value}”），没有读入。"),
    **{f"quality_{fault}": said for fault, said in FAULT_SAYS.items()},
    **{code: said for code, said in POLICY_SENTENCES.items() if code.startswith("clause_")},
}
