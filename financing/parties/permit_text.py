"""The words of separate consents: one dated file for each item and version, never edited; what was shown is proved by its hash."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

from financing.parties.permit_rules import TEXT_VERSION, Item

FOLDER = Path(__file__).parent / "permit_texts"


@dataclass(frozen=True, slots=True)
class Handler:
    """Who handles what is agreed to, and how to reach them."""

    zone: str
    office: str
    phone: str


@dataclass(frozen=True, slots=True)
class Slots:
    """Every blank of the text."""

    firm: str
    code: str
    representative: str
    person: str
    mark: str
    whose: str
    signer: str
    capacity: str
    zone: str
    office: str
    phone: str
    days: int


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


def text(item: Item, slots: Slots, version: str = TEXT_VERSION) -> Text:
    """Fill in the blanks of a version."""
    blank = (FOLDER / version / f"{item.value}.txt").read_text(encoding="utf-8").strip()
    return Text(blank.format(**asdict(slots)), version)
