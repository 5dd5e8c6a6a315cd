"""What pages show of loans (贷款页): the list with its filters, one loan with its plan, what was paid, what changed, and what may be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, select

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.letters.model import Guarantee
from financing.loans import changing, renewal, rules, views
from financing.loans.change_model import ClassChange, LoanChange, RenewalCall, RenewalChoice
from financing.loans.change_rules import BackState, ClassState
from financing.loans.model import Loan, LoanPlan, LoanRepayment
from financing.loans.reversal_model import RepaymentReversal
from financing.loans.rules import FiveClass, Paid
from financing.loans.views import Standing
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.offers.model import Offer
from financing.offers.rules import OfferState
from financing.parties.model import Bank, Firm
from financing.refusals import NotFound
from scoring.schedule import Due


class Only(StrEnum):
    """What a list of loans is narrowed to."""

    OVERDUE = "overdue"
    MATURING = "maturing"
    RUNNING = "running"
    SETTLED = "settled"


class RowState(StrEnum):
    """How one instalment stands."""

    COVERED = "covered"
    LATE = "late"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Line:
    """One loan in a list: its contract, names, how it stands, and what the firm chose for its maturity."""

    loan: Loan
    stands: Standing
    firm: str
    bank: str
    number: str
    choice: RenewalChoice | None
    left: int  # days to the maturity, below nothing once it is over
    named: FiveClass  # for firm and bank by the days alone: what else the guarantor thinks is its own business


@dataclass(frozen=True, slots=True)
class Row:
    due: Due
    state: RowState
    left: Fen  # principal still owed by the plan after this day

    @property
    def principal(self) -> Fen:
        return Fen(self.due.principal)

    @property
    def interest(self) -> Fen:
        return Fen(self.due.interest)


@dataclass(frozen=True, slots=True)
class Shown:
    """One loan as its page shows it."""

    line: Line
    rows: tuple[Row, ...]
    versions: Sequence[LoanPlan]
    repayments: Sequence[LoanRepayment]
    changes: Sequence[LoanChange]
    classes: Sequence[ClassChange]
    calls: Sequence[RenewalCall]
    guarantee: Guarantee | None
    drawn: Fen
    waiting: LoanChange | None
    proposed: ClassChange | None
    backs: Mapping[int, BackState]  # of repayments that were taken back, or wait for it


def lines(desk: Desk, only: Only | None = None, of: FiveClass | None = None) -> list[Line]:
    """The loans in sight that fit, those past due longest first, then those that mature first."""
    found = [
        line for line in _lines(desk, desk.all(Loan)) if _fits(desk, line, only) and (of is None or line.named is of)
    ]
    return sorted(found, key=lambda line: (-line.stands.days_past_due, line.stands.matures, line.loan.id))


def maturing(desk: Desk) -> list[Line]:
    """The loans in sight in the order of their maturities, those that are settled left out: the calendar of renewals (F46)."""
    found = [line for line in _lines(desk, desk.all(Loan)) if line.stands.drawn and not line.stands.settled]
    return sorted(found, key=lambda line: (line.stands.matures, line.loan.id))


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """An accepted offer whose contract is not on record yet."""

    offer: Offer
    firm: str
    bank: str
    number: str


def unrecorded(desk: Desk) -> list[Unrecorded]:
    """Accepted offers in sight without a loan on record, the oldest first."""
    offers = desk.all(
        Offer, Offer.state == OfferState.ACCEPTED, ~exists().where(Loan.offer_id == Offer.id), by=Offer.made_at
    )
    firms, banks, numbers = _beside(desk, offers)
    return [Unrecorded(one, firms[one.firm_id], banks[one.bank_id], numbers[one.need_id]) for one in offers]


def by_class(found: Sequence[Line]) -> list[tuple[FiveClass, int, Fen]]:
    """How many loans are in each class, and what is owed on them."""
    running = [line for line in found if not line.stands.settled]
    return [
        (
            one,
            sum(line.named is one for line in running),
            Fen(sum(line.stands.balance.fen for line in running if line.named is one)),
        )
        for one in FiveClass
    ]


def shown(desk: Desk, loan: Loan) -> Shown:
    """One loan in sight with everything about it that the person may see."""
    (line,) = _lines(desk, [loan])
    paid = desk.all(LoanRepayment, LoanRepayment.loan_id == loan.id, by=LoanRepayment.on.desc())
    backs = desk.all(RepaymentReversal, RepaymentReversal.loan_id == loan.id, RepaymentReversal.state != BackState.KEPT)
    gone = {one.repayment_id for one in backs if one.state is BackState.TAKEN_BACK}
    changes = desk.all(LoanChange, LoanChange.loan_id == loan.id, by=LoanChange.recorded_at.desc())
    classes = desk.all(ClassChange, ClassChange.loan_id == loan.id, by=ClassChange.proposed_at.desc())
    behind = line.stands.guarantee_id
    return Shown(
        line, _rows(desk, line.stands, [one for one in paid if one.id not in gone]), desk.all(LoanPlan, LoanPlan.loan_id == loan.id, by=LoanPlan.number.desc()), paid, changes,
        classes, desk.all(RenewalCall, RenewalCall.loan_id == loan.id, by=RenewalCall.at),
        desk.find(Guarantee, Guarantee.id == behind) if behind else None, line.stands.drawn,
        next((one for one in changes if one.state in changing.WAITING), None),
        next((one for one in classes if one.state is ClassState.PROPOSED), None), {one.repayment_id: one.state for one in backs},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OneRepayment:
    """One repayment with what was asked of it, the newest first, and what the person at the desk may do."""

    repayment: LoanRepayment
    loan: Loan
    backs: Sequence[RepaymentReversal]
    acts: tuple[Act, ...]

    @property
    def standing(self) -> RepaymentReversal | None:
        """What was asked of it and not turned down."""
        return next((one for one in self.backs if one.state is not BackState.KEPT), None)


def repayment(desk: Desk, one: LoanRepayment) -> OneRepayment:
    """A repayment in sight."""
    backs = desk.all(RepaymentReversal, RepaymentReversal.repayment_id == one.id, by=RepaymentReversal.asked_at.desc())
    found = OneRepayment(one, desk.get(Loan, one.loan_id), backs, ())
    if found.standing is None:
        return replace(found, acts=(Act.ASK_REPAYMENT_BACK,) if desk.may(Act.ASK_REPAYMENT_BACK, one) else ())
    return replace(found, acts=desk.acts(found.standing))


def waiting_back(desk: Desk, key: int) -> RepaymentReversal:
    """What was asked of a repayment and waits for a second person; NotFound."""
    waits = (RepaymentReversal.repayment_id == key, RepaymentReversal.state == BackState.ASKED)
    if (found := desk.find(RepaymentReversal, *waits)) is None:
        raise NotFound(kind="RepaymentReversal")
    return found


def rate_of(found: Shown) -> Rate:
    """The yearly rate in force: of the newest plan, otherwise of the contract."""
    return found.versions[0].rate if found.versions else found.line.loan.rate


def acts(desk: Desk, found: Shown) -> tuple[Act, ...]:
    """What the person may do with the loan itself now."""
    stands = found.line.stands
    asked = [Act.REPAY_LOAN] if stands.drawn and not stands.settled else []
    asked += (
        [] if stands.settled else [Act.CHANGE_LOAN_RATE, Act.EXTEND_LOAN, Act.CHOOSE_RENEWAL, Act.PROPOSE_LOAN_CLASS]
    )
    return tuple(act for act in asked if desk.may(act, found.line.loan))


def of_change(desk: Desk, change: LoanChange) -> Loan:
    """The loan that a change in sight is about."""
    return desk.session.get_one(Loan, change.loan_id)


def _lines(desk: Desk, loans: Sequence[Loan]) -> list[Line]:
    firms, banks, numbers = _beside(desk, loans)
    outside = desk.actor.firm_id is not None or desk.actor.bank_id is not None
    chosen = renewal.chosen(desk, [loan.id for loan in loans])
    return [
        Line(loan, stands, firms[loan.firm_id], banks[loan.bank_id], numbers[loan.need_id], chosen.get(loan.id), (stands.matures - desk.today).days, stands.by_days if outside else stands.by_class)
        for loan, stands in zip(loans, views.of(desk, loans), strict=True)
    ]  # fmt: skip


def _beside(desk: Desk, things: Sequence[Loan | Offer]) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    """Names of firms and banks and numbers of needs; a bank knows the firms it lends to, also after a consent has ended."""
    ask = desk.session.execute
    firms = ask(select(Firm.id, Firm.name).where(Firm.id.in_({one.firm_id for one in things})))
    banks = ask(select(Bank.id, Bank.name).where(Bank.id.in_({one.bank_id for one in things})))
    needs = ask(select(Need.id, Need.number).where(Need.id.in_({one.need_id for one in things})))
    return _pairs(firms), _pairs(banks), _pairs(needs)


def _pairs(rows: Iterable[Any]) -> dict[int, str]:
    return {key: name for key, name in rows}  # noqa: C416  rows behave as pairs, and are none


def _fits(desk: Desk, line: Line, only: Only | None) -> bool:
    stands = line.stands
    match only:
        case Only.OVERDUE:
            return stands.days_past_due > 0
        case Only.MATURING:
            ahead = max(renewal.levels(desk.today))
            return not stands.settled and desk.today <= stands.matures <= desk.today + timedelta(days=ahead)
        case Only.RUNNING:
            return not stands.settled
        case Only.SETTLED:
            return stands.settled
    return True


def _rows(desk: Desk, stands: Standing, paid: Sequence[LoanRepayment]) -> tuple[Row, ...]:
    known = [Paid(one.on, one.principal.fen, one.interest.fen) for one in paid] + [
        Paid(desk.today, stands.compensated.fen, 0)
    ]
    tolerance = parameters.figure("interest_tolerance_fen", desk.today).value
    open_ = rules.uncovered(stands.plan, known, desk.today, tolerance)
    owed, found = sum(one.principal for one in stands.plan), []
    for due, gap in zip(stands.plan, open_, strict=True):
        owed -= due.principal
        late = desk.calendar.next_open(due.day) < desk.today
        found.append(
            Row(due, RowState.COVERED if not any(gap) else RowState.LATE if late else RowState.OPEN, Fen(owed))
        )
    return tuple(found)
