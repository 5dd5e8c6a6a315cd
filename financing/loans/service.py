"""What people do with a loan on record (贷款登记与还款): its contract, and every repayment as the bank booked it.

Where a guarantee stands behind it, what is repaid is booked in the guarantee's ledger by the same act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from financing import parameters
from financing.acts import Act
from financing.answer_refusals import MoreThanOffered, NotChosen
from financing.desk import Desk
from financing.guarantees import documents
from financing.guarantees.documents import Filed
from financing.letters import entries
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import ACTIVE, ISSUED, EntryKind
from financing.loan_refusals import (
    ContractMissing,
    ContractTaken,
    LoanOnRecord,
    MoreThanOwed,
    NothingRepaid,
    RepaymentDiffers,
    StepsDiffer,
)
from financing.loans import plans, rules
from financing.loans.model import Loan, LoanRepayment
from financing.loans.reversal_model import taken_back
from financing.loans.rules import Change, Source
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.offers.model import Offer
from financing.offers.rules import OfferState
from financing.parties.identity import line
from financing.refusals import OutOfRange
from financing.roles import Role
from scoring.repayment import DayCount, Repayment
from scoring.schedule import Terms, ends

HALF, NOTHING = Rate(500_000), Fen(0)


@dataclass(frozen=True, slots=True)
class Contract:
    """A loan contract as the bank signed it: `interest_day` of the month, or none for the day on which it began; steps of an agreed plan."""

    number: str
    amount: Fen
    rate: Rate
    starts: date
    matures: date
    repayment: Repayment
    days: DayCount = DayCount.ACTUAL_360
    interest_day: int | None = None
    every: int = 1
    surcharge: Rate = HALF
    steps: Sequence[tuple[date, Fen]] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """One line of the bank's book: what the firm paid on a day, and the bank's reference by which it is known again."""

    reference: str
    on: date
    principal: Fen
    interest: Fen
    penalty: Fen = NOTHING


def record(desk: Desk, offer: Offer, said: Contract, filed: Filed | None = None) -> Loan:
    """Put the contract of an accepted offer on record (登记贷款合同); the plan follows from what is paid out.

    NotChosen, LoanOnRecord, ContractTaken, MoreThanOffered, OutOfRange, StepsDiffer; ContractMissing for an officer without the document.
    """
    desk.session.refresh(offer, with_for_update=True)
    number = line(said.number, "contract", 60)
    _fits(desk, offer, said, number)
    if desk.actor.role is Role.OFFICER and filed is None:
        raise ContractMissing
    desk.note(
        Act.RECORD_LOAN,
        offer,
        contract=number,
        amount=said.amount,
        rate=said.rate,
        starts=said.starts,
        matures=said.matures,
    )
    document = documents.add(desk, filed, subject_id=offer.id, firm_id=offer.firm_id) if filed else None
    desk.session.flush()
    loan = desk.add(_row(desk, offer, said, number, document.id if document else None))
    plans.renew(desk, loan, Change.DRAWN, said.starts)
    tell(desk, loan, Act.RECORD_LOAN, f"loan:{loan.id}")
    return loan


def _row(desk: Desk, offer: Offer, said: Contract, number: str, document_id: int | None) -> Loan:
    need, behind = desk.session.get_one(Need, offer.need_id), guaranteed(desk, offer.id)
    return Loan(
        offer_id=offer.id, need_id=offer.need_id, firm_id=offer.firm_id, bank_id=offer.bank_id, contract=number,
        amount=said.amount, offered=offer.amount, line=behind.line if behind else None, asked=need.amount,
        rate=said.rate, offered_rate=offer.rate, starts=said.starts, matures=said.matures, repayment=said.repayment,
        days=said.days, interest_day=said.interest_day, every=said.every, surcharge=said.surcharge,
        steps=[[day.isoformat(), fen.fen] for day, fen in said.steps], recorded_at=desk.now, recorded_by=desk.actor.id,
        recorder=desk.actor.name, document_id=document_id,
    )  # fmt: skip


def _fits(desk: Desk, offer: Offer, said: Contract, number: str) -> None:
    if offer.state is not OfferState.ACCEPTED:
        raise NotChosen
    if (known := desk.session.scalar(select(Loan).where(Loan.offer_id == offer.id))) is not None:
        raise LoanOnRecord(contract=known.contract)
    if desk.session.scalar(select(Loan.id).where(Loan.bank_id == offer.bank_id, Loan.contract == number)):
        raise ContractTaken(contract=number)
    if not Fen(0) < said.amount <= offer.amount:
        raise MoreThanOffered(field="amount", most=offer.amount)
    if said.starts >= said.matures:
        raise OutOfRange(field="contract_matures", least=said.starts)
    if said.interest_day is not None and not 1 <= said.interest_day <= 28:
        raise OutOfRange(field="interest_day", least=1, most=28)
    most = Rate(parameters.figure("surcharge_most_ppm", desk.today).value)
    if not Rate(0) <= said.surcharge <= most:
        raise OutOfRange(field="surcharge", least=Rate(0), most=most)
    _steps(said)


def _steps(said: Contract) -> None:
    """An agreed plan falls on interest days, and comes to the amount."""
    if said.repayment is not Repayment.STEPPED:
        return
    asked = Terms(said.rate.ppm, said.starts, said.matures, said.repayment, said.days, said.interest_day, said.every)
    for day, fen in said.steps:
        if day not in ends(asked, said.starts, said.matures) or fen <= Fen(0):
            raise StepsDiffer(why="day", given=day)
    total = Fen(sum(fen.fen for _, fen in said.steps))
    if total != said.amount:
        raise StepsDiffer(why="sum", sum=total, amount=said.amount)


def repay(desk: Desk, loan: Loan, paid: Payment, source: Source = Source.TYPED) -> LoanRepayment | None:
    """Record one repayment (登记还款): the plan is worked out anew, and the guarantee's ledger follows. None when it is on record already.

    NothingRepaid, MoreThanOwed, OutOfRange for the day, RepaymentDiffers for a reference that stands with other words.
    """
    desk.session.refresh(loan, with_for_update=True)
    reference = line(paid.reference, "reference", 60)
    if _known(desk, loan, paid, reference):
        return None
    again = _before(desk, loan, reference)
    drawn, before = plans.drawn(desk, loan), plans.total(plans.repaid(desk, loan))
    _payable(desk, paid, min((one.paid_on for one in drawn), default=loan.starts), plans.total(drawn) - before)
    desk.note(
        Act.REPAY_LOAN,
        loan,
        reference=reference,
        on=paid.on,
        principal=paid.principal,
        interest=paid.interest,
        penalty=paid.penalty,
    )
    made = desk.add(
        LoanRepayment(
            loan_id=loan.id, firm_id=loan.firm_id, bank_id=loan.bank_id, on=paid.on, principal=paid.principal, interest=paid.interest,
            penalty=paid.penalty, repaid=before, drawn=plans.total(drawn), reference=reference, again=again, source=source,
            by=desk.actor.id, by_name=desk.actor.name, at=desk.now,
        )
    )  # fmt: skip
    plans.renew(desk, loan, Change.EARLY, paid.on)
    _book(desk, loan, paid.on)
    return made


def _known(desk: Desk, loan: Loan, paid: Payment, reference: str) -> bool:
    found = select(LoanRepayment).where(LoanRepayment.loan_id == loan.id, LoanRepayment.reference == reference)
    known = desk.session.scalar(found.where(LoanRepayment.id.not_in(taken_back())))
    if known is None:
        return False
    if (known.on, known.principal, known.interest, known.penalty) != (
        paid.on,
        paid.principal,
        paid.interest,
        paid.penalty,
    ):
        raise RepaymentDiffers(
            reference=reference, on=known.on, amount=known.principal + known.interest + known.penalty
        )
    return True


def _before(desk: Desk, loan: Loan, reference: str) -> int:
    """How often a repayment under this reference was taken back: the right one may follow under the same."""
    found = select(func.count()).where(LoanRepayment.loan_id == loan.id, LoanRepayment.reference == reference)
    return desk.session.scalar(found) or 0


def _payable(desk: Desk, paid: Payment, least: date, left: Fen) -> None:
    if min(paid.principal, paid.interest, paid.penalty) < Fen(0) or not paid.principal + paid.interest + paid.penalty:
        raise NothingRepaid
    if not least <= paid.on <= desk.today:
        raise OutOfRange(field="on", least=least, most=desk.today)
    if paid.principal > left:
        raise MoreThanOwed(field="principal", most=left)


def _book(desk: Desk, loan: Loan, on: date) -> None:
    """The guarantee falls with what is still owed, never twice by the same money: also where a part was booked before the loan was on record."""
    behind = guaranteed(desk, loan.offer_id)
    if behind is None or behind.state not in ACTIVE or behind.issued_on is None:
        return
    entries.hold(desk, behind)
    left = plans.total(plans.drawn(desk, loan)) - plans.total(plans.repaid(desk, loan)) - compensated(desk, behind)
    free = rules.still_guaranteed(behind.balance, max(Fen(0), left))
    if free:
        entries.repay(desk, behind, on=max(on, behind.issued_on), amount=free, act=Act.REPAY_LOAN)


def guaranteed(desk: Desk, offer_id: int) -> Guarantee | None:
    """The issued guarantee behind the loan of an offer, the latest."""
    found = select(Guarantee).where(Guarantee.offer_id == offer_id, Guarantee.state.in_(ISSUED))
    return desk.session.scalar(found.order_by(Guarantee.prepared_at.desc()).limit(1))


def compensated(desk: Desk, behind: Guarantee) -> Fen:
    """What the guarantor has paid the bank under the guarantee so far."""
    query = select(GuaranteeEntry.amount).where(
        GuaranteeEntry.guarantee_id == behind.id, GuaranteeEntry.kind == EntryKind.COMPENSATED
    )
    return Fen(sum(one.fen for one in desk.session.scalars(query)))


def of_offer(desk: Desk, offer_id: int) -> Loan | None:
    """The loan in sight that came of an offer."""
    return desk.find(Loan, Loan.offer_id == offer_id)


def has_loan(desk: Desk, guarantee: Guarantee) -> bool:
    """Repayments of a guarantee whose loan is on record are recorded there."""
    return desk.session.scalar(select(Loan.id).where(Loan.offer_id == guarantee.offer_id)) is not None


def tell(desk: Desk, loan: Loan, act: Act, once: str) -> None:
    """The firm and the bank hear of what happens to their loan."""
    _notice(desk, loan, act, f"{once}:firm", {"firm": loan.firm_id})
    tell_bank(desk, loan, act, once)


def tell_bank(desk: Desk, loan: Loan, act: Act, once: str) -> None:
    _notice(desk, loan, act, f"{once}:bank", {"bank": loan.bank_id})


def tell_office(desk: Desk, loan: Loan, act: Act, once: str, role: str) -> None:
    """The officer of the need hears of it, or whoever has the role while nobody has the need."""
    officer = desk.session.get_one(Need, loan.need_id).officer_id if role == "officer" else None
    _notice(desk, loan, act, f"{once}:{role}", {"user": officer} if officer else {"role": role})


def _notice(desk: Desk, loan: Loan, act: Act, once: str, to: dict[str, Any]) -> None:
    number = desk.session.get_one(Need, loan.need_id).number
    desk.later("notice", f"{act}:{once}", to=to, code=act.value, subject=loan.id, number=number)


entries.BOOKED.append(has_loan)
