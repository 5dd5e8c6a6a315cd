"""Classes set by people (人工调整分类, F45): one proposes with a reason, another confirms; never better than the days past due allow."""

from __future__ import annotations

from sqlalchemy import select

from financing.access import require
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.desk import Desk
from financing.journal import Private
from financing.loan_refusals import ClassOpen, ClassTooGood
from financing.loans import views
from financing.loans.change_model import ClassChange
from financing.loans.change_rules import ClassState
from financing.loans.model import Loan
from financing.loans.rules import FiveClass
from financing.parties.identity import passage


def propose(desk: Desk, loan: Loan, to: FiveClass | None, reason: str) -> ClassChange:
    """Put another class forward (提出调整分类), or give the loan back to its days (None). ClassOpen, ClassTooGood."""
    desk.session.refresh(loan, with_for_update=True)
    reason = passage(reason, "reason")
    if desk.session.scalar(
        select(ClassChange.id).where(ClassChange.loan_id == loan.id, ClassChange.state == ClassState.PROPOSED)
    ):
        raise ClassOpen
    stands = views.standing(desk, loan)
    if to is not None and to.rank < stands.by_days.rank:
        raise ClassTooGood(least=stands.by_days)
    desk.note(Act.PROPOSE_LOAN_CLASS, loan, before=stands.by_class, to=to, reason=Private(reason))
    return desk.add(
        ClassChange(
            loan_id=loan.id, firm_id=loan.firm_id, bank_id=loan.bank_id, before=stands.by_class, to=to, reason=reason,
            proposed_at=desk.now, proposed_by=desk.actor.id, proposer=desk.actor.name,
        )
    )  # fmt: skip


def confirm(desk: Desk, change: ClassChange) -> None:
    """Somebody else confirms (确认分类): the loan is in that class from now on. SamePerson."""
    _decide(desk, change, Act.CONFIRM_LOAN_CLASS)


def turn_down(desk: Desk, change: ClassChange, answer: str) -> None:
    """Somebody else leaves the class as it is, with a reason."""
    change.answer = passage(answer, "reason")
    _decide(desk, change, Act.TURN_DOWN_LOAN_CLASS)


def _decide(desk: Desk, change: ClassChange, act: Act) -> None:
    change.flow.after(change.state, act)
    if desk.actor.id == change.proposed_by:
        raise SamePerson
    require(desk.actor, act, change)
    change.decided_at, change.decided_by, change.decider = desk.now, desk.actor.id, desk.actor.name
    desk.take(act, change, before=change.before, to=change.to)
