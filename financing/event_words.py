"""Words of trainings, visits to firms and what may be charged (培训、宁静日、收费清单)."""

from __future__ import annotations

from enum import StrEnum

EVENT_ACTS: dict[StrEnum, str] = {}
EVENT_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {}
EVENT_SENTENCES: dict[str, str] = {}
EVENT_CONSEQUENCES: dict[StrEnum, str] = {}
#: What each figure of theirs is called.
EVENT_FIGURES: dict[str, str] = {}
EVENT_FIELDS: dict[str, str] = {}
