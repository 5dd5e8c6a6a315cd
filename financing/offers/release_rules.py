"""How an officer's request to be let go beyond the own right moves (请求放行). No database here."""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.offers.ask_rules import ENDING


class ReleaseState(StrEnum):
    OPEN = "open"
    RELEASED = "released"
    RETURNED = "returned"
    ENDED = "ended"


S = ReleaseState
#: The bank's answer ends a request, and so does whatever ends the bank's way; LAPSE_RELEASE is for a consent that ran out.
FLOW = Flow(
    start=S.OPEN,
    steps={
        (S.OPEN, Act.RETURN_RELEASE): S.RETURNED,
        (S.OPEN, Act.LAPSE_RELEASE): S.ENDED,
    },
    follows={(S.OPEN, Act.RELEASE_OFFER): S.RELEASED, **{(S.OPEN, act): S.ENDED for act in ENDING}},
)
