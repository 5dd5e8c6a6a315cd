"""Where the interface for banks' own systems begins, and how it says no; known to the outermost layer as well."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

#: Everything below this takes a key: no cookie is read there, and no form.
BELOW = "/api/"

#: A stop link carries our own signature: whoever holds it may stop its messages, and mail programs send no page of ours (RFC 8058).
STOP = "/stop/"


def signed(path: str) -> bool:
    """Whether the address itself is the proof, so that no form key is asked for."""
    return path.startswith(STOP)


def below(path: str) -> bool:
    return path.startswith(BELOW)


def told(code: str, chinese: str, english: str, facts: Mapping[str, Any] | None = None) -> bytes:
    """A refusal as JSON: its code, a sentence in both languages, the facts behind it."""
    said = {"code": code, "message_zh": chinese, "message_en": english, "facts": dict(facts or {})}
    return json.dumps(said, ensure_ascii=False).encode()
