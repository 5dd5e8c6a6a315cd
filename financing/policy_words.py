"""Words of what the zone offers firms (惠企政策)."""

from __future__ import annotations

from enum import StrEnum

POLICY_ACTS: dict[StrEnum, str] = {}
POLICY_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {}
POLICY_SENTENCES: dict[str, str] = {}
POLICY_CONSEQUENCES: dict[StrEnum, str] = {}
#: What each figure of theirs is called.
POLICY_FIGURES: dict[str, str] = {}
POLICY_FIELDS: dict[str, str] = {}
