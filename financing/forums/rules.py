"""Forum sessions (银企对接会): how a session moves. No database here."""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


class SessionState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


S = SessionState
FLOW = Flow(
    start=S.PLANNED,
    steps={
        (S.PLANNED, Act.SEAT_SESSION): S.PLANNED,
        (S.PLANNED, Act.MEND_SESSION): S.PLANNED,
        (S.OPEN, Act.MEND_SESSION): S.OPEN,
        (S.PLANNED, Act.OPEN_SESSION): S.OPEN,
        (S.OPEN, Act.CLOSE_SESSION): S.CLOSED,
        (S.PLANNED, Act.INVITE_GUESTS): S.PLANNED,
        (S.OPEN, Act.INVITE_GUESTS): S.OPEN,  # who comes in by a change at the last minute
    },
)
