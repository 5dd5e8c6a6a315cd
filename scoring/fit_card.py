"""A learned card as the file a committee reads (学得的评分卡): every item with its reasons, every grade with its default rate."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import numpy as np

from scoring.facts import FACTS, FEN_PER_WAN, Fact, Kind, Source
from scoring.fit import Learned, Scale
from scoring.judge import Numbers, auc
from scoring.judge_groups import Group, wilson

GRADES = ("AAA", "AA", "A", "BBB", "BB", "B", "C")

BLOCKS = {
    Source.DOCUMENT: ("document", "票据凭证", "Documents"),
    Source.REGISTRY: ("registry", "登记查询", "Registries"),
    Source.DECLARED: ("declared", "企业申报", "Declared by the firm"),
    Source.SITE: ("site", "现场核验", "Seen on site"),
}
OWN = ("table", "数据表指标", "Columns of the table")


def card_text(learned: Learned, since: date) -> str:
    """The card as TOML, in force from a day. Says of itself that nobody has adopted it yet."""
    grades = bounds(learned.unseen, learned)
    lines = [
        *_head(learned, since),
        *_ladder(learned, grades),
        *_own_facts(learned),
        *_blocks(learned),
        *(line for scale in learned.scales for line in _item(learned, scale)),
    ]
    return "\n".join(lines) + "\n"


def bounds(totals: Numbers, learned: Learned) -> list[tuple[int, Group]]:
    """Grades as lower bounds, best first: sevenths of the firms, neighbours joined until default rates only rise.

    The rates are those of firms the card had not seen.
    """
    edges = np.unique([0, *np.ceil(np.quantile(totals, np.arange(1, len(GRADES)) / len(GRADES))).astype(int)])
    rungs = [(int(low), learned.bad[(totals >= low) & (totals < high)]) for low, high in pairwise([*edges, np.inf])]
    kept: list[tuple[int, np.ndarray]] = []
    for rung in reversed(rungs):
        kept.append(rung)
        while len(kept) > 1 and not _worse(kept[-1][1], kept[-2][1]):
            (_, better), (low, worse) = kept[-2:]
            kept[-2:] = [(low, np.concatenate([better, worse]))]
    names = (*GRADES[: len(kept) - 1], GRADES[-1])
    return [(low, Group(name, len(bad), int(bad.sum()))) for name, (low, bad) in zip(names, kept, strict=True)]


def _worse(lower: np.ndarray, upper: np.ndarray) -> bool:
    """Whether the firms of a lower grade failed more often; false where either is empty."""
    return bool(len(lower) and len(upper) and lower.mean() > upper.mean())


def _head(learned: Learned, since: date) -> Iterator[str]:
    measure, bad = learned.measure, int(learned.bad.sum())
    firms = len(learned.bad)
    yield f"# 由 yuanrong fit 从 {firms} 家企业（其中 {bad} 家违约）的结果学得；可以直接修改，改后各板块权重与满分须仍然相符。"
    yield f"# 对未见过的企业（五折）AUC {measure.auc:.3f}，95% 区间 {measure.low:.3f}–{measure.high:.3f}，KS {measure.ks:.3f}。"
    yield "# 这是相关而非因果，也不是预测；启用前由担保评审委员会逐项审定。"
    yield f"# Learned from {firms} firms, {bad} of them bad. Association, not forecast; to be adopted item by item."
    yield 'title         = "学得的企业信用评分表（待审定）"'
    yield 'english       = "Learned scorecard (to be adopted)"'
    yield f'basis         = "由 {firms} 家企业、{bad} 个违约结果学得；未经评审委员会审定"'
    yield f"from          = {since.isoformat()}"
    yield f"full_marks    = {learned.full_marks}"


def _ladder(learned: Learned, grades: Sequence[tuple[int, Group]]) -> Iterator[str]:
    usual = learned.bad.mean()
    line = min((low for low, group in grades if group.rate <= usual), default=grades[0][0])
    yield f"line          = {line}  # 准入线：违约率不高于总体（{usual:.1%}）的最低等级；由委员会核定"
    yield "missing_limit = 0.25"
    yield ""
    yield "[grades]  # 等级 = 分数下限；违约率取自学习时未见过的企业"
    for low, group in grades:
        least, most = group.bounds
        yield f"{group.name:<3} = {low}  # {group.firms} 家，违约 {group.bad} 家，{group.rate:.1%}（{least:.1%}–{most:.1%}）"


def _own_facts(learned: Learned) -> Iterator[str]:
    for scale in learned.scales:
        fact = learned.traits[scale.column].fact
        if fact.name not in FACTS:
            yield from ("", "[[fact]]  # 本卡自带的事实")
            yield f"name    = {_quoted(fact.name)}"
            yield f"says    = {_quoted(fact.term)}"
            yield f"english = {_quoted(fact.english)}"
            yield f"unit    = {_quoted(fact.unit)}"
            yield f"kind    = {_quoted(fact.kind.value)}"
            yield f"better  = {_quoted(scale.cuts.better)}"


def _block(fact: Fact) -> tuple[str, str, str]:
    return BLOCKS[fact.source] if fact.name in FACTS else OWN


def _blocks(learned: Learned) -> Iterator[str]:
    weights: dict[tuple[str, str, str], int] = {}
    for scale in learned.scales:
        block = _block(learned.traits[scale.column].fact)
        weights[block] = weights.get(block, 0) + scale.points[0]
    for (key, says, english), weight in weights.items():
        yield from ("", "[[block]]")
        yield f"key     = {_quoted(key)}"
        yield f"says    = {_quoted(says)}"
        yield f"english = {_quoted(english)}"
        yield f"weight  = {weight}"


def _item(learned: Learned, scale: Scale) -> Iterator[str]:
    fact = learned.traits[scale.column].fact
    yield ""
    yield from _reasons(learned, scale)
    yield "[[item]]"
    yield f"key     = {_quoted(fact.name)}"
    yield f"block   = {_quoted(_block(fact)[0])}"
    yield f"says    = {_quoted(fact.term)}"
    yield f"english = {_quoted(fact.english)}"
    yield f"fact    = {_quoted(fact.name)}"
    if fact.kind in {Kind.CHOICE, Kind.FLAG}:
        yield f"choices = {{ {', '.join(f'{name} = {marks}' for name, marks in _choices(fact, scale))} }}"
    else:
        yield f"better  = {_quoted(scale.cuts.better)}"
        yield f"bands   = [{', '.join(f'[{edge:f}, {marks}]' for edge, marks in bands(fact, scale))}]"
    yield f"missing = {scale.missing}"


def bands(fact: Fact, scale: Scale) -> list[tuple[Decimal, int]]:
    """Edge and points of each band, best first, in the unit of the card; bins of equal points are one band."""
    edges = scale.cuts.edges if scale.cuts.better == "lower" else scale.cuts.edges[::-1]
    unit = FEN_PER_WAN if fact.kind is Kind.MONEY else 1
    steps = zip(edges, pairwise(scale.points), strict=True)
    return [(edge / unit, marks) for edge, (marks, after) in steps if marks > after]


def _choices(fact: Fact, scale: Scale) -> list[tuple[str, int]]:
    names = ("yes", "no") if fact.kind is Kind.FLAG else tuple(fact.choices)
    places = np.array([1.0, 0.0] if fact.kind is Kind.FLAG else range(len(names)), dtype=np.float64)
    return [(name, int(marks)) for name, marks in zip(names, scale.marks(places), strict=True)]


def _reasons(learned: Learned, scale: Scale) -> Iterator[str]:
    """What the item measures, which way is good, what its bands saw, and what it is worth."""
    trait = learned.traits[scale.column]
    known = np.isfinite(trait.values)
    way = "越高越好" if scale.cuts.better == "higher" else "越低越好"
    alone = auc(scale.marks(trait.values), learned.bad)
    yield f"# {_quoted(trait.fact.term)[1:-1]}：{way}；占满分 {scale.points[0] / learned.full_marks:.0%}；单独使用 AUC {alone:.3f}。"
    marks = scale.marks(trait.values)
    for points in np.unique(marks[known])[::-1]:
        yield _seen(f"{points:.0f} 分", learned.bad[known & (marks == points)])
    if not known.all():
        yield _seen(f"缺失 {scale.missing} 分", learned.bad[~known])


def _seen(name: str, bad: np.ndarray) -> str:
    least, most = wilson(int(bad.sum()), len(bad))
    return f"#   {name}：{len(bad)} 家，违约 {bad.sum()} 家，{bad.mean():.1%}（{least:.1%}–{most:.1%}）"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
