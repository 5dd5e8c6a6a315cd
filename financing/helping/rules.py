"""Helping firms (五个一帮扶): fields of help, goals, requests and how they move. No database here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


class Topic(StrEnum):
    """What a problem is about, and what a helper is good at: one word for both, so that they can be matched."""

    FINANCE = "finance"
    TAX = "tax"
    LAND = "land"
    ENERGY = "energy"
    LABOUR = "labour"
    LOGISTICS = "logistics"
    MARKET = "market"
    TECHNOLOGY = "technology"
    LAW = "law"
    SAFETY = "safety"
    ENVIRONMENT = "environment"
    OTHER = "other"


class GoalState(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


class GoalSource(StrEnum):
    """Where a goal of the plan comes from."""

    TYPED = "typed"
    SURVEY = "survey"


GOAL_FLOW = Flow(
    start=GoalState.OPEN,
    steps={
        (GoalState.OPEN, Act.NOTE_GOAL): GoalState.OPEN,
        (GoalState.OPEN, Act.REACH_GOAL): GoalState.REACHED,
        (GoalState.OPEN, Act.DROP_GOAL): GoalState.DROPPED,
    },
)


class PlanState(StrEnum):
    """A visit that somebody who helps has planned."""

    PLANNED = "planned"
    KEPT = "kept"
    DROPPED = "dropped"


PLAN_FLOW = Flow(
    start=PlanState.PLANNED,
    steps={(PlanState.PLANNED, Act.DROP_HELP_VISIT): PlanState.DROPPED},
    follows={(PlanState.PLANNED, Act.RECORD_HELP_VISIT): PlanState.KEPT},
)


class RequestState(StrEnum):
    """A request (诉求): after the second answer it is final, and only the firm closes it."""

    RAISED = "raised"
    SIGNED = "signed"
    ANSWERED = "answered"
    REOPENED = "reopened"
    FINAL = "final"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


R = RequestState
REQUEST_FLOW = Flow(
    start=R.RAISED,
    steps={
        (R.RAISED, Act.SIGN_REQUEST): R.SIGNED,
        (R.SIGNED, Act.ANSWER_REQUEST): R.ANSWERED,
        (R.ANSWERED, Act.CLOSE_REQUEST): R.CLOSED,
        (R.ANSWERED, Act.REOPEN_REQUEST): R.REOPENED,
        (R.REOPENED, Act.ANSWER_REQUEST): R.FINAL,
        (R.FINAL, Act.CLOSE_REQUEST): R.CLOSED,
        (R.RAISED, Act.WITHDRAW_REQUEST): R.WITHDRAWN,
        (R.SIGNED, Act.WITHDRAW_REQUEST): R.WITHDRAWN,
        **{(state, Act.ADD_HELP_WORD): state for state in (R.RAISED, R.SIGNED, R.ANSWERED, R.REOPENED, R.FINAL)},
    },
)
#: Where somebody of the zone has to act next, and where the firm.
ZONES_TURN = (R.RAISED, R.SIGNED, R.REOPENED)
FIRMS_TURN = (R.ANSWERED, R.FINAL)
OPEN = (*ZONES_TURN, *FIRMS_TURN)


class Span(StrEnum):
    """How long a request may take, chosen as it is signed."""

    QUICK = "quick"
    USUAL = "usual"
    LONG = "long"


#: Working days of each span.
SPANS: Mapping[Span, str] = {
    Span.QUICK: "help_quick_days",
    Span.USUAL: "help_usual_days",
    Span.LONG: "help_long_days",
}


class Side(StrEnum):
    """Who wrote a word on a request."""

    FIRM = "firm"
    ZONE = "zone"
