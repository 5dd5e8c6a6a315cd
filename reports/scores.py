"""A table of scores as a workbook (评分结果): one row a firm, every item's points, what is missing, the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports.sheets_out import Column, Kind, Sheet
from scoring.card import Card, Item
from scoring.facts import Fact
from scoring.facts import Kind as Measured
from scoring.score import Line
from scoring.score import Sheet as ScoreSheet


def score_table(
    card: Card, scored: Mapping[str, ScoreSheet], names: Mapping[str, str], *, rehearsal: bool = False
) -> Sheet:
    """The scores of many firms, best first, firms of equal score by their code.

    `scored` maps a firm's code to its sheet under `card`; `names` maps the code to the firm's name.
    """
    ranked = sorted(scored, key=lambda firm: (-scored[firm].total, firm))
    columns = [
        Column("企业代号"), Column("企业名称"), Column("总分", Kind.WHOLE, "分"), Column("等级"), Column("结论"),
        Column("担保上限", Kind.WAN, "万元"), Column("否决项"), Column("缺失数据"), Column("缺失分值", Kind.WHOLE, "分"),
        *(Column(item.says.split("（")[0], Kind.WHOLE, f"满分{item.most}") for item in card.item),
        *(Column(item.held.term, Kind.WAN, "万元") for item in _sums(card)),
        Column("主要得分理由"), Column("主要失分理由"),
    ]  # fmt: skip
    notes = [
        f"评分表：{card.title}（{card.since} 起），满分 {card.full_marks} 分，准入线 {card.line} 分",
        f"评分表摘要（SHA-256）：{card.digest}",
        f"依据：{card.basis}",
    ]
    if rehearsal:
        notes.insert(0, "演练：本表由演练生成，不作为任何决定的依据")
    return Sheet(
        "评分结果",
        tuple(columns),
        [_row(card, firm, names.get(firm, ""), scored[firm]) for firm in ranked],
        "；".join(notes),
    )


def verdict(sheet: ScoreSheet) -> str:
    """What the score comes to, in one word."""
    if sheet.vetoed:
        return "否决"
    if sheet.insufficient:
        return "资料不足"
    return "达到准入线" if sheet.qualified else "未达准入线"


def _row(card: Card, firm: str, name: str, sheet: ScoreSheet) -> list[object]:
    facts = {rule.fact: rule.held for rule in card.rules}
    return [
        firm, name, sheet.total, sheet.grade, verdict(sheet), sheet.ceiling_fen if sheet.qualified else 0,
        "、".join(check.says for check in sheet.hits), "、".join(facts[name].term for name in sheet.missing),
        sheet.missing_weight, *(line.points for line in sheet.lines),
        *(line.value for line in sheet.lines if line.kind == Measured.MONEY),
        _reasons(facts, sheet.strengths()), _reasons(facts, sheet.weaknesses()),
    ]  # fmt: skip


def _sums(card: Card) -> list[Item]:
    """Items that rest on a sum of money: the sum itself stands in the table, as a plain measure to judge the score by."""
    return [item for item in card.item if item.held.kind is Measured.MONEY]


def _reasons(facts: Mapping[str, Fact], lines: Sequence[Line]) -> str:
    return "；".join(
        f"{line.says.split('（')[0]} {facts[line.fact].shown(line.value)}（{line.points}/{line.most}）"
        for line in lines
    )
