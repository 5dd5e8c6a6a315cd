"""Accepting first (容缺受理): which papers may come later, by date, and until when. No database here."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from financing.acts import Act
from financing.clocks.rules import Step
from financing.flow import Flow
from financing.papers.rules import PaperKind

FILE = Path(__file__).parent / "tolerated.toml"


class Promised(StrEnum):
    OWED = "owed"
    SUPPLIED = "supplied"
    BROKEN = "broken"
    ENDED = "ended"


PROMISE = Flow(
    start=Promised.OWED,
    steps={
        (Promised.OWED, Act.SUPPLY_PAPER): Promised.SUPPLIED,
        (Promised.OWED, Act.BREAK_PROMISE): Promised.BROKEN,
        (Promised.OWED, Act.END_PROMISE): Promised.ENDED,
    },
)


@dataclass(frozen=True, slots=True)
class Tolerable:
    """A paper that may come after the need was handed in: in what form, and the step that cannot do without it."""

    kind: PaperKind
    form: str  # Chinese, as the notice says it
    step: Step
    since: date
    until: date | None
    source: str
    confidence: str


@cache
def _listed() -> tuple[Tolerable, ...]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["paper"]
    return tuple(
        Tolerable(
            PaperKind(row["kind"]), row["form"], Step(row["step"]), row["from"], row.get("until"), row["source"],
            row["confidence"],
        )
        for row in rows
    )  # fmt: skip


def tolerated(on: date) -> tuple[Tolerable, ...]:
    """The published list as it stands on a day."""
    return tuple(one for one in _listed() if one.since <= on and (one.until is None or on <= one.until))


def lacking(on: date, on_file: Collection[PaperKind]) -> tuple[Tolerable, ...]:
    """What may still come later and is not on file."""
    return tuple(one for one in tolerated(on) if one.kind not in on_file)
