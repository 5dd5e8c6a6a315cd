"""The cookie that names a browser (会话), and the form key bound to it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from litestar.datastructures import Cookie

from financing.people.rules import Waits
from financing.settings import Settings

WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Visit:
    """The random name of this browser; `fresh` when it was made for this answer and must be sent."""

    sid: str
    fresh: bool
    waits: Waits | None = None  # what its session waits for before anything else opens
    proved_at: datetime | None = None  # when the person last proved who they are
    factored: bool = False  # by a second factor


def fresh_visit() -> Visit:
    return Visit(secrets.token_urlsafe(32), fresh=True)


def visit(settings: Settings, cookies: Mapping[str, str]) -> Visit:
    """The browser by the cookie it sent, or a new name for one that sent none of ours."""
    sid = cookies.get(cookie_name(settings), "")
    return Visit(sid, fresh=False) if WELL_FORMED.fullmatch(sid) else fresh_visit()


def cookie_name(settings: Settings) -> str:
    return "__Host-sid" if settings.secure else "sid"


def session_cookie(settings: Settings, value: str) -> Cookie:
    """Not readable by scripts, not sent by other sites, gone with the browser."""
    return Cookie(cookie_name(settings), value=value, path="/", secure=settings.secure, httponly=True, samesite="lax")


def language_cookie(settings: Settings, lang: str) -> Cookie:
    return Cookie(
        language_name(settings), value=lang, path="/", secure=settings.secure, httponly=True, samesite="lax",
        max_age=31_536_000,
    )  # fmt: skip


def language_name(settings: Settings) -> str:
    return "__Host-lang" if settings.secure else "lang"


def form_key(settings: Settings, sid: str) -> str:
    """What a form must carry to be believed to come from this browser (CSRF)."""
    return hmac.new(settings.secret.get_secret_value().encode(), sid.encode(), hashlib.sha256).hexdigest()


def believable(settings: Settings, sid: str, key: str) -> bool:
    return hmac.compare_digest(form_key(settings, sid), key) if key.isascii() else False
