"""How two cards differ, rule by rule (评分表对照): every change as the place, what stood there and what stands there now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.card import Card, Part

PARTS = ("block", "item", "veto")
"""The lists of a card, each known by the keys of its members."""

HELD = {"key", "name", "digest"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that differs: the list it stands in ("" for the head), the key, what it is called, the field.

    A rule that only one card has is one difference with an empty field; `old` or `new` is then None.
    """

    part: str
    key: str
    says: str
    english: str
    field: str
    old: str | None
    new: str | None


def differences(old: Card, new: Card) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the new card; none between a card and itself."""
    return (*_head(old, new), *(one for part in PARTS for one in _part(part, old, new)))


def _head(old: Card, new: Card) -> Iterator[Difference]:
    was, now = _fields(old), _fields(new)
    for field, before, after in _changed(was, now):
        yield Difference("", "", "", "", field, before, after)


def _part(part: str, old: Card, new: Card) -> Iterator[Difference]:
    was: Mapping[str, Any] = {one.key: one for one in getattr(old, part)}
    now: Mapping[str, Any] = {one.key: one for one in getattr(new, part)}
    for key in [*now, *(key for key in was if key not in now)]:
        named = now.get(key, was.get(key))
        if key in was and key in now:
            for field, before, after in _changed(_fields(was[key]), _fields(now[key])):
                yield Difference(part, key, named.says, named.english, field, before, after)
        else:
            yield Difference(part, key, named.says, named.english, "", *(_whole(side.get(key)) for side in (was, now)))


def _changed(was: Mapping[str, str], now: Mapping[str, str]) -> list[tuple[str, str, str]]:
    fields = [*now, *(field for field in was if field not in now)]
    return [(f, was.get(f, "—"), now.get(f, "—")) for f in fields if was.get(f) != now.get(f)]


def _whole(rule: Part | None) -> str | None:
    """A rule in one line, without what its key and name already say."""
    if rule is None:
        return None
    return "；".join(
        f"{field} {said}" for field, said in sorted(_fields(rule).items()) if field not in {"says", "english"}
    )


def _fields(part: Part) -> dict[str, str]:
    """Every field that is set, by its name in the file, as text."""
    held = HELD | set(PARTS) if isinstance(part, Card) else HELD
    plain = part.model_dump(by_alias=True, exclude=held, exclude_defaults=True)
    return {field: said(value) for field, value in plain.items()}


def said(value: Any) -> str:
    """A value of a card as it is read aloud: steps and choices as `edge → marks`."""
    match value:
        case dict():
            return "，".join(f"{key} → {said(inner)}" for key, inner in value.items())
        case tuple() | list() if value and isinstance(value[0], (tuple, list)):
            return "，".join(" → ".join(map(said, step)) for step in value)
        case tuple() | list():
            return "、".join(map(said, value))
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
    return str(value)
