"""What can be wrong with a card (评分卡校验): each fault names the key, what is wrong and what would be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import ValidationError

from scoring.facts import FACTS, Fact, Kind
from scoring.industries import EDITION, industries

if TYPE_CHECKING:
    from scoring.card import Card, Item, Scale, Veto

Misfit = tuple[str, str, str]

SIGNS = {"higher": "越高越好", "lower": "越低越好"}


class CardFault(ValueError):
    """A card that does not load: file, key, what is wrong, what would be right."""

    def __init__(self, file: str, key: str, wrong: str, right: str) -> None:
        super().__init__(f"评分卡 {file}，{key or '全文'}：{wrong}；应当：{right}")
        self.code = "card_unsound"
        self.facts = {"file": file, "key": key, "wrong": wrong, "right": right}


def unreadable(file: str, error: ValidationError, fields: Mapping[str, tuple[str, ...]]) -> CardFault:
    """The first complaint about the shape of the document, said in Chinese."""
    first = error.errors()[0]
    place = [str(step) for step in first["loc"]]
    kind = next((step for step in place if step in fields), "")
    key = ".".join(f"第{int(step) + 1}项" if step.isdigit() else step for step in place)
    match first["type"]:
        case "missing":
            return CardFault(file, key, "缺少此键", f"填写 {place[-1]}")
        case "extra_forbidden":
            near = get_close_matches(place[-1], fields[kind], n=1)
            right = f"改为 {near[0]}" if near else f"只用 {'、'.join(fields[kind])}"
            return CardFault(file, key, "没有这个键", right)
    right = SHAPES.get(first["type"], "与已发布评分卡的写法一致").format(**first.get("ctx", {}))
    return CardFault(file, key, f"写法不对（{first['input']}）", right)


SHAPES: Mapping[str, str] = {
    "string_type": "写成带引号的文字",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "只用小写字母、数字和下划线，以字母开头",
    "int_type": "写成整数，不加引号",
    "int_from_float": "写成整数",
    "decimal_type": "写成数",
    "decimal_parsing": "写成数，不加引号",
    "greater_than": "大于 {gt}",
    "greater_than_equal": "不小于 {ge}",
    "less_than_equal": "不大于 {le}",
    "literal_error": "取 {expected} 之一",
    "date_type": "写成日期 YYYY-MM-DD",
    "date_from_datetime_parsing": "写成日期 YYYY-MM-DD，不加引号",
    "tuple_type": "写成列表 [ ]",
    "too_long": "每档只写 [界限, 分值]",
    "dict_type": "写成表 {{ 键 = 值 }}",
    "model_type": "写成 [[表]]",
}
"""What would be right, by the kind of complaint."""


def misfits(card: Card) -> Iterator[Misfit]:
    """Everything about a readable card that does not fit together."""
    yield from _repeated("block", (block.key for block in card.block))
    yield from _repeated("fact", (fact.name for fact in card.own))
    for fact in card.own:
        if fact.name in FACTS:
            yield f"fact.{fact.name}", "事实表中已有此事实", "删去此段，直接使用已登记的事实"
    yield from _repeated("item 与 veto", (part.key for part in card.rules))
    yield from _reserved(card)
    for item in card.item:
        yield from _item(item, {block.key for block in card.block})
    for veto in card.veto:
        yield from _veto(veto)
    yield from _sums(card)
    yield from _grades(card)


def _repeated(place: str, keys: Iterable[str]) -> Iterator[Misfit]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"{place}.{key}", f"键重复 {times} 次", "每个键只用一次"


def _reserved(card: Card) -> Iterator[Misfit]:
    for part in card.rules:
        if part.key in RESERVED:
            yield part.key, "此键名由评分结果占用", "换一个键名"


def _sums(card: Card) -> Iterator[Misfit]:
    for block in card.block:
        marks = sum(item.most for item in card.item if item.block == block.key)
        if marks != block.weight:
            yield f"block.{block.key}", f"各指标满分合计 {marks}", f"等于板块权重 {block.weight}"
    total = sum(item.most for item in card.item)
    if total != card.full_marks:
        yield "full_marks", f"各指标满分合计 {total}", f"等于满分 {card.full_marks}"


def _grades(card: Card) -> Iterator[Misfit]:
    bounds = list(card.grades.values())
    if not bounds or min(bounds) != 0:
        yield "grades", "最低等级的下限不是 0", "最低等级下限写 0，使每个总分都有等级"
    if len(set(bounds)) != len(bounds) or max(bounds, default=0) > card.full_marks:
        yield "grades", "等级下限重复或超过满分", f"各等级下限互不相同且不超过 {card.full_marks}"
    if card.line > card.full_marks:
        yield "line", f"准入线 {card.line} 超过满分", f"不超过 {card.full_marks}"
    sums = [card.ceilings.get(grade, 0) for grade, _ in card.falling]
    if sums != sorted(sums, reverse=True):
        yield "ceilings", "较低等级的担保上限高于较高等级", "上限随等级降低而不升"
    for grade in card.ceilings.keys() - card.grades.keys():
        yield f"ceilings.{grade}", "没有这个等级", f"等级只有 {'、'.join(card.grades)}"


def _known(key: str, fact: str) -> Iterator[Misfit]:
    near = get_close_matches(fact, FACTS, n=1)
    yield f"{key}.fact", f"没有事实“{fact}”", f"改为 {near[0]}" if near else "使用事实表中的名称"


def _item(item: Item, blocks: set[str]) -> Iterator[Misfit]:
    place = f"item.{item.key}"
    if item.block not in blocks:
        yield f"{place}.block", f"没有板块“{item.block}”", f"板块只有 {'、'.join(sorted(blocks))}"
    if not item.known:
        yield from _known(place, item.fact)
        return
    yield from _sign(place, item)
    yield from _industries(place, item)
    for scale in item.scales:
        yield from _scale(f"{place}.industry.{code}" if (code := getattr(scale, "code", "")) else place, item, scale)
    if item.missing > item.most:
        yield f"{place}.missing", f"缺失给分 {item.missing} 高于本项满分", f"不超过 {item.most}"


def _sign(place: str, item: Item) -> Iterator[Misfit]:
    fact = item.held
    if item.sign and fact.better and item.sign != fact.better:
        yield f"{place}.better", f"“{fact.term}”是{SIGNS[fact.better]}", f"写 {fact.better}，或省略此键"


def _industries(place: str, item: Item) -> Iterator[Misfit]:
    for code, times in Counter(scale.code for scale in item.industry).items():
        if code not in industries():
            yield f"{place}.industry.{code}", "不是国民经济行业代码", f"写 {EDITION} 的代码，如 C、30、307、3071"
        elif times > 1:
            yield f"{place}.industry.{code}", f"行业重复 {times} 次", "每个行业只写一次"


def _scale(place: str, item: Item, scale: Scale) -> Iterator[Misfit]:
    if bool(scale.bands) == bool(scale.choices):
        yield place, "分档与选项应二者取一", "只写 bands 或只写 choices"
        return
    if scale.most != item.most:
        yield place, f"本行业满分 {scale.most}，与通用标准不同", f"最高一档写 {item.most} 分"
    if scale.choices:
        yield from _choices(place, scale, item.held)
    else:
        yield from _bands(place, item, scale)


def _choices(place: str, scale: Scale, fact: Fact) -> Iterator[Misfit]:
    if fact.kind not in {Kind.CHOICE, Kind.FLAG}:
        yield f"{place}.choices", f"“{fact.term}”是数值", "改写为 bands"
        return
    allowed = options(fact)
    if set(scale.choices) != set(allowed):
        yield f"{place}.choices", f"选项为 {'、'.join(scale.choices)}", f"恰好写出 {'、'.join(allowed)}"
        return
    for good, worse in pairwise(allowed if fact.better == "higher" else reversed(allowed) if fact.better else ()):
        if scale.choices[good] < scale.choices[worse]:
            right = f"{good} 的分值不低于 {worse}"
            yield f"{place}.choices", f"{good} 给 {scale.choices[good]} 分，{worse} 给 {scale.choices[worse]} 分", right


def _bands(place: str, item: Item, scale: Scale) -> Iterator[Misfit]:
    fact = item.held
    if fact.kind in {Kind.CHOICE, Kind.FLAG}:
        yield f"{place}.bands", f"“{fact.term}”不是数值", f"改写为 choices：{'、'.join(options(fact))}"
        return
    falling = item.better == "higher"
    for (edge, marks), (later, fewer) in pairwise(scale.bands):
        if (edge <= later if falling else edge >= later) or marks <= fewer:
            right = f"界限逐档{'降低' if falling else '升高'}、分值逐档减少"
            yield f"{place}.bands", f"[{edge}, {marks}] 之后是 [{later}, {fewer}]", right


def _veto(veto: Veto) -> Iterator[Misfit]:
    place = f"veto.{veto.key}"
    if not veto.known:
        yield from _known(place, veto.fact)
        return
    wanted = _wanted(veto.held)
    if veto.operator not in wanted or not isinstance(veto.value, wanted[veto.operator]):
        right = f"“{veto.held.term}”可用 {'、'.join(wanted)}"
        yield place, f"is = {veto.operator}，value = {veto.value} 与事实的类型不符", right
        return
    given = veto.value if isinstance(veto.value, tuple) else (veto.value,)
    for choice in given:
        if isinstance(choice, str) and choice not in options(veto.held):
            yield f"{place}.value", f"没有选项“{choice}”", f"选项只有 {'、'.join(options(veto.held))}"


def _wanted(fact: Fact) -> dict[str, type]:
    if fact.kind is Kind.FLAG:
        return {"equals": bool}
    if fact.kind is Kind.CHOICE:
        return {"equals": str, "one_of": tuple}
    return {"at_least": Decimal, "at_most": Decimal, "equals": Decimal}


def options(fact: Fact) -> tuple[str, ...]:
    """The codes a choice may take; a flag is written yes and no."""
    return ("yes", "no") if fact.kind is Kind.FLAG else tuple(fact.choices)


RESERVED = frozenset(
    [
        "firm",
        "total",
        "grade",
        "vetoed",
        "missing",
        "missing_weight",
        "insufficient",
        "qualified",
        "ceiling_fen",
        "reason_1",
        "reason_2",
        "reason_3",
    ]
)
