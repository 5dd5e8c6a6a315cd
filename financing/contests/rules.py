"""Second looks (复议): what may be contested, until when, and what comes of it. No database here."""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


class Contested(StrEnum):
    """What a firm may ask somebody else to look at again."""

    SCORE = "score"
    GATES = "gates"
    COMMITTEE = "committee"
    DECLINE = "decline"


class Outcome(StrEnum):
    """What the second look found."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"
    PARTLY = "partly"


class ContestState(StrEnum):
    OPEN = "open"
    DECIDED = "decided"


class NextStep(StrEnum):
    """The lawful act that follows; none of them touches what was decided."""

    NONE = "none"
    SCORE_AGAIN = "score_again"
    VOTE_AGAIN = "vote_again"
    BANK_AGAIN = "bank_again"
    FIRM_FIRST = "firm_first"


FLOW = Flow(start=ContestState.OPEN, steps={(ContestState.OPEN, Act.REVIEW_CONTEST): ContestState.DECIDED})
#: Outcomes after which the decision is made again.
AGAIN = frozenset({Outcome.OVERTURNED, Outcome.PARTLY})


def rate(outcomes: dict[Outcome, int]) -> tuple[int, int]:
    """How many were overturned, in whole or in part, out of how many reviewed."""
    return sum(outcomes.get(one, 0) for one in AGAIN), sum(outcomes.values())
