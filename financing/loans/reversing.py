"""Taking a repayment back (撤回还款): whoever sees the mistake shows what it rests on, an officer who did not ask confirms; nothing is deleted.

From then on the repayment does not count: the plan is worked out anew, and as much as it had freed is guaranteed again.
"""

from __future__ import annotations

from sqlalchemy import select

from financing.access import require
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.desk import Desk
from financing.guarantees import documents
from financing.guarantees.documents import Filed
from financing.journal import Private
from financing.letters import entries
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import ACTIVE, EntryKind
from financing.loan_refusals import TakenBack
from financing.loans import plans, service
from financing.loans.change_rules import BackState
from financing.loans.model import Loan, LoanRepayment
from financing.loans.reversal_model import RepaymentReversal
from financing.loans.rules import Change
from financing.money import Fen
from financing.parties.identity import passage


def ask(desk: Desk, repayment: LoanRepayment, why: str, filed: Filed) -> RepaymentReversal:
    """Ask that a repayment be taken back (申请撤回还款), with the paper that shows the mistake. TakenBack when it is, or waits."""
    why = passage(why, "reason")
    loan = _held(desk, repayment.loan_id)
    if (known := of(desk, repayment.id)) is not None:
        raise TakenBack(reference=repayment.reference, state=known.state)
    desk.note(Act.ASK_REPAYMENT_BACK, repayment, reference=repayment.reference, on=repayment.on, reason=Private(why))
    document = documents.add(desk, filed, subject_id=loan.offer_id, firm_id=loan.firm_id)
    desk.session.flush()
    made = desk.add(
        RepaymentReversal(
            repayment_id=repayment.id, loan_id=loan.id, firm_id=loan.firm_id, bank_id=loan.bank_id, why=why,
            document_id=document.id, asked_at=desk.now, asked_by=desk.actor.id, asker=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    service.tell_office(desk, loan, Act.ASK_REPAYMENT_BACK, f"back:{made.id}", "officer")
    return made


def take_back(desk: Desk, reversal: RepaymentReversal) -> None:
    """An officer who did not ask confirms (确认撤回还款). SamePerson, WrongState, PlanDoesNotFit."""
    loan = _second(desk, reversal, Act.TAKE_REPAYMENT_BACK)
    repayment = desk.session.get_one(LoanRepayment, reversal.repayment_id)
    behind, reversal.restored = _again(desk, loan, repayment.principal)
    _decide(desk, reversal, Act.TAKE_REPAYMENT_BACK)
    plans.renew(desk, loan, Change.TAKEN_BACK, repayment.on)
    if behind is not None and reversal.restored:
        entries.restore(desk, behind, reversal.restored, document_id=reversal.document_id, asked_by=reversal.asked_by)
    service.tell(desk, loan, Act.TAKE_REPAYMENT_BACK, f"back:{reversal.id}")


def keep(desk: Desk, reversal: RepaymentReversal, answer: str) -> None:
    """The repayment stands (不予撤回), with the reason; it may be asked for again."""
    answer = passage(answer, "reason")
    loan = _second(desk, reversal, Act.KEEP_REPAYMENT)
    reversal.answer = answer
    _decide(desk, reversal, Act.KEEP_REPAYMENT)
    service.tell_bank(desk, loan, Act.KEEP_REPAYMENT, f"back:{reversal.id}")


def of(desk: Desk, repayment_id: int) -> RepaymentReversal | None:
    """What was asked of a repayment and not turned down, whoever asks."""
    found = (RepaymentReversal.repayment_id == repayment_id, RepaymentReversal.state != BackState.KEPT)
    return desk.session.scalar(select(RepaymentReversal).where(*found))


def _held(desk: Desk, loan_id: int) -> Loan:
    """The loan under lock until the commit: what is repaid and taken back comes one after the other."""
    desk.session.flush()
    return desk.session.get_one(Loan, loan_id, with_for_update=True, populate_existing=True)


def _second(desk: Desk, reversal: RepaymentReversal, act: Act) -> Loan:
    """The loan held, what was asked still open, and somebody else than who asked."""
    loan = _held(desk, reversal.loan_id)
    desk.session.refresh(reversal, with_for_update=True)
    reversal.flow.after(reversal.state, act)
    if desk.actor.id == reversal.asked_by:
        raise SamePerson(act=act)
    require(desk.actor, act, reversal)
    return loan


def _decide(desk: Desk, reversal: RepaymentReversal, act: Act) -> None:
    """Written in one go, for no wall lets a second change through."""
    reversal.decided_at, reversal.decided_by, reversal.decider = desk.now, desk.actor.id, desk.actor.name
    desk.take(act, reversal)
    desk.session.flush()


def _again(desk: Desk, loan: Loan, principal: Fen) -> tuple[Guarantee | None, Fen]:
    """The guarantee, under lock, and by how much it rises: never above what is owed then, nor by more than the loan's record ever freed."""
    behind = service.guaranteed(desk, loan.offer_id)
    if behind is None or behind.state not in ACTIVE or behind.issued_on is None:
        return None, Fen(0)
    entries.hold(desk, behind)
    repaid = plans.total(plans.repaid(desk, loan)) - principal
    owed = plans.total(plans.drawn(desk, loan)) - repaid - service.compensated(desk, behind)
    return behind, max(Fen(0), min(principal, owed - behind.balance, _freed(desk, loan, behind)))


def _freed(desk: Desk, loan: Loan, behind: Guarantee) -> Fen:
    """What repayments on this loan's record took off the guarantee, less what is guaranteed again since: known by who wrote them and when."""
    stamps = desk.session.execute(select(LoanRepayment.at, LoanRepayment.by).where(LoanRepayment.loan_id == loan.id))
    booked = {(at, by) for at, by in stamps}
    lines = desk.session.scalars(select(GuaranteeEntry).where(GuaranteeEntry.guarantee_id == behind.id)).all()
    repaid = [one.amount for one in lines if one.kind is EntryKind.REPAID and (one.at, one.by) in booked]
    restored = [one.amount for one in lines if one.kind is EntryKind.RESTORED]
    return sum(repaid, Fen(0)) - sum(restored, Fen(0))
