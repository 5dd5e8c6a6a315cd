"""How a claim is decided (代偿决定, F47, F48): one person examines, the chair confirms; the bank answers once; then it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.claim_refusals import DoesNotAddUp, GroundMissing, LossBelowCut, WorseThanBefore
from financing.compensation import grounds, paper
from financing.compensation.model import CompensationAnswer, CompensationClaim, CompensationCut, CompensationDecision
from financing.compensation.rules import (
    BANKS_TURN,
    CONFIRMS,
    OVER,
    ClaimState,
    Deducted,
    Outcome,
    Pause,
    Reason,
    adds_up,
)
from financing.compensation.service import about, go_on, hold, stand_still, tell
from financing.desk import Desk
from financing.guarantees import documents
from financing.guarantees.documents import Filed
from financing.journal import Private
from financing.money import Fen
from financing.parties.identity import passage
from financing.refusals import WrongState


@dataclass(frozen=True, slots=True)
class Examined:
    """What an officer puts forward: pay in full, pay less with every reduction, or refuse with a coded reason."""

    outcome: Outcome
    opinion: str
    cuts: Sequence[Deducted] = ()
    reason: Reason | None = None


def propose(desk: Desk, claim: CompensationClaim, found: Examined) -> CompensationDecision:
    """Put a decision before the chair (提出处理意见); after an objection the one that is final.

    DoesNotAddUp, GroundMissing, LossBelowCut, WorseThanBefore, WrongState.
    """
    hold(desk, claim)
    final = claim.state is ClaimState.OBJECTED
    amount = _amount(desk, claim, found)
    if final and amount < claim.approved:
        raise WorseThanBefore(before=claim.approved)
    opinion = passage(found.opinion, "opinion")
    facts = {"outcome": found.outcome, "amount": amount, "final": final, "reason": found.reason}
    desk.take(Act.PROPOSE_COMPENSATION, claim, **facts, opinion=Private(opinion))
    claim.proposed_by, claim.proposer = desk.actor.id, desk.actor.name
    last = desk.session.scalar(
        select(func.max(CompensationDecision.number)).where(CompensationDecision.claim_id == claim.id)
    )
    made = desk.add(
        CompensationDecision(
            **about(claim), number=(last or 0) + 1, final=final, outcome=found.outcome, claimed=claim.claimed, amount=amount,
            reason=found.reason, opinion=opinion, proposed_at=desk.now, proposed_by=desk.actor.id, proposer=desk.actor.name,
            chair_aside=claim.chair_aside,
        )
    )  # fmt: skip
    desk.session.flush()
    _cuts(desk, claim, made, found.cuts)
    tell(desk, Act.PROPOSE_COMPENSATION, claim, str(made.number), role="chair")
    return made


def send_back(desk: Desk, decision: CompensationDecision, answer: str) -> None:
    """The chair wants it examined again (退回重审), with the reason."""
    claim, answer = _second(desk, decision, Act.RETURN_COMPENSATION), passage(answer, "reason")
    decision.answer = answer
    desk.take(Act.RETURN_COMPENSATION, decision, number=claim.number, reason=Private(answer))
    desk.follow(Act.RETURN_COMPENSATION, claim)
    tell(desk, Act.RETURN_COMPENSATION, claim, str(decision.number), user=decision.proposed_by)


def confirm(desk: Desk, decision: CompensationDecision, outcome: Outcome | None = None) -> None:
    """Another person confirms it (决定): the paper is issued; less than the whole and not final, the bank may answer once.

    WrongState when `outcome` names another one than was put forward: the button was of another page.
    """
    act = CONFIRMS[decision.outcome]
    if outcome not in (None, decision.outcome):
        raise WrongState(state=decision.state, act=CONFIRMS[outcome or decision.outcome])
    claim = _second(desk, decision, act)
    desk.take(act, decision, number=claim.number, amount=decision.amount, final=decision.final, reason=decision.reason)
    claim.approved, claim.cut = decision.amount, claim.claimed - decision.amount
    claim.again = decision.reason is not None and grounds.ground(decision.reason, desk.today).again
    desk.follow(act, claim)
    if claim.state in BANKS_TURN:
        _the_banks_turn(desk, claim)
    _over(desk, claim)
    desk.session.flush()
    paper.issue(desk, claim, decision)
    tell(desk, act, claim, str(decision.number), bank=claim.bank_id)
    tell(desk, act, claim, str(decision.number), user=decision.proposed_by)


def accept(desk: Desk, claim: CompensationClaim) -> None:
    """The bank agrees to less than it claimed (接受决定): the decision stands."""
    hold(desk, claim)
    desk.take(Act.ACCEPT_COMPENSATION, claim)
    _over(desk, claim)
    go_on(desk, claim)
    _answered(desk, claim, accepts=True, text="")
    tell(desk, Act.ACCEPT_COMPENSATION, claim, "", role="officer")


def object_to(desk: Desk, claim: CompensationClaim, text: str, filed: Filed | None = None) -> None:
    """The bank objects once, with its reasons and papers (提出异议): the guarantor examines again and decides for good."""
    hold(desk, claim)
    text = passage(text, "objection", 2000)
    desk.take(Act.OBJECT_COMPENSATION, claim, text=Private(text))
    go_on(desk, claim)
    _answered(desk, claim, accepts=False, text=text, filed=filed)
    for role in ("officer", "chair"):
        tell(desk, Act.OBJECT_COMPENSATION, claim, "", role=role)


def lapse(desk: Desk, key: int) -> int:
    """The days of the bank's answer are over: the decision stands. 0 while they run."""
    claim = desk.get(CompensationClaim, key)
    hold(desk, claim)
    if claim.state not in (ClaimState.REDUCED, ClaimState.DENIED) or claim.answer_by is None:
        return 0
    if desk.today <= claim.answer_by:
        return 0
    desk.take(Act.LAPSE_COMPENSATION, claim)
    _over(desk, claim)
    go_on(desk, claim)
    for to in ({"bank": claim.bank_id}, {"role": "officer"}):
        tell(desk, Act.LAPSE_COMPENSATION, claim, "", **to)
    return 1


