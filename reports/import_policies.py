"""Clauses of policies in a workbook (惠企政策条款): a row is a clause, and the clauses of one policy share its number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from financing.imports.rules import ImportKind
from financing.policies.lines import BASES, READERS, Lines, checked
from financing.policies.rules import AmountRule, Benefit, Confidence, Level, Route
from financing.policy_refusals import ClauseMisstated
from financing.policy_words import POLICY_WORDS
from reports.import_cells import Wrong, a_line, a_passage, among, percent, read_day, wan, whole, yuan
from reports.import_fields import YES, Field, Kind
from scoring.policy import PPM, Misstated
from scoring.policy_facts import POLICY_FACTS
from scoring.policy_text import condition_words, step_words, window_words

LONGEST_LINES = 4_000
#: The line of what was read, as the platform writes it: what means the same is the same.
WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "clause_conditions": lambda found: "\n".join(map(condition_words, found)),
    "clause_windows": lambda found: "\n".join(map(window_words, found)),
    "amount_steps": step_words,
}


def _lines(field: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        try:
            return WRITTEN[field](READERS[field](a_passage(LONGEST_LINES)(text)))
        except Misstated as wrong:
            raise Wrong(f"clause_{wrong.code}", **{name: str(said) for name, said in wrong.facts.items()}) from None

    return read


def _papers(text: str) -> list[str]:
    return [a_line()(line) for line in text.splitlines() if line.strip()]


def _words(kind: type[StrEnum]) -> dict[str, str]:
    return {str(POLICY_WORDS[kind][one]): one.value for one in kind}


def _one_of(key: str, head: str, kind: type[StrEnum], hint: str = "从下拉中选择。") -> Field:
    words = _words(kind)
    return Field(key, head, hint, among(words | {one.value: one.value for one in kind}), choices=tuple(words))


def _free(key: str, head: str, hint: str, read: Callable[[str], Any], style: str = "text", **more: Any) -> Field:
    return Field(key, head, hint, read, style, required=False, **more)


def _check(row: dict[str, Any], _today: date) -> tuple[tuple[str, str], ...]:
    """Days in order, a group named for what is had once for each loan, and a sum that the engine can count with."""
    days = (("until", row.get("since")), ("clause_until", row.get("clause_since") or row.get("since")))
    wrong = [(name, "import_below") for name, since in days if name in row and since and row[name] < since]
    if row.get("per_loan") and not row.get("exclusive"):
        wrong.append(("exclusive", "import_loan_group"))
    if "amount_rule" in row:
        try:
            checked(Lines.staged(row).terms(), date.min, None)
        except ClauseMisstated as refusal:
            steps = refusal.code == "clause_steps_not_rising"
            wrong.append(("amount_steps", refusal.code) if steps else ("amount_rule", "import_policy_sum"))
    return tuple(wrong)


_BASES = {POLICY_FACTS[name].term: name for name in BASES}
_DAY = "如 2026-01-01。"
POLICIES = Kind(
    ImportKind.POLICIES,
    "政策条款",
    (
        Field("number", "政策编号", "平台上的编号，如 HQ2026-0001；新政策自编一个，同一政策的各条相同。", a_line(40)),
        Field("clause_place", "条款序号", "同一政策内从 1 起逐条连续。", whole(1, 99, "import_clause_gap"), "whole", bounds=(1, 99)),
        Field("title", "政策名称", "文件标题；同一政策的各行，到“政策要点”为止都相同。", a_line(200)),
        _free("doc_no", "文号", "没有可不填。", a_line(60)),
        _one_of("level", "层级", Level),
        Field("issuer", "发文机关", "发文机关全称。", a_line(200)),
        Field("department", "责任部门", "园区内负责兑现的部门。", a_line(200)),
        _free("phone", "电话", "责任部门的咨询电话，按文本填写。", a_line(40)),
        _free("issued_on", "发文日期", _DAY, read_day, "day"),
        Field("since", "政策执行起始日", _DAY, read_day, "day"),
        _free("until", "政策执行截止日", "长期有效的不填。", read_day, "day"),
        Field("source", "来源", "公布的网站或文件，以及公布日期。", a_line(200)),
        _one_of("confidence", "可信度", Confidence),
        Field("summary", "政策要点", "1000 字以内。", a_passage(1_000)),
        Field("clause_title", "条款名称", "如 研发费用补助。", a_line()),
        Field("says", "条款内容", "文件原文，1000 字以内。", a_passage(1_000)),
        _one_of("benefit", "支持方式", Benefit),
        _one_of("route", "享受方式", Route),
        _free("clause_conditions", "享受条件", "每行一个：事实、不少于/不超过/为/属于、内容；格内换行按 Alt+Enter。", _lines("clause_conditions")),
        _one_of("amount_rule", "金额算法", AmountRule),
        _free("amount_base", "计算依据", "按比例、按数量、按分档时从下拉中选择。", among(_BASES | {name: name for name in BASES}), choices=tuple(_BASES)),
        _free("amount_sum", "固定金额或每单位金额(元)", "固定金额、按数量时填写。", yuan, "money", bounds=(0, 10**13)),
        _free("amount_rate", "比例或年贴息率(%)", "按比例、贴息时填写：10 表示 10%。", percent(PPM, "import_not_a_share"), "percent", bounds=(0, 100)),
        _free("amount_months", "最长贴息月数(月)", "贴息时填写。", whole(1, 120, "not_months"), "whole", bounds=(1, 120)),
        _free("amount_base_cap", "计息本金上限(万元)", "贴息时可填。", wan(positive=True), "money", bounds=(0.000001, 10**9)),
        _free("amount_cap", "最高补贴(万元)", "不封顶的不填。", wan(positive=True), "money", bounds=(0.000001, 10**9)),
        _free("amount_steps", "分档", "每行一档，从低到高：1000：5 表示达到 1000 补 5 万元。", _lines("amount_steps")),
        _free("clause_windows", "申报窗口", "每行一个：2026-03-01 至 2026-06-30；随时可报的不填。", _lines("clause_windows")),
        _free("papers", "申报材料", "每行一种材料。", _papers),
        _free("exclusive", "不得重复享受的一组", "填同样文字的条款只能享受一条。", a_line(60)),
        _free("per_loan", "按笔贷款享受", "是或否；不填为否。", among(YES), choices=("是", "否")),
        _free("clause_since", "条款执行起始日", "不填与政策相同；更新执行中的条款须晚于今天。", read_day, "day"),
        _free("clause_until", "条款执行截止日", "不填与政策相同。", read_day, "day"),
        _free("pay_days", "兑付时限(工作日)", "不填按享受方式的规定天数。", whole(1, 500, "import_pay_days"), "whole", bounds=(1, 500)),
        _free("budget", "预算(万元)", "没有总额限制的不填。", wan(positive=True), "money", bounds=(0.000001, 10**9)),
    ),
    ("number", "clause_place"),
    (
        "新1", "1", "示例园区研发补助办法", "园管发〔2026〕3号", "园区级", "示例园区管委会", "科技局", "0790-1234567", "2026-01-10", "2026-02-01",
        "2027-01-31", "示例行，请删除", "A（已核对原文）", "按研发费用补助，最高20万元。", "研发费用补助10%", "小微企业按上年研发费用的10%补助。", "补贴", "快申快享",
        "企业规模 属于 小型、微型", "按比例", "上年研发费用（可加计扣除）", "", "10", "", "", "20", "", "2026-09-01 至 2026-12-20", "研发费用辅助账", "", "否", "",
        "", "", "",
    ),
    _check,
    lambda row, _today: {"per_loan": bool(row["per_loan"]), "papers": row["papers"] or []},
    ("导入的是草稿：由另一人发布后企业才看得到；执行中的条款作为新版草稿，提请更新后才生效。", "以政策编号认平台上的政策，编号不在平台上的以名称和发文机关认；选填格留空就是没有这一项。"),
)  # fmt: skip
