"""What changes about a loan (调息、展期), and the guarantor's written consent by two people; without it the guarantee's days stay (民法典第695条)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.desk import Desk
from financing.guarantees import documents
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Filed
from financing.letter_refusals import EvidenceMissing
from financing.letters import entries
from financing.letters.model import Guarantee
from financing.letters.rules import ACTIVE
from financing.loan_refusals import ChangeWaits, ExtensionTooLong
from financing.loans import plans, service
from financing.loans.change_model import LoanChange
from financing.loans.change_rules import Kind, LoanChangeState, longest_extension
from financing.loans.model import Loan
from financing.loans.rules import Change
from financing.money import Rate
from financing.parties.identity import passage
from financing.refusals import OutOfRange

#: States in which the guarantor has not answered yet.
WAITING = (LoanChangeState.ASKED, LoanChangeState.PROPOSED)


def set_rate(desk: Desk, loan: Loan, *, on: date, rate: Rate, why: str) -> LoanChange:
    """Another yearly rate from a day on (调整利率); OutOfRange for a day outside the loan or a rate below nothing."""
    desk.session.refresh(loan, with_for_update=True)
    matures = maturity(desk, loan)
    if not loan.starts <= on < matures:
        raise OutOfRange(field="on", least=loan.starts, most=matures)
    if rate < Rate(0):
        raise OutOfRange(field="rate", least=Rate(0))
    desk.note(Act.CHANGE_LOAN_RATE, loan, on=on, rate=rate)
    made = desk.add(_row(desk, loan, Kind.RATE, on, passage(why, "reason"), rate=rate))
    plans.renew(desk, loan, Change.RATE, on)
    service.tell(desk, loan, Act.CHANGE_LOAN_RATE, f"rate:{made.id}")
    return made


def extend(desk: Desk, loan: Loan, *, until: date, why: str) -> LoanChange:
    """A later maturity (展期), agreed between bank and firm before the loan matures; the guarantor is asked where it stands behind it.

    ExtensionTooLong, ChangeWaits; OutOfRange once the maturity is over.
    """
    desk.session.refresh(loan, with_for_update=True)
    matures = maturity(desk, loan)
    if desk.today > matures:
        raise OutOfRange(field="matures_anew", least=desk.today)
    _allowed(desk, loan, matures, until)
    if waiting(desk, loan) is not None:
        raise ChangeWaits
    desk.note(Act.EXTEND_LOAN, loan, until=until, was=matures)
    behind = _bound(desk, loan)
    made = desk.add(
        _row(desk, loan, Kind.EXTENSION, desk.today, passage(why, "reason"), until=until, was=matures, behind=behind)
    )
    plans.renew(desk, loan, Change.EXTENDED, desk.today)
    service.tell(desk, loan, Act.EXTEND_LOAN, f"extension:{made.id}")
    if behind is not None:
        service.tell_office(desk, loan, Act.EXTEND_LOAN, f"extension:{made.id}", "officer")
    return made


def propose_consent(desk: Desk, change: LoanChange, *, until: date, filed: Filed) -> None:
    """An officer puts the guarantor's written consent forward (提出同意展期): the document, and the new end of the guarantee period.

    EvidenceMissing for another kind of document; OutOfRange for a period that ends before the loan, or before it did.
    """
    behind = _of_change(desk, change)
    least = max(change.until or behind.until, behind.until)
    if filed.kind is not DocumentKind.AGREEMENT:
        raise EvidenceMissing(paper=DocumentKind.AGREEMENT)
    if until < least:
        raise OutOfRange(field="guarantee_until", least=least)
    desk.take(Act.PROPOSE_LOAN_CONSENT, change, until=change.until, guarantee_until=until)
    change.document_id = documents.add(desk, filed, subject_id=behind.id, firm_id=change.firm_id).id
    change.guarantee_until, change.chair_aside = until, behind.chair_aside
    change.proposed_at, change.proposed_by, change.proposer = desk.now, desk.actor.id, desk.actor.name
    desk.session.flush()
    service.tell_office(
        desk, desk.session.get_one(Loan, change.loan_id), Act.PROPOSE_LOAN_CONSENT, f"consent:{change.id}", "chair"
    )


def agree(desk: Desk, change: LoanChange) -> None:
    """The chair confirms (同意展期): maturity and guarantee period move as the document says. SamePerson."""
    behind = _decide(desk, change, Act.AGREE_LOAN_EXTENSION)
    entries.hold(desk, behind)
    desk.follow(Act.AGREE_LOAN_EXTENSION, behind, matures=change.until, until=change.guarantee_until)
    behind.matures, behind.until = (
        max(behind.matures, change.until or behind.matures),
        change.guarantee_until or behind.until,
    )
    desk.session.flush()


def refuse(desk: Desk, change: LoanChange, answer: str) -> None:
    """The guarantor does not consent (不同意展期): its days stay as they were, which bank and firm are told."""
    change.answer = passage(answer, "reason")
    _decide(desk, change, Act.REFUSE_LOAN_EXTENSION)


def maturity(desk: Desk, loan: Loan) -> date:
    """When the loan matures by its contract and every extension."""
    until = select(LoanChange.until).where(LoanChange.loan_id == loan.id, LoanChange.until.is_not(None))
    return max([loan.matures, *(day for day in desk.session.scalars(until) if day)])


def waiting(desk: Desk, loan: Loan) -> LoanChange | None:
    """The extension that the guarantor has not answered yet."""
    found = select(LoanChange).where(LoanChange.loan_id == loan.id, LoanChange.state.in_(WAITING))
    return desk.session.scalar(found.limit(1))


def _decide(desk: Desk, change: LoanChange, act: Act) -> Guarantee:
    behind = _of_change(desk, change)
    change.flow.after(change.state, act)
    if desk.actor.id == change.proposed_by:
        raise SamePerson
    require(desk.actor, act, change)
    change.decided_at, change.decided_by, change.decider = desk.now, desk.actor.id, desk.actor.name
    desk.take(act, change, until=change.until, guarantee_until=change.guarantee_until)
    service.tell(desk, desk.session.get_one(Loan, change.loan_id), act, f"answer:{change.id}")
    return behind


def _of_change(desk: Desk, change: LoanChange) -> Guarantee:
    desk.session.refresh(change)
    loan = desk.session.get_one(Loan, change.loan_id)
    behind = service.guaranteed(desk, loan.offer_id)
    if behind is None:
        raise LookupError("an extension that asks for consent has a guarantee behind it")
    return behind


def _bound(desk: Desk, loan: Loan) -> Guarantee | None:
    behind = service.guaranteed(desk, loan.offer_id)
    return behind if behind is not None and behind.state in ACTIVE else None


def _allowed(desk: Desk, loan: Loan, matures: date, until: date) -> None:
    medium, long = (
        parameters.figure(key, desk.today).value for key in ("extension_medium_ppm", "extension_long_months")
    )
    most = longest_extension(loan.starts, loan.matures, medium, long)
    if not matures < until <= most:
        raise ExtensionTooLong(least=matures, most=most)


def _row(
    desk: Desk, loan: Loan, kind: Kind, on: date, why: str, *, rate: Rate | None = None, until: date | None = None,
    was: date | None = None, behind: Guarantee | None = None,
) -> LoanChange:  # fmt: skip
    return LoanChange(
        loan_id=loan.id, firm_id=loan.firm_id, bank_id=loan.bank_id, kind=kind, on=on, rate=rate, until=until,
        was_until=was or loan.matures, why=why, recorded_at=desk.now, recorded_by=desk.actor.id, recorder=desk.actor.name,
        chair_aside=behind.chair_aside if behind else False, state=LoanChangeState.ASKED if behind else LoanChangeState.RECORDED,
    )  # fmt: skip
