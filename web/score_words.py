"""A score in words for a page (评分表用语): facts, their sources, and the steps of a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from financing import wording
from financing.words import _
from scoring.changes import Change
from scoring.facts import FACTS, UNITS, Fact, Kind, Source
from scoring.sheet import Band, Line, Value

SOURCES: Mapping[str, str] = {
    Source.DECLARED: _("企业申报"),
    Source.DOCUMENT: _("票据凭证"),
    Source.REGISTRY: _("登记查询"),
    Source.SITE: _("现场核验"),
}


def fact_word(fact: str, lang: str = "zh", told: Mapping[str, Fact] = FACTS) -> str:
    """The name of a fact; a card or a score tells those that it alone knows (`told`)."""
    return told[fact].term if lang == "zh" else told[fact].english


def item_word(item: str, lang: str = "zh") -> str:
    """What a firm may object to: the name of a fact, or of a field of its registration."""
    return fact_word(item, lang) if item in FACTS else wording.field(item, lang)


def fact_value(fact: str, value: Value, lang: str = "zh", told: Mapping[str, Fact] = FACTS) -> str:
    """A value with its unit; a missing one is a dash."""
    return told[fact].shown(value, lang)


def aim(change: Change, lang: str = "zh", told: Mapping[str, Fact] = FACTS) -> str:
    """The value a change leads to: at least or at most for a number, the words of a choice."""
    shown = fact_value(change.fact, change.after, lang, told)
    if told[change.fact].kind in {Kind.CHOICE, Kind.FLAG}:
        return shown
    better = told[change.fact].better
    falling = better == "lower" if better else change.before is not None and change.after < change.before  # type: ignore[operator]  # numbers: choices have left
    return f"{'≤' if falling else '≥'} {shown}"


def source_word(source: str, lang: str = "zh") -> str:
    return wording.translate(lang)(SOURCES[source])


def edge(line: Line, band: Band, lang: str = "zh") -> str:
    """One step of a rule: ≥ 12 个月, or the choice it stands for."""
    fact = line.held
    if fact.kind in {Kind.CHOICE, Kind.FLAG}:
        return fact.shown(band.edge == "yes" if fact.kind is Kind.FLAG else band.edge, lang)
    unit = "万元" if fact.kind is Kind.MONEY else fact.unit
    sign = "≤" if line.better == "lower" else "≥"
    return f"{sign} {band.edge} {UNITS.get(unit, unit) if lang == 'en' else unit}".rstrip()


def told(lang: str) -> dict[str, Callable[..., str]]:
    """What templates call to tell facts and steps, in one language."""
    these = (fact_word, fact_value, item_word, aim, source_word, edge)
    return {one.__name__: partial(one, lang=lang) for one in these}
