"""Rules of counties (各地办法) that a zone can take over: what each says, beside what is in force here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from financing import parameters
from financing.parameters import Figure
from financing.refusals import NotFound

FILE = Path(__file__).parent / "presets.toml"


@dataclass(frozen=True, slots=True)
class Preset:
    """A county's rules: figures by key, since when, by which text, and how sure we are."""

    key: str
    county: str
    since: date
    source: str
    confidence: str
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """A preset's figures, each beside the one in force."""

    preset: Preset
    lines: tuple[tuple[Figure, int], ...]

    @property
    def differs(self) -> bool:
        return any(figure.value != value for figure, value in self.lines)


@cache
def presets() -> tuple[Preset, ...]:
    """All presets on file."""
    return tuple(Preset(**row) for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["preset"])


def one(key: str) -> Preset:
    """The preset of a key; NotFound."""
    found = next((preset for preset in presets() if preset.key == key), None)
    if found is None:
        raise NotFound(kind="Preset")
    return found


def compared(day: date) -> list[Compared]:
    """Every preset beside the figures in force on a day."""
    return [
        Compared(preset, tuple((parameters.figure(key, day), value) for key, value in preset.figures.items()))
        for preset in presets()
    ]
