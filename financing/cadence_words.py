"""Words of dispatch meetings, bulletins and subscriptions (调度、手机报)."""

from __future__ import annotations

from enum import StrEnum

CADENCE_ACTS: dict[StrEnum, str] = {}
CADENCE_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {}
CADENCE_SENTENCES: dict[str, str] = {}
CADENCE_CONSEQUENCES: dict[StrEnum, str] = {}
#: What each figure of theirs is called.
CADENCE_FIGURES: dict[str, str] = {}
CADENCE_FIELDS: dict[str, str] = {}
