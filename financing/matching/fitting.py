"""Cut what people wrote to the measures of a dossier, so that eight pages always hold it and nothing unprintable gets in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel

from financing.matching.snapshot_terms import printable

SHORT, SAID, LINE, SENTENCE, PASSAGE = 32, 56, 60, 100, 240
T = TypeVar("T")


def fitted(text: str, most: int = LINE) -> str:
    """At most so many letters, all of them printable; a text without any becomes a dash."""
    plain = " ".join("".join(letter if _prints(letter) else " " for letter in text).split())
    return (plain if len(plain) <= most else f"{plain[: most - 1]}…") or "—"


def within(model: type[BaseModel], field: str, items: Iterable[T]) -> tuple[T, ...]:
    """As many items, from the first, as the dossier has room for in that field."""
    return tuple(items)[: room(model, field)]


def room(model: type[BaseModel], field: str) -> int:
    """How many items a field of the dossier holds."""
    limits = [limit for mark in model.model_fields[field].metadata if (limit := getattr(mark, "max_length", None))]
    return int(min(limits))


def _prints(letter: str) -> bool:
    try:
        printable(letter)
    except ValueError:
        return False
    return True
