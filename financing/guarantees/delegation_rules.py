"""Small cases that two officers decide (授权审批, F41): how one moves, and until when it may be called in. No database here."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.guarantees.rules import SETS_BACK
from financing.money import Fen


class DelegationState(StrEnum):
    PROPOSED = "proposed"
    REFERRED = "referred"  # the second officer would rather leave it to the committee
    DECIDED = "decided"  # in favour, while members may still call it in
    IN_FORCE = "in_force"
    CALLED_IN = "called_in"
    VOID = "void"  # the file changed or the firm withdrew before it took effect


S = DelegationState
DELEGATION_FLOW = Flow(
    start=S.PROPOSED,
    steps={
        (S.PROPOSED, Act.DECIDE_SMALL): S.DECIDED,
        (S.PROPOSED, Act.REFER_CASE): S.REFERRED,
        (S.DECIDED, Act.CALL_IN): S.CALLED_IN,
        (S.DECIDED, Act.CONFIRM_SMALL): S.IN_FORCE,
    },
    follows={
        (S.PROPOSED, Act.WITHDRAW_NEED): S.VOID,
        (S.PROPOSED, Act.CLOSE_NEED): S.VOID,
    }
    | {(S.DECIDED, act): S.VOID for act in (*SETS_BACK, Act.WITHDRAW_NEED, Act.CLOSE_NEED)},
)


def small(line: Fen, borne: Fen, most: Fen) -> bool:
    """Whether two officers may decide: the line with all the firm has with the guarantor already; a large one is not cut up."""
    return Fen(0) < most and line + borne <= most


def may_call_in(today: date, until: date) -> bool:
    """To the end of the last day; from the next one on the decision takes effect."""
    return today <= until
