"""How states of policies, clauses, applications and questions look."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from financing.policies.rules import ClaimState, ClauseState, PolicyState, QuestionState
from web.looks import DRAFT, GOOD, GOOD_IF, MOVING, NO, OVER, WAITING, Look

POLICY_LOOKS: Mapping[type[StrEnum], Mapping[StrEnum, Look]] = {
    PolicyState: dict(zip(PolicyState, (DRAFT, WAITING, GOOD, OVER, NO), strict=True)),
    ClauseState: dict(zip(ClauseState, (DRAFT, WAITING, GOOD, OVER), strict=True)),
    ClaimState: dict(zip(ClaimState, (WAITING, WAITING, MOVING, MOVING, GOOD_IF, GOOD, NO, OVER), strict=True)),
    QuestionState: {QuestionState.ASKED: WAITING, QuestionState.PUBLISHED: GOOD},
}