def unanswered(desk: Desk) -> list[int]:
    """Claims whose days of answer are over, for the daily run."""
    waiting = CompensationClaim.state.in_((ClaimState.REDUCED, ClaimState.DENIED))
    over = desk.select(CompensationClaim, CompensationClaim.id).where(waiting, CompensationClaim.answer_by < desk.today)
    return sorted(desk.session.scalars(over))


def _amount(desk: Desk, claim: CompensationClaim, found: Examined) -> Fen:
    """What is paid: the whole, the whole less every reduction, or nothing; each with the grounds it needs, in force today."""
    if (found.outcome is Outcome.REFUSE) != (found.reason is not None):
        raise GroundMissing
    if (found.outcome is Outcome.REDUCE) != bool(found.cuts):
        raise GroundMissing
    if found.reason is not None:
        grounds.ground(found.reason, desk.today)
    for one in found.cuts:
        grounds.ground(one.lapse, desk.today)
        if not Fen(0) < one.amount <= one.loss:
            raise LossBelowCut(loss=one.loss, asked=one.amount)
    cut = sum((one.amount for one in found.cuts), Fen(0))
    amount = Fen(0) if found.outcome is Outcome.REFUSE else claim.claimed - cut
    if not adds_up(claim.claimed, found.outcome, amount, found.cuts):
        raise DoesNotAddUp(claimed=claim.claimed, cut=cut)
    return amount


def _cuts(desk: Desk, claim: CompensationClaim, decision: CompensationDecision, cuts: Sequence[Deducted]) -> None:
    for number, one in enumerate(cuts, 1):
        desk.add(
            CompensationCut(
                **about(claim), decision_id=decision.id, number=number, lapse=one.lapse, loss=one.loss, amount=one.amount,
                evidence=passage(one.evidence, "evidence"),
            )
        )  # fmt: skip
    desk.session.flush()


def _second(desk: Desk, decision: CompensationDecision, act: Act) -> CompensationClaim:
    """The claim held, the decision open, and somebody else than who put it forward."""
    claim = desk.session.get_one(CompensationClaim, decision.claim_id)
    hold(desk, claim)
    desk.session.refresh(decision)
    decision.flow.after(decision.state, act)
    if desk.actor.id == decision.proposed_by:
        raise SamePerson
    require(desk.actor, act, decision)
    decision.decided_by, decision.decider, decision.decided_at = desk.actor.id, desk.actor.name, desk.now
    return claim


def _the_banks_turn(desk: Desk, claim: CompensationClaim) -> None:
    days = parameters.figure("compensation_answer_days", desk.today).value
    claim.answer_by = desk.calendar.after(desk.today, days).day
    stand_still(desk, claim, Pause.ANSWER, "")


def _answered(desk: Desk, claim: CompensationClaim, *, accepts: bool, text: str, filed: Filed | None = None) -> None:
    document = documents.add(desk, filed, subject_id=claim.guarantee_id, firm_id=claim.firm_id) if filed else None
    desk.session.flush()
    desk.add(
        CompensationAnswer(
            **about(claim), accepts=accepts, text=text, by=desk.actor.id, by_name=desk.actor.name, at=desk.now,
            document_id=document.id if document else None,
        )
    )  # fmt: skip
    desk.session.flush()


def _over(desk: Desk, claim: CompensationClaim) -> None:
    if claim.state in OVER:
        claim.over_on = desk.today
