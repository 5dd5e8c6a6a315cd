"""The rules of a card in words (评分卡文字): the steps of a scale and the test of a red line, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from scoring.card import IndustryScale, Item, Scale, Veto
from scoring.card_faults import options
from scoring.facts import UNITS, Fact, Kind


@dataclass(frozen=True, slots=True)
class Step:
    """The values of one step of a scale, in both languages, and the points they earn."""

    says: str
    english: str
    points: int


def steps(item: Item, scale: Scale, edges: Iterable[Decimal] = ()) -> tuple[Step, ...]:
    """The steps of a scale, best first; `edges` cut the bands finer, so that two scales can be laid side by side."""
    fact = item.held
    if scale.choices:
        shown = {code: code == "yes" if fact.kind is Kind.FLAG else code for code in options(fact)}
        return tuple(Step(fact.shown(v), fact.shown(v, "en"), scale.choices[code]) for code, v in shown.items())
    higher = item.better == "higher"
    ladder = sorted({*edges, *(edge for edge, _ in scale.bands)}, reverse=higher)
    sign, rest = ("≥", "<") if higher else ("≤", ">")
    found = [(sign, edge, _earned(scale, edge, higher=higher)) for edge in ladder] + [(rest, ladder[-1], 0)]
    return tuple(
        Step(f"{mark} {edge:f}{unit(fact)}", f"{mark} {edge:f}{unit(fact, 'en')}", points)
        for mark, edge, points in found
    )


def scales(item: Item, language: str = "zh", *, all_steps: bool = True) -> tuple[str, ...]:
    """Each scale of an item on one line, those of industries under their codes; steps without points may be left out."""
    lines = []
    for scale in item.scales:
        shown = [step for step in steps(item, scale) if all_steps or step.points]
        told = " · ".join(f"{step.says if language == 'zh' else step.english} → {step.points}" for step in shown)
        lines.append(f"{scale.code}: {told}" if isinstance(scale, IndustryScale) else told)
    return tuple(lines)


def asked(veto: Veto, language: str = "zh") -> str:
    """A red line's test, and for how many days its fact holds."""
    zh, fact = language == "zh", veto.held
    given = veto.value if isinstance(veto.value, tuple) else (veto.value,)
    coded = fact.kind in {Kind.CHOICE, Kind.FLAG}
    words = [fact.shown(each, language) if coded else f"{each}{unit(fact, language)}" for each in given]
    told = {"at_least": "≥ ", "at_most": "≤ "}.get(veto.operator, "") + ("、" if zh else ", ").join(words)
    if veto.valid_days is None:
        return told
    return told + (f"（{veto.valid_days} 天内查询）" if zh else f" (looked up within {veto.valid_days} days)")


def unit(fact: Fact, language: str = "zh") -> str:
    """The unit as it follows a figure, with the space it needs."""
    word = fact.unit if language == "zh" else UNITS.get(fact.unit, fact.unit)
    return word if word in {"%", "×", ""} else f" {word}"


def _earned(scale: Scale, value: Decimal, *, higher: bool) -> int:
    return next((marks for edge, marks in scale.bands if (value >= edge if higher else value <= edge)), 0)
