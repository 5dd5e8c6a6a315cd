"""Words that people sign (签署文本): one dated file for each version, never edited; what was shown is proved by its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Text:
    """The words as shown, with the version they were written from."""

    words: str
    version: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.words.encode()).hexdigest()

    @property
    def title(self) -> str:
        return self.words.partition("\n")[0]

    @property
    def paragraphs(self) -> list[str]:
        """The text without its title, paragraph by paragraph."""
        return [line for line in self.words.splitlines()[1:] if line]


def filled(file: Path, version: str, slots: Mapping[str, object]) -> Text:
    """A version with its blanks filled in."""
    return Text(file.read_text(encoding="utf-8").strip().format(**slots), version)
