"""Words of helpers, plans, requests, appointments and tasks (五个一)."""

from __future__ import annotations

from enum import StrEnum

HELPING_ACTS: dict[StrEnum, str] = {}
HELPING_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {}
HELPING_SENTENCES: dict[str, str] = {}
HELPING_CONSEQUENCES: dict[StrEnum, str] = {}
#: What each figure of theirs is called.
HELPING_FIGURES: dict[str, str] = {}
HELPING_FIELDS: dict[str, str] = {}
