"""Policies of the State as shipped (政策示例): dated, with their source and how sure we are; a zone checks them before it publishes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from financing.desk import Desk
from financing.policies import service
from financing.policies.model import Policy
from financing.policies.rules import Benefit, Level, Route
from financing.policies.service import Told, Written

FOLDER = Path(__file__).parent
#: Said of every example until the zone has looked.
MARK = "示例，须由园区核对"
_TERMS = ("conditions", "amount", "windows")


@dataclass(frozen=True, slots=True)
class Example:
    """One document with its clauses, as `service.enter` and `service.write` take them."""

    key: str
    told: Told
    clauses: tuple[Written, ...]


@cache
def examples() -> Mapping[str, Example]:
    """All of them by key, in the order of their names."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def enter(desk: Desk, key: str) -> Policy:
    """Take an example over as a draft (引用示例), with its clauses; another person publishes it."""
    found = examples()[key]
    policy = service.enter(desk, found.told)
    for written in found.clauses:
        service.write(desk, policy, written)
    return policy


def _read(path: Path) -> Example:
    raw = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    clauses = raw.pop("clause")
    told = Told(
        **{"phone": "", "issued_on": None, "until": None, **raw, "level": Level(raw["level"]), "example": path.stem}
    )
    return Example(path.stem, told, tuple(_clause(clause) for clause in clauses))


def _clause(raw: dict[str, Any]) -> Written:
    terms = {name: raw.pop(name) for name in _TERMS if name in raw}
    kinds = {"benefit": Benefit(raw["benefit"]), "route": Route(raw["route"]), "papers": tuple(raw["papers"])}
    return Written(**{**raw, **kinds, "terms": terms})
