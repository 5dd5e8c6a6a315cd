"""Due diligence (尽职调查): what is checked, who says what, how a survey moves. No database here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from financing.acts import Act
from financing.flow import Flow
from financing.needs.rules import NeedState
from scoring.dated import in_force

CHECKS = Path(__file__).parent / "checks"
#: While a need stands here, the zone still looks at the firm.
SURVEYABLE = frozenset({NeedState.ACCEPTED, NeedState.SCORED, NeedState.COMMITTEE})


class SurveyState(StrEnum):
    VISITED = "visited"  # the first officer (A角) has been there
    REVIEWED = "reviewed"  # the second (B角) has given an opinion


FLOW = Flow(
    start=SurveyState.VISITED, steps={(SurveyState.VISITED, Act.REVIEW_SURVEY): SurveyState.REVIEWED}
)  # fmt: skip


class CheckKind(StrEnum):
    CHECK = "check"  # 查: seen on the spot
    QUERY = "query"  # 查询: asked of a register


class Result(StrEnum):
    """How one check came out."""

    FINE = "fine"
    DOUBTFUL = "doubtful"
    UNSEEN = "unseen"


class Advice(StrEnum):
    """What an officer advises the committee."""

    SUPPORT = "support"
    OPPOSE = "oppose"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to check, and the facts it settles."""

    key: str
    kind: CheckKind
    says: str
    english: str
    look: str
    look_english: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """Everything to be checked from a day on."""

    title: str
    source: str
    confidence: str
    check: tuple[Check, ...]

    @property
    def on_site(self) -> frozenset[str]:
        """The facts that are seen on the spot."""
        return frozenset(fact for check in self.check if check.kind is CheckKind.CHECK for fact in check.facts)


@dataclass(frozen=True, slots=True)
class Finding:
    """What came out of one check: the result, what was seen or read, of which day."""

    key: str
    result: Result
    value: str
    on: date
    facts: Mapping[str, Any] = field(default_factory=dict)


@cache
def checks(on: date) -> Checks:
    """The checks in force on a day."""
    return _read(in_force(CHECKS, on))


@cache
def every_check() -> tuple[Check, ...]:
    """Every check of any day, for the pages of old surveys; the newest words of a key count."""
    found = {check.key: check for path in sorted(CHECKS.glob("*.toml")) for check in _read(path).check}
    return tuple(found.values())


def _read(path: Path) -> Checks:
    plain = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = tuple(
        Check(kind=CheckKind(row.pop("kind")), facts=tuple(row.pop("facts")), **row) for row in plain.pop("check")
    )
    return Checks(check=rows, **plain)
