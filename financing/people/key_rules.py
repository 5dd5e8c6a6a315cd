"""What a bank's own system may be let in for, and where a key stands."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum

#: 48 random characters (288 bits) behind a beginning that secret scanners find; the first eight after it may be seen by people.
BEGINNING, RANDOM = "yrt_", 36  # bytes
WELL_FORMED = re.compile(rf"{BEGINNING}[A-Za-z0-9_-]{{48}}")
SHOWN = 12


class KeyScope(StrEnum):
    """What a key was given for; both at most what its officer may do."""

    READ = "read"
    ANSWER = "answer"


class KeyState(StrEnum):
    WAITING = "waiting"
    IN_FORCE = "in_force"
    OVER = "over"
    REVOKED = "revoked"


def state(*, taken: bool, revoked: bool, until: datetime, now: datetime) -> KeyState:
    """Where a key stands at a moment; it ends exactly at `until`."""
    if revoked:
        return KeyState.REVOKED
    if until <= now:
        return KeyState.OVER
    return KeyState.IN_FORCE if taken else KeyState.WAITING
