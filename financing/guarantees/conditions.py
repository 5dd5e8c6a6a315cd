"""Conditions of a decision (条件落实, F42): written when it is sealed, met by a proof that another person accepts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.case_refusals import ConditionsOwed, OwnProof
from financing.desk import Desk
from financing.guarantees.model import Condition, GuaranteeCase
from financing.guarantees.rules import ConditionState
from financing.needs.model import Need
from financing.papers.model import Paper
from financing.parties.identity import passage


def write(desk: Desk, case: GuaranteeCase, sealed: Sequence[dict[str, Any]]) -> None:
    """One row for each condition of the resolution, in its own words; a decision without conditions writes none."""
    for number, one in enumerate(sealed, 1):
        desk.add(
            Condition(case_id=case.id, need_id=case.need_id, firm_id=case.firm_id, number=number, says=one["says"])
        )


def of_case(desk: Desk, case: GuaranteeCase) -> list[Condition]:
    """The conditions of a case in the order of its resolution."""
    return desk.all(Condition, Condition.case_id == case.id, by=Condition.number)


def of_need(desk: Desk, need: Need) -> list[Condition]:
    """The conditions of a need's decision, for the firm that owes them and the officer who waits."""
    return desk.all(Condition, Condition.need_id == need.id, by=Condition.number)


def unmet(desk: Desk, case: GuaranteeCase) -> list[Condition]:
    """What is still owed before the guarantee may be issued; empty when all is met or there was nothing."""
    return [one for one in of_case(desk, case) if one.state is not ConditionState.MET]


def require_met(desk: Desk, case: GuaranteeCase) -> None:
    """ConditionsOwed while one condition has no accepted proof; whoever issues a guarantee asks here."""
    owed = unmet(desk, case)
    if owed and parameters.figure("conditions_before_issue", desk.today).value:
        raise ConditionsOwed(count=len(owed), says="；".join(one.says for one in owed))


def show(desk: Desk, condition: Condition, proof: Paper) -> None:
    """Hand in a paper of the firm as the proof; handing in again replaces it until somebody has accepted."""
    _lock(desk, condition)
    desk.take(Act.SHOW_PROOF, condition, case=condition.case_id, paper=proof.id, sha256=proof.sha256)
    condition.proof_id, condition.why = proof.id, ""
    condition.shown_by, condition.shown_name, condition.shown_at = desk.actor.id, desk.actor.name, desk.now
    _tell(desk, Act.SHOW_PROOF, condition, {"role": "officer"})


def accept(desk: Desk, condition: Condition) -> None:
    """An officer has looked at the proof and finds the condition met; OwnProof to whoever handed it in."""
    _another(desk, condition, Act.ACCEPT_PROOF)
    desk.take(Act.ACCEPT_PROOF, condition, case=condition.case_id, paper=condition.proof_id)
    condition.met_by, condition.met_name, condition.met_at = desk.actor.id, desk.actor.name, desk.now
    _tell(desk, Act.ACCEPT_PROOF, condition, {"firm": condition.firm_id})


def turn_down(desk: Desk, condition: Condition, why: str) -> None:
    """The proof does not do; the firm reads why and hands in another."""
    _another(desk, condition, Act.TURN_DOWN_PROOF)
    why = passage(why, "reason")
    desk.take(Act.TURN_DOWN_PROOF, condition, case=condition.case_id, paper=condition.proof_id)
    condition.why = why
    _tell(desk, Act.TURN_DOWN_PROOF, condition, {"firm": condition.firm_id})


def _another(desk: Desk, condition: Condition, act: Act) -> None:
    _lock(desk, condition)
    condition.flow.after(condition.state, act)
    if desk.actor.id == condition.shown_by:
        raise OwnProof
    require(desk.actor, act, condition)


def _lock(desk: Desk, condition: Condition) -> None:
    """Hold the row until the commit, and see it as it is now: a proof is never replaced while it is being accepted."""
    desk.session.flush()
    desk.session.refresh(condition, with_for_update=True)


def _tell(desk: Desk, act: Act, condition: Condition, to: dict[str, Any]) -> None:
    """Once a step and moment: a proof turned down twice is told twice."""
    number = desk.get(Need, condition.need_id).number
    once = f"{act}:{condition.id}:{desk.now.isoformat()}"
    desk.later("notice", once, to=to, code=act.value, subject=condition.case_id, number=number)
