"""The words of separate consents: one dated file for each item and version, never edited; what was shown is proved by its hash."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from financing.parties.permit_rules import TEXT_VERSION, Item
from financing.signed_text import Text, filled

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


def text(item: Item, slots: Slots, version: str = TEXT_VERSION) -> Text:
    """Fill in the blanks of a version."""
    return filled(FOLDER / version / f"{item.value}.txt", version, asdict(slots))
