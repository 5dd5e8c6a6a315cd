"""How clauses, their conditions and sums are said on a page: facts by their terms, sums by their rule, and where a fact is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from financing import wording
from financing.money import Fen, Rate
from financing.policies.model import PolicyClause
from financing.words import _
from scoring.facts import FACTS
from scoring.policy_facts import ASKED, GIVEN, OF_THE_FIRM, POLICY_FACTS
from scoring.policy_text import condition_words

_OF_FIRM = {fact.name for fact in OF_THE_FIRM}
SUMS = {
    "fixed": _("%(sum)s"),
    "share": _("%(base)s的 %(rate)s"),
    "per_unit": _("每%(unit)s %(sum)s（按%(base)s）"),
    "tiers": _("按%(base)s分档"),
    "interest": _("按%(base)s年贴息 %(rate)s，最长 %(months)s 个月"),
    "service": _("不涉及金额"),
}
CAPS = {"cap": _("最高 %(sum)s"), "base_cap": _("计息本金不超过 %(sum)s")}


def fact_word(lang: str) -> Callable[[str], str]:
    """What a fact is called."""
    return lambda name: POLICY_FACTS[name].english if lang == "en" else POLICY_FACTS[name].term


def options(lang: str) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen for each fact that a firm states."""
    return {fact.name: [(code, words[lang == "en"]) for code, words in fact.choices.items()] for fact in GIVEN}


def conditions_of(lang: str) -> Callable[[PolicyClause], list[str]]:
    return lambda clause: [condition_words(each, lang) for each in clause.clause.conditions]


def amount_words(lang: str) -> Callable[[PolicyClause], str]:
    """The sum of a clause in one line, with its bounds."""
    return lambda clause: _sum(clause.clause.amount, lang)


def _sum(rule: Any, lang: str) -> str:
    say = wording.translate(lang)
    fen = getattr(rule, "sum", None) or getattr(rule, "unit", None)
    base = getattr(rule, "base", None)
    told = {
        "sum": wording.yuan(Fen(fen), lang) if fen else "", "base": fact_word(lang)(base) if base else "",
        "rate": wording.percent(Rate(rule.ppm)) if hasattr(rule, "ppm") else "", "months": getattr(rule, "months", ""),
        "unit": POLICY_FACTS[base].unit if base else "",
    }  # fmt: skip
    caps = [
        say(CAPS[name]) % {"sum": wording.worth(Fen(cap), lang)} for name in CAPS if (cap := getattr(rule, name, None))
    ]
    return say("；").join([say(SUMS[rule.rule]) % told, *caps])


def where(name: str) -> str:
    """The route of the page where a fact of one's own is given."""
    if name in ASKED:
        return "policies.mine"
    return "firm.mine" if name in _OF_FIRM or name not in FACTS else "papers.mine"
