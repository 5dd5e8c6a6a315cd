"""Codes that change with time (动态码, RFC 6238): SHA-1, six digits, steps of thirty seconds, as every authenticator app counts them."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from urllib.parse import quote, urlencode

STEP = 30  # seconds
DIGITS = 6
#: A phone whose clock is half a minute off is let in: the step now, the one before, the one after.
AROUND = (0, -1, 1)
SECRET = 20  # bytes, the length of SHA-1 (RFC 4226 §4)


def code(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of one step (RFC 4226 §5.3: dynamic truncation of the keyed hash of the counter)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    at = digest[-1] & 0x0F
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}d}"


def step(now: datetime) -> int:
    """Which step a moment lies in."""
    return int(now.timestamp()) // STEP


def found(secret: bytes, said: str, now: datetime, after: int) -> int | None:
    """The step that a code is of, when it lies around now and later than `after`, the last one accepted; else None."""
    steps = [step(now) + around for around in AROUND]
    right = [one for one in steps if hmac.compare_digest(code(secret, one).encode(), said.encode())]
    return max((one for one in right if one > after), default=None)


def typed(secret: bytes) -> str:
    """The secret as people type it where no camera is at hand."""
    return base64.b32encode(secret).decode().rstrip("=")


def address(secret: bytes, login: str, issuer: str) -> str:
    """What the QR code holds for an authenticator app."""
    asked = urlencode({"secret": typed(secret), "issuer": issuer})  # digits, step and hash are the usual ones
    return f"otpauth://totp/{quote(login, safe='')}?{asked}"
