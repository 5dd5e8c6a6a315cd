"""Financing needs (融资需求): states, what goes together, time limits. No database here."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen


class NeedState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SCORED = "scored"
    COMMITTEE = "committee"
    APPROVED = "approved"
    CONDITIONAL = "conditional"
    REJECTED = "rejected"
    LISTED = "listed"
    OFFERED = "offered"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


S = NeedState
_ROAD = {
    (S.DRAFT, Act.EDIT_NEED): S.DRAFT,
    (S.DRAFT, Act.SUBMIT_NEED): S.SUBMITTED,
    (S.RETURNED, Act.EDIT_NEED): S.RETURNED,
    (S.RETURNED, Act.SUBMIT_NEED): S.SUBMITTED,
    (S.SUBMITTED, Act.RETURN_NEED): S.RETURNED,
    (S.SUBMITTED, Act.ACCEPT_NEED): S.ACCEPTED,
    (S.ACCEPTED, Act.ASSESS_NEED): S.SCORED,
    (S.SCORED, Act.ASSESS_NEED): S.SCORED,
    (S.SCORED, Act.OPEN_CASE): S.COMMITTEE,
    (S.COMMITTEE, Act.APPROVE_CASE): S.APPROVED,
    (S.COMMITTEE, Act.CONDITION_CASE): S.CONDITIONAL,
    (S.COMMITTEE, Act.REJECT_CASE): S.REJECTED,
    (S.APPROVED, Act.PROPOSE_MATCH): S.APPROVED,
    (S.CONDITIONAL, Act.PROPOSE_MATCH): S.CONDITIONAL,
    (S.LISTED, Act.PROPOSE_MATCH): S.LISTED,
    (S.OFFERED, Act.PROPOSE_MATCH): S.OFFERED,
    (S.APPROVED, Act.SEND_DOSSIER): S.LISTED,
    (S.CONDITIONAL, Act.SEND_DOSSIER): S.LISTED,
    (S.LISTED, Act.SEND_DOSSIER): S.LISTED,
    (S.OFFERED, Act.SEND_DOSSIER): S.OFFERED,
    (S.LISTED, Act.MAKE_OFFER): S.OFFERED,
    (S.OFFERED, Act.MAKE_OFFER): S.OFFERED,
    (S.OFFERED, Act.ACCEPT_OFFER): S.SETTLED,
}
OPEN = frozenset(S) - {S.REJECTED, S.SETTLED, S.WITHDRAWN}
FLOW = Flow(start=S.DRAFT, steps=_ROAD | {(state, Act.WITHDRAW_NEED): S.WITHDRAWN for state in OPEN})


class Purpose(StrEnum):
    """What the money is for; the guarantee reaches no further."""

    WORKING_CAPITAL = "working_capital"
    EQUIPMENT = "equipment"
    UPGRADE = "upgrade"


class Security(StrEnum):
    """What the firm can offer by itself."""

    NONE = "none"
    RECEIVABLES = "receivables"
    EQUIPMENT = "equipment"
    PROPERTY = "property"
    OWNER = "owner"


LONGEST_MONTHS = 60


def impossible(amount: Fen, months: int, latest: date, today: date) -> tuple[str, ...]:
    """The fields that cannot be true, each with its reason as `field:reason`."""
    wrong = (
        ("amount:not_positive", amount.fen <= 0),
        ("months:out_of_range", not 1 <= months <= LONGEST_MONTHS),
        ("latest:in_the_past", latest < today),
    )
    return tuple(reason for reason, holds in wrong if holds)
