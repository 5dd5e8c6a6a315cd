"""Where the shape of a card's document is wrong (评分卡写法): every complaint of the reader, named by its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scoring.card_faults import Misfit
from scoring.card_words import FAULTS

OWN_WORDS = ("name", "digest")
"""What only the folder and the bytes can say."""


def complaints(
    document: Mapping[str, Any], error: ValidationError, fields: Mapping[str, tuple[str, ...]]
) -> Iterator[Misfit]:
    """Every complaint once; `fields` are the keys of each kind of table."""
    seen = set()
    for each in error.errors():
        found = _complaint(document, each, fields)
        if found[0] not in seen:
            seen.add(found[0])
            yield found


def _complaint(document: Mapping[str, Any], error: ErrorDetails, fields: Mapping[str, tuple[str, ...]]) -> Misfit:
    steps, last, given = error["loc"], error["loc"][-1], str(error["input"])[:60]
    if steps[0] == "veto" and "value" in steps and error["type"] != "missing":
        return place(document, steps[: steps.index("value") + 1]), "veto_value", {"given": given}
    key = place(document, steps)
    if error["type"] == "missing":
        return key, "band_shape" if isinstance(last, int) else "missing_key", {"name": last}
    if error["type"] == "too_long":
        return key, "band_shape", {}
    if error["type"] == "extra_forbidden":
        return key, *_strange(str(last), fields[next((str(step) for step in reversed(steps) if step in fields), "")])
    kind = error["type"] if error["type"] in FAULTS else "shape"
    return key, kind, {"given": given, **_expected(error.get("ctx", {}))}


def _strange(key: str, known: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    near = get_close_matches(key, known, n=1)
    return ("strange_key", {"near": near[0]}) if near else ("unknown_key", {"known": known})


def _expected(context: Mapping[str, Any]) -> dict[str, object]:
    words = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "").split(", ")
    return {**context, "expected": tuple(words)}


def place(document: Any, steps: tuple[int | str, ...]) -> str:
    """A path in the officer's words: items by their own keys, bands by their number."""
    names, at = [], document
    for step in steps:
        at = at[step] if isinstance(at, list) and isinstance(step, int) and step < len(at) else _inside(at, step)
        own = (
            next((at[key] for key in ("key", "code") if isinstance(at.get(key), str)), None)
            if isinstance(at, dict)
            else None
        )
        names.append(str(own or f"[{step + 1}]") if isinstance(step, int) else step)
    return ".".join(names)


def _inside(table: Any, step: int | str) -> Any:
    return table.get(step) if isinstance(table, dict) else None
