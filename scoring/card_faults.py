"""What can be wrong with a card (评分卡校验): each fault names the key, what is wrong and what would be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING

from scoring.card_words import SIGNS, told
from scoring.facts import FACTS, Fact, Kind
from scoring.industries import EDITION, industries

if TYPE_CHECKING:
    from scoring.card import Card, Item, Scale, Veto


class CardFault(ValueError):
    """A card that does not load: file, key, what is wrong, what would be right; `told` says it in one language."""

    def __init__(self, file: str, key: str, code: str, **facts: object) -> None:
        self.file, self.key, self.fault, self.given = file, key, code, facts
        self.code = "card_unsound"
        wrong, right = self.told()
        self.facts = {"file": file, "key": key, "wrong": wrong, "right": right}
        super().__init__(f"评分卡 {file}，{key or '全文'}：{wrong}；应当：{right}")

    def told(self, language: str = "zh") -> tuple[str, str]:
        """What is wrong and what would be right."""
        return told(self.fault, self.given, english=language == "en")


Misfit = tuple[str, str, dict[str, object]]
"""The key, the kind of fault, and what to say about it."""


def misfits(card: Card) -> Iterator[Misfit]:
    """Everything about a readable card that does not fit together."""
    yield from _repeated("block", (block.key for block in card.block))
    yield from _repeated("fact", (fact.name for fact in card.own))
    for fact in card.own:
        if fact.name in FACTS:
            yield f"fact.{fact.name}", "known_fact", {}
    yield from _repeated("item/veto", (part.key for part in card.rules))
    for part in card.rules:
        if part.key in RESERVED:
            yield part.key, "reserved", {}
    for item in card.item:
        yield from _item(item, {block.key for block in card.block})
    for veto in card.veto:
        yield from _veto(veto)
    yield from _sums(card)
    yield from _grades(card)


def _repeated(place: str, keys: Iterable[str]) -> Iterator[Misfit]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"{place}.{key}", "repeated", {"times": times}


def _sums(card: Card) -> Iterator[Misfit]:
    for block in card.block:
        marks = sum(item.most for item in card.item if item.block == block.key)
        if marks != block.weight:
            yield f"block.{block.key}", "block_sum", {"sum": marks, "weight": block.weight}
    total = sum(item.most for item in card.item)
    if total != card.full_marks:
        yield "full_marks", "full_marks", {"sum": total, "most": card.full_marks}


def _grades(card: Card) -> Iterator[Misfit]:
    bounds = list(card.grades.values())
    if not bounds or min(bounds) != 0:
        yield "grades", "no_floor", {}
    if len(set(bounds)) != len(bounds) or max(bounds, default=0) > card.full_marks:
        yield "grades", "bounds", {"most": card.full_marks}
    if card.line > card.full_marks:
        yield "line", "line", {"line": card.line, "most": card.full_marks}
    sums = [card.ceilings.get(grade, 0) for grade, _ in card.falling]
    if sums != sorted(sums, reverse=True):
        yield "ceilings", "ceilings_rise", {}
    for grade in sorted(card.ceilings.keys() - card.grades.keys()):
        yield f"ceilings.{grade}", "no_grade", {"grades": tuple(card.grades)}


def _unknown(key: str, fact: str) -> Misfit:
    near = get_close_matches(fact, FACTS, n=1)
    return f"{key}.fact", "near_fact" if near else "no_fact", {"fact": fact, "near": near[0] if near else ""}


def _item(item: Item, blocks: set[str]) -> Iterator[Misfit]:
    place = f"item.{item.key}"
    if item.block not in blocks:
        yield f"{place}.block", "no_block", {"block": item.block, "blocks": tuple(sorted(blocks))}
    if not item.known:
        yield _unknown(place, item.fact)
        return
    fact = item.held
    if item.sign and fact.better and item.sign != fact.better:
        yield f"{place}.better", "sign", {"fact": fact, "sign": SIGNS[fact.better], "better": fact.better}
    if item.missing > item.most:
        yield f"{place}.missing", "missing_points", {"given": item.missing, "most": item.most}
    yield from _scale(place, item, item)
    yield from _industries(place, item)


def _industries(place: str, item: Item) -> Iterator[Misfit]:
    for code, times in Counter(scale.code for scale in item.industry).items():
        if code not in industries():
            yield f"{place}.industry.{code}", "no_industry", {"edition": EDITION}
        elif times > 1:
            yield f"{place}.industry.{code}", "industry_repeated", {"times": times}
    for scale in item.industry:
        if scale.most != item.most:
            yield f"{place}.industry.{scale.code}", "industry_most", {"given": scale.most, "most": item.most}
        yield from _scale(f"{place}.industry.{scale.code}", item, scale)


def _scale(place: str, item: Item, scale: Scale) -> Iterator[Misfit]:
    if bool(scale.bands) == bool(scale.choices):
        yield place, "two_scales", {}
    elif scale.choices:
        yield from _choices(place, scale, item.held)
    else:
        yield from _bands(place, item, scale)


def _choices(place: str, scale: Scale, fact: Fact) -> Iterator[Misfit]:
    if fact.kind not in {Kind.CHOICE, Kind.FLAG}:
        yield f"{place}.choices", "not_choices", {"fact": fact}
        return
    allowed = options(fact)
    if set(scale.choices) != set(allowed):
        yield f"{place}.choices", "options", {"given": tuple(scale.choices), "options": allowed}
        return
    ranked = {"higher": allowed, "lower": allowed[::-1], None: ()}[fact.better]
    for good, worse in pairwise(ranked):
        least, more = scale.choices[good], scale.choices[worse]
        if least < more:
            yield f"{place}.choices", "option_order", {"good": good, "worse": worse, "least": least, "more": more}


def _bands(place: str, item: Item, scale: Scale) -> Iterator[Misfit]:
    fact, falling = item.held, item.better == "higher"
    if fact.kind in {Kind.CHOICE, Kind.FLAG}:
        yield f"{place}.bands", "not_bands", {"fact": fact, "options": options(fact)}
        return
    for (edge, marks), (later, fewer) in pairwise(scale.bands):
        if (edge <= later if falling else edge >= later) or marks <= fewer:
            given = {"edge": edge, "marks": marks, "later": later, "fewer": fewer}
            yield f"{place}.bands", "bands_fall" if falling else "bands_rise", given


def _veto(veto: Veto) -> Iterator[Misfit]:
    place = f"veto.{veto.key}"
    if not veto.known:
        yield _unknown(place, veto.fact)
        return
    fact, wanted = veto.held, _wanted(veto.held)
    if veto.operator not in wanted or not isinstance(veto.value, wanted[veto.operator]):
        operators = tuple(wanted)
        yield place, "test", {"operator": veto.operator, "given": veto.value, "fact": fact, "operators": operators}
        return
    choices = veto.value if isinstance(veto.value, tuple) else (veto.value,)
    if not choices:
        yield f"{place}.value", "no_options", {"options": options(fact)}
    for choice in choices:
        if isinstance(choice, str) and choice not in options(fact):
            yield f"{place}.value", "no_option", {"given": choice, "options": options(fact)}


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
        "industry",
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
