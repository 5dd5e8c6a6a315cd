"""Answers that say no, as JSON: code, a sentence in both languages, and the facts behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from litestar.response import Response

from financing import wording
from financing.money import Fen, Rate
from financing.refusals import Busy, Refusal, TooManyTries
from web.below import told
from web.complaints import complaint
from web.forms import FormErrors

#: Of these nothing is said beyond the code, so that what is absent and what is closed look the same (I-19).
TELL_NOTHING = {401, 404}


def refusal(why: Refusal) -> Response[bytes]:
    """Why the answer is no."""
    facts = {} if why.status in TELL_NOTHING else _facts(why)
    return sentence(
        why.status, why.code, wording.sentence(why, "zh"), wording.sentence(why, "en"), facts, _headers(why)
    )


def sentence(
    status: int, code: str, chinese: str, english: str, facts: Mapping[str, Any], headers: dict[str, str] | None = None
) -> Response[bytes]:
    text = told(code, chinese, english, facts)
    return Response(text, media_type="application/json", status_code=status, headers=headers or {})


def _headers(why: Refusal) -> dict[str, str]:
    if why.status == 401:
        return {"www-authenticate": 'Bearer realm="yuanrong"'}
    if isinstance(why, TooManyTries):
        return {"retry-after": "60"}
    return {"retry-after": "3"} if isinstance(why, Busy) else {}


def _facts(why: Refusal) -> dict[str, Any]:
    plain = {
        name: value for name, value in ((name, _plain(fact)) for name, fact in why.facts.items()) if value is not None
    }
    if isinstance(why, FormErrors):
        return plain | {"fields": [_field(name, error) for name, error in why.errors.items()]}
    return plain


def _field(name: str, error: Mapping[str, Any]) -> dict[str, str]:
    return {"field": name, "message_zh": complaint(error, "zh"), "message_en": complaint(error, "en")}


def _plain(fact: object) -> Any:
    """A fact as JSON; what is no plain value is left out."""
    match fact:
        case bool() | int():
            return fact
        case StrEnum():
            return fact.value
        case str():
            return fact
        case Fen():
            return {"fen": fact.fen}
        case Rate():
            return {"ppm": fact.ppm}
        case date():
            return fact.isoformat()
        case list() | tuple() | set() | frozenset():
            return sorted(filter(None, map(_plain, fact)), key=str)
    return None
