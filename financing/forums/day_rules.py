"""The day of a session (会期): answers to an invitation, the clock of the rounds, what a bank says at its table. No database here."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow

#: Signs of a guest's code: no 0 and O, no 1 and I, for it is also read from paper and typed.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE = re.compile(r"[23456789A-HJ-NP-Z]{4}(-[23456789A-HJ-NP-Z]{4}){2}")


class Reply(StrEnum):
    """What somebody invited has answered (回执)."""

    WAITING = "waiting"
    COMING = "coming"
    NOT_COMING = "not_coming"


class Ticking(StrEnum):
    """Where the clock of the rounds stands (轮次计时)."""

    READY = "ready"
    RUNNING = "running"
    STOPPED = "stopped"


class Said(StrEnum):
    """What a bank says of a talk (意向): it means to lend, it wants papers first, or not."""

    INTENDS = "intends"
    WANTS_PAPERS = "wants_papers"
    NOT = "not"


class Deed(StrEnum):
    """What a bank did about a need while the session was on, as the wall tells it: that an offer was handed in, never what it says."""

    CLAIMED = "claimed"
    OFFERED = "offered"


class Point(StrEnum):
    """The points of a session's day (议程)."""

    ARRIVAL = "arrival"
    TALKS = "talks"
    GATHERING = "gathering"


T = Ticking
CLOCK = Flow(
    start=T.READY,
    steps={
        (T.READY, Act.START_CLOCK): T.RUNNING,
        (T.STOPPED, Act.START_CLOCK): T.RUNNING,
        (T.RUNNING, Act.STOP_CLOCK): T.STOPPED,
        (T.RUNNING, Act.NEXT_ROUND): T.RUNNING,
        (T.STOPPED, Act.NEXT_ROUND): T.RUNNING,
    },
)


def left(seconds: int, since: datetime | None, now: datetime) -> int:
    """Whole seconds a round still has: `seconds` when its clock last stood, less what has run `since`; never below none."""
    return max(0, seconds - int((now - since).total_seconds())) if since else seconds


def code_in(typed: str) -> str:
    """The code in what was typed or scanned, an address included: capitals, in groups of four; empty when there is none."""
    tidy = re.sub(r"[^0-9A-Z]", "", typed.rsplit("code=", 1)[-1].upper())
    code = "-".join(tidy[n : n + 4] for n in range(0, 12, 4))
    return code if len(tidy) == 12 and CODE.fullmatch(code) else ""
