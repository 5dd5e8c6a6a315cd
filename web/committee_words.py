"""Words of the committee's pages that depend on what they stand beside."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Any

from financing import wording
from financing.guarantees.rules import Hurdle, Round, Scope, Vote
from financing.needs.rules import Purpose
from financing.parties.rules import FirmState
from financing.words import _
from scoring.sizes import WORDS, Size

#: What the text found at a gate is a word of.
KINDS: dict[Hurdle, type[StrEnum]] = {Hurdle.CONFIRMED: FirmState, Hurdle.PURPOSE: Purpose}


def committee_words(lang: str) -> dict[str, Any]:
    """For a template: what was found at a gate, a size class, votes and limits by their codes, each in one language."""
    spoken = {"gate_word": partial(gate_word, lang=lang), "size_word": partial(size_word, lang=lang)}
    return spoken | {"vote_of": Vote, "scope_of": Scope, "round_of": Round}


def gate_word(key: Hurdle, found: str, lang: str) -> str:
    """What was found, as a person says it."""
    if key is Hurdle.SIZE:
        return size_word(found, lang)
    if key is Hurdle.RELATED_TO_GUARANTOR:
        return wording.translate(lang)(_("有，须在 {days} 日内报告监管")).format(days=found)
    return wording.name(KINDS[key](found), lang) if key in KINDS else found


def size_word(size: str, lang: str) -> str:
    return WORDS[Size(size)][0 if lang == "zh" else 1]
