"""Words of what happens after the signature (保后), room by room, put together for the tables that everybody reads."""

from __future__ import annotations

from enum import StrEnum

from financing.watch_words import (
    WATCH_ACTS,
    WATCH_CONSEQUENCES,
    WATCH_FIELDS,
    WATCH_FIGURES,
    WATCH_SENTENCES,
    WATCH_WORDS,
)

AFTER_ACTS: dict[StrEnum, str] = {**WATCH_ACTS}
AFTER_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {**WATCH_WORDS}
AFTER_SENTENCES: dict[str, str] = {**WATCH_SENTENCES}
AFTER_CONSEQUENCES: dict[StrEnum, str] = {**WATCH_CONSEQUENCES}
#: What each figure of theirs is called.
AFTER_FIGURES: dict[str, str] = {**WATCH_FIGURES}
AFTER_FIELDS: dict[str, str] = {**WATCH_FIELDS}
