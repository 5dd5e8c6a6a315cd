"""How a firm gets what a clause gives (申报与兑付): notified or applied, reviewed, made public, paid by two people; each once (F64)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from financing.access import require
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.desk import Desk
from financing.money import Fen
from financing.numbers import Series, take_number
from financing.parameters import figure
from financing.parties.identity import line, passage
from financing.parties.model import Firm
from financing.policies import facts
from financing.policies.claim_model import PolicyClaim, PolicyLine
from financing.policies.model import Policy, PolicyClause
from financing.policies.rules import COUNTED, OVER, Benefit, ClaimState, Entry, PolicyState, Route
from financing.policy_refusals import (
    AboveApplied,
    AboveEntitled,
    BudgetSpent,
    ClaimedAlready,
    ClaimedElsewhere,
    DoubleSubsidy,
    LoanOwed,
    NotAppliedYet,
    NotEntitled,
    PublicityRuns,
    WindowClosed,
)
from financing.refusals import NotFound, OutOfRange, WrongState
from scoring.policy_match import Match, Result, match

#: What is had with the tax return or from a bank, and not here.
ELSEWHERE = (Benefit.TAX, Benefit.SERVICE)


@dataclass(frozen=True, slots=True)
class Applicant:
    """The firm that asks, before there is anything else."""

    firm_id: int


def notify(desk: Desk, clause: PolicyClause, firm: Firm) -> PolicyClaim:
    """Tell a firm that something is its own without asking (免申即享): only by a clause of that kind, and only who is entitled.

    WrongState, NotEntitled, DoubleSubsidy, ClaimedAlready.
    """
    require(desk.actor, Act.NOTIFY_CLAIM, None)
    found = _entitled(desk, clause, firm)
    if clause.route is not Route.AUTOMATIC or found.result is not Result.ELIGIBLE:
        raise NotEntitled(unmet=clause.title)
    claim = _opened(desk, clause, firm, found, "", ClaimState.NOTIFIED)
    claim.applied = Fen(found.amount or 0)
    desk.note(Act.NOTIFY_CLAIM, claim, number=claim.number, entitled=claim.entitled)
    _tell(desk, Act.NOTIFY_CLAIM, claim, {"firm": firm.id})
    return claim


def apply(
    desk: Desk, clause: PolicyClause, firm: Firm, amount: Fen, *, contract: str = "", note: str = ""
) -> PolicyClaim:
    """The firm applies (申报): within the window, for no more than the clause comes to, once a year or once for each loan.

    NotEntitled, WindowClosed, LoanOwed, AboveEntitled, DoubleSubsidy names the other one, ClaimedAlready.
    """
    require(desk.actor, Act.APPLY_CLAIM, Applicant(firm.id))
    found = _entitled(desk, clause, firm)
    if not clause.clause.open_on(desk.today):
        raise WindowClosed(window=clause.clause.deadline(desk.today) or "—")
    if amount <= Fen(0):
        raise OutOfRange(field="claim_amount", least="0.01", most="—")
    if found.amount is not None and amount.fen > found.amount:
        raise AboveEntitled(field="claim_amount", most=Fen(found.amount))
    claim = _opened(desk, clause, firm, found, contract, ClaimState.APPLIED)
    claim.applied, claim.applied_on = amount, desk.today
    claim.note = note and passage(note, "note")
    desk.session.flush()
    _line(desk, claim, Entry.APPLIED, amount)
    desk.note(Act.APPLY_CLAIM, claim, number=claim.number, applied=amount)
    _tell(desk, Act.APPLY_CLAIM, claim, {"role": "officer"})
    return claim


def _entitled(desk: Desk, clause: PolicyClause, firm: Firm) -> Match:
    """What the engine says today; NotFound for a clause that is not in force, NotEntitled names what is not met."""
    policy = desk.get(Policy, clause.policy_id)
    if (
        policy.state is not PolicyState.IN_FORCE
        or clause.state not in COUNTED
        or not clause.clause.in_force(desk.today)
    ):
        raise NotFound(kind="PolicyClause")
    if clause.benefit in ELSEWHERE or clause.clause.amount.rule == "service":
        raise ClaimedElsewhere(title=clause.title)
    found = match(clause.clause, facts.known(desk, firm), desk.today)
    if found.result is Result.NOT:
        raise NotEntitled(unmet=found.unmet[0] if found.unmet else clause.title)
    return found


def _opened(
    desk: Desk, clause: PolicyClause, firm: Firm, found: Match, contract: str, state: ClaimState
) -> PolicyClaim:
    if clause.per_loan and not contract.strip():
        raise LoanOwed(field="contract")
    subject = line(contract, "contract", 60).upper() if clause.per_loan else ""
    year = 0 if clause.per_loan else desk.today.year
    _only_one(desk, clause, firm, subject, year)
    claim = desk.add(
        PolicyClaim(
            number=take_number(desk.session, Series.CLAIM, desk.today.year), firm_id=firm.id, policy_id=clause.policy_id,
            clause_id=clause.id, firm=firm.name, title=clause.title, exclusive=clause.exclusive, subject=subject, year=year,
            entitled=None if found.amount is None else Fen(found.amount), opened_at=desk.now, opened_by=desk.actor.id,
            due_on=desk.calendar.after(desk.today, clause.pay_days).day, state=state,
        )
    )  # fmt: skip
    try:
        desk.session.flush()
    except IntegrityError:  # two at the same moment: the database holds to it
        raise ClaimedAlready(number="—", title=clause.title) from None
    return claim


def _only_one(desk: Desk, clause: PolicyClause, firm: Firm, subject: str, year: int) -> None:
    """No live claim by this clause, or by another one of its group, for the same loan or year."""
    live = (PolicyClaim.firm_id == firm.id, PolicyClaim.subject == subject, PolicyClaim.year == year,
            PolicyClaim.state.not_in(OVER))  # fmt: skip
    if same := desk.find(PolicyClaim, *live, PolicyClaim.clause_id == clause.id):
        raise ClaimedAlready(number=same.number, title=same.title)
    if clause.exclusive and (other := desk.find(PolicyClaim, *live, PolicyClaim.exclusive == clause.exclusive)):
        raise DoubleSubsidy(number=other.number, title=other.title, group=clause.exclusive)


def withdraw(desk: Desk, claim: PolicyClaim) -> None:
    """The firm takes it back before it is reviewed (撤回申报); it may apply anew."""
    _held(desk, claim)
    desk.take(Act.WITHDRAW_CLAIM, claim, number=claim.number)


def review(desk: Desk, claim: PolicyClaim, granted: Fen) -> None:
    """Grant all or part of it (核定). AboveApplied; BudgetSpent when the clause has less left; NotAppliedYet."""
    _held(desk, claim)
    clause = desk.get(PolicyClause, claim.clause_id)
    desk.session.refresh(clause, with_for_update=True)
    if claim.state is ClaimState.NOTIFIED and clause.route is not Route.AUTOMATIC:
        raise NotAppliedYet(number=claim.number)
    if claim.applied is None or granted > claim.applied or granted <= Fen(0):
        raise AboveApplied(field="granted", most=claim.applied or Fen(0))
    if clause.budget is not None and clause.granted + granted > clause.budget:
        raise BudgetSpent(left=clause.budget - clause.granted)
    desk.take(Act.REVIEW_CLAIM, claim, number=claim.number, granted=granted)
    clause.granted = clause.granted + granted
    claim.granted, claim.reviewed_by, claim.reviewer = granted, desk.actor.id, desk.actor.name
    _line(desk, claim, Entry.GRANTED, granted)
    _tell(desk, Act.REVIEW_CLAIM, claim, {"firm": claim.firm_id})


def refuse(desk: Desk, claim: PolicyClaim, why: str) -> None:
    """Not granted, or an objection was well founded (不予兑付), with the reason; what was granted goes back to the budget."""
    _held(desk, claim)
    desk.take(Act.REFUSE_CLAIM, claim, number=claim.number)
    claim.answer = passage(why, "reason")
    if claim.granted is not None:
        clause = desk.get(PolicyClause, claim.clause_id, lock=True)
        clause.granted = clause.granted - claim.granted
    _tell(desk, Act.REFUSE_CLAIM, claim, {"firm": claim.firm_id})


def publicise(desk: Desk, claim: PolicyClaim) -> None:
    """Show it to everybody for some working days (公示): who, by which clause, how much."""
    _held(desk, claim)
    desk.take(Act.PUBLICISE_CLAIM, claim, number=claim.number)
    days = figure("policy_publicity_days", desk.today).value
    claim.public_from, claim.public_until = desk.today, desk.calendar.after(desk.today, days).day


def ask_payment(desk: Desk, claim: PolicyClaim, voucher: str) -> None:
    """One officer puts the payment forward (提请拨付) after the publicity. PublicityRuns."""
    _held(desk, claim)
    if claim.public_until and desk.today <= claim.public_until and claim.state is ClaimState.PUBLICISED:
        raise PublicityRuns(until=claim.public_until)
    desk.take(Act.ASK_PAYMENT, claim, number=claim.number, amount=claim.granted)
    claim.asked_by, claim.asker, claim.voucher = desk.actor.id, desk.actor.name, line(voucher, "voucher", 60)
    claim.answer = ""


def pay(desk: Desk, claim: PolicyClaim) -> None:
    """Another one confirms that the money has gone out (确认拨付). SamePerson."""
    _held(desk, claim)
    if desk.actor.id == claim.asked_by:
        raise SamePerson(act=Act.PAY_CLAIM)
    desk.take(Act.PAY_CLAIM, claim, number=claim.number, paid=claim.granted)
    claim.confirmed_by, claim.confirmer = desk.actor.id, desk.actor.name
    claim.paid, claim.paid_on = claim.granted, desk.today
    assert claim.granted is not None and claim.asked_by is not None  # noqa: S101  it was reviewed and put forward
    _line(desk, claim, Entry.PAID, claim.granted, claim.asked_by, desk.actor.id)
    _tell(desk, Act.PAY_CLAIM, claim, {"firm": claim.firm_id})


def return_payment(desk: Desk, claim: PolicyClaim, why: str) -> None:
    """Another one sends it back with a reason (退回拨付). SamePerson."""
    _held(desk, claim)
    if desk.actor.id == claim.asked_by:
        raise SamePerson(act=Act.RETURN_PAYMENT)
    desk.take(Act.RETURN_PAYMENT, claim, number=claim.number)
    claim.answer = passage(why, "reason")


def _held(desk: Desk, claim: PolicyClaim) -> None:
    desk.session.flush()
    desk.session.refresh(claim, with_for_update=True)
    if claim.state in OVER:
        raise WrongState(state=claim.state, act=Act.REVIEW_CLAIM)


def _line(
    desk: Desk, claim: PolicyClaim, entry: Entry, amount: Fen, by: int | None = None, confirmed: int | None = None
) -> None:
    """One line of the ledger; of an automatic one there is a line of what was granted, for nobody applied."""
    desk.add(
        PolicyLine(
            claim_id=claim.id, clause_id=claim.clause_id, firm_id=claim.firm_id, entry=entry, amount=amount, on=desk.today,
            at=desk.now, by=by or desk.actor.id, confirmed_by=confirmed,
        )
    )  # fmt: skip


def _tell(desk: Desk, act: Act, claim: PolicyClaim, to: dict[str, object]) -> None:
    desk.later("notice", f"{act}:{claim.id}", to=to, code=act.value, subject=claim.id, number=claim.number)
