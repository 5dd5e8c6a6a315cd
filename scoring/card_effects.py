"""Two cards against each other (评分卡对照): what changed, rule by rule, and for which values it matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from scoring.card import Card, Item, Rule, Veto
from scoring.card_text import asked, steps


class How(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change under its key, e.g. `item.debt`; `touched` says in both languages whom it touches, and how."""

    key: str
    how: How
    says: str
    english: str
    touched: tuple[tuple[str, str], ...]


GENERAL = {
    "title": ("名称", "Title"), "basis": ("依据", "Basis"), "since": ("生效日期", "First day"), "full_marks": ("满分", "Full marks"),
    "line": ("准入线", "Admission line"), "missing_limit": ("缺失上限", "Limit of missing marks"),
    "grades": ("等级", "Grades"), "ceilings": ("担保上限（万元）", "Ceilings (×10k CNY)"),
}  # fmt: skip


def effects(before: Card, after: Card) -> tuple[Change, ...]:
    """Every difference that can change a score or a decision, in the order of a card; nothing for equal rules."""
    return (
        *_general(before, after),
        *_blocks(before, after),
        *_rules(before.item, after.item),
        *_rules(before.veto, after.veto),
    )


def _general(before: Card, after: Card) -> Iterator[Change]:
    for key, (says, english) in GENERAL.items():
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            step = f"{_plain(old)} → {_plain(new)}"
            yield Change("from" if key == "since" else key, How.CHANGED, says, english, ((step, step),))


def _blocks(before: Card, after: Card) -> Iterator[Change]:
    old, new = ({block.key: block for block in card.block} for card in (before, after))
    for key in dict.fromkeys([*old, *new]):
        weights = [str(card[key].weight) if key in card else "—" for card in (old, new)]
        if weights[0] != weights[1]:
            block, step = new.get(key) or old[key], " → ".join(weights)
            how = How.REMOVED if key not in new else How.CHANGED if key in old else How.ADDED
            yield Change(f"block.{key}", how, block.says, block.english, ((f"权重 {step}", f"weight {step}"),))


def _rules(before: Iterable[Rule], after: Iterable[Rule]) -> Iterator[Change]:
    old, new = {rule.key: rule for rule in before}, {rule.key: rule for rule in after}
    for key in dict.fromkeys([*old, *new]):
        rule = new.get(key) or old[key]
        how = How.REMOVED if key not in new else How.CHANGED if key in old else How.ADDED
        touched = _touched(old.get(key), new.get(key))
        if touched or how is not How.CHANGED:
            yield Change(f"{'veto' if isinstance(rule, Veto) else 'item'}.{key}", how, rule.says, rule.english, touched)


def _touched(old: Rule | None, new: Rule | None) -> tuple[tuple[str, str], ...]:
    rule = new or old
    if isinstance(rule, Veto):
        zh, en = (
            " → ".join(asked(each, lang) if isinstance(each, Veto) else "—" for each in (old, new))
            for lang in ("zh", "en")
        )
        return ((zh, en),) if _asks(old) != _asks(new) else ()
    return tuple(_points(*(each if isinstance(each, Item) else None for each in (old, new))))


def _asks(veto: Rule | None) -> object:
    return (veto.fact, veto.operator, veto.value, veto.valid_days) if isinstance(veto, Veto) else None


def _points(old: Item | None, new: Item | None) -> Iterator[tuple[str, str]]:
    """For each industry that has a scale of its own, then each step, where the points differ."""
    items = [item for item in (old, new) if item]
    if old and new and old.fact != new.fact:
        yield f"改看“{new.held.term}”", f"now reads {new.held.english}"
        return
    if len({item.missing for item in items}) > 1 or (len(items) == 1 and items[0].missing):
        step = f"{old.missing if old else '—'} → {new.missing if new else '—'}"
        yield f"缺失：{step} 分", f"missing: {step} points"
    for code in dict.fromkeys(["", *(scale.code for item in items for scale in item.industry)]):
        for zh, en, was, now in _steps(old, new, code or None):
            if was != now:
                trade = (f"行业 {code} ", f"industry {code} ") if code else ("", "")
                yield f"{trade[0]}{zh}：{was} → {now} 分", f"{trade[1]}{en}: {was} → {now} points"


def _steps(old: Item | None, new: Item | None, code: str | None) -> Iterator[tuple[str, str, int | str, int | str]]:
    items = [item for item in (old, new) if item]
    edges = sorted({edge for item in items for edge, _ in item.scale(code).bands})
    scales = [steps(item, item.scale(code), edges) if item else None for item in (old, new)]
    for at, step in enumerate(scales[1] or scales[0] or ()):
        was, now = (scale[at].points if scale else "—" for scale in scales)
        yield step.says, step.english, was, now


def _plain(value: object) -> str:
    return "、".join(f"{key} {each}" for key, each in value.items()) if isinstance(value, dict) else str(value)
