"""Repayment plans (还款计划): worked out from the contract, the pay-outs, what was repaid early and what was changed; each version kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from financing import desk as desks
from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.loan_refusals import PlanDoesNotFit
from financing.loans import rules
from financing.loans.change_model import LoanChange
from financing.loans.change_rules import Kind
from financing.loans.model import Loan, LoanPlan, LoanRepayment
from financing.loans.reversal_model import taken_back
from financing.loans.rules import Change, Paid
from financing.money import Fen, Rate
from financing.offers.drawdown_model import Drawdown
from financing.offers.drawdowns import gone
from financing.offers.reversal_model import Reversal
from scoring.repayment import PlanFault
from scoring.schedule import Due, Event, Terms, Turn, schedule

#: Acts on an accepted offer that change what is owed under its loan.
PAYING = (Act.REPORT_DRAWDOWN, Act.CONFIRM_REVERSAL)


def terms(loan: Loan) -> Terms:
    """The contract as the arithmetic wants it."""
    steps = tuple((date.fromisoformat(day), fen) for day, fen in loan.steps)
    return Terms(
        loan.rate.ppm, loan.starts, loan.matures, loan.repayment, loan.days, loan.interest_day, loan.every, steps
    )  # fmt: skip


def read(plan: LoanPlan | None) -> tuple[Due, ...]:
    """The rows of a stored plan."""
    return (
        tuple(Due(date.fromisoformat(day), principal, interest) for day, principal, interest in plan.rows)
        if plan
        else ()
    )


def newest(desk: Desk, loan: Loan) -> LoanPlan | None:
    query = select(LoanPlan).where(LoanPlan.loan_id == loan.id)
    return desk.session.scalar(query.order_by(LoanPlan.number.desc()).limit(1))


def drawn(desk: Desk, loan: Loan) -> list[Drawdown]:
    """The pay-outs that count, in the order of their days."""
    found = select(Drawdown).where(Drawdown.offer_id == loan.offer_id, Drawdown.id.not_in(gone()))
    return list(desk.session.scalars(found.order_by(Drawdown.paid_on, Drawdown.number)))


def repaid(desk: Desk, loan: Loan) -> list[LoanRepayment]:
    """The repayments that count, in the order of their days."""
    found = select(LoanRepayment).where(LoanRepayment.loan_id == loan.id, LoanRepayment.id.not_in(taken_back()))
    return list(desk.session.scalars(found.order_by(LoanRepayment.on, LoanRepayment.at)))


def renew(desk: Desk, loan: Loan, why: Change, since: date) -> LoanPlan | None:
    """The plan as it is now; another version is kept when it differs from the newest. PlanDoesNotFit."""
    desk.session.flush()
    former = newest(desk, loan)
    found, changes = worked_out(desk, loan)
    if found == read(former):
        return former
    rate, matures = _now(loan, changes)
    plan = desk.add(
        LoanPlan(
            loan_id=loan.id, firm_id=loan.firm_id, bank_id=loan.bank_id, number=(former.number if former else 0) + 1, since=since,
            why=why, matures=matures, rate=rate, rows=[[one.day.isoformat(), one.principal, one.interest] for one in found],
            at=desk.now, by=desk.actor.id,
        )
    )  # fmt: skip
    desk.note(Act.PLAN_LOAN, loan, number=plan.number, why=why, since=since, matures=matures, rows=len(found))
    return plan


def worked_out(desk: Desk, loan: Loan) -> tuple[tuple[Due, ...], list[Event]]:
    """What falls due when, from everything on record, and the changes it rests on."""
    changes = [*_draws(desk, loan), *_changes(desk, loan)]
    paid = [Paid(one.on, one.principal.fen, one.interest.fen) for one in repaid(desk, loan)]
    ahead = parameters.figure("repay_ahead_days", desk.today).value
    try:
        every = rules.events(terms(loan), changes, paid, ahead)
        return schedule(terms(loan), every), changes
    except PlanFault as fault:
        raise PlanDoesNotFit(why=fault.code) from fault


def _draws(desk: Desk, loan: Loan) -> list[Event]:
    return [Event(max(one.paid_on, loan.starts), Turn.DRAW, one.amount.fen) for one in drawn(desk, loan)]


def _changes(desk: Desk, loan: Loan) -> list[Event]:
    rows = desk.session.scalars(
        select(LoanChange).where(LoanChange.loan_id == loan.id).order_by(LoanChange.on, LoanChange.recorded_at)
    )
    return [
        Event(one.on, Turn.RATE, one.rate.ppm) if one.kind is Kind.RATE and one.rate else Event(one.on, Turn.EXTEND, until=one.until)
        for one in rows
    ]  # fmt: skip


def _now(loan: Loan, changes: Sequence[Event]) -> tuple[Rate, date]:
    rates = [one.value for one in changes if one.turn is Turn.RATE]
    until = [one.until for one in changes if one.until]
    return Rate(rates[-1]) if rates else loan.rate, max([loan.matures, *until])


def total(rows: Sequence[Drawdown | LoanRepayment]) -> Fen:
    return Fen(sum((one.amount if isinstance(one, Drawdown) else one.principal).fen for one in rows))


def follow(desk: Desk) -> None:
    """A pay-out, or one taken back, changes the plan of its loan."""
    for line in [each for each in desk.lines if each.act in PAYING]:
        offer = desk.session.get_one(Reversal, line.subject_id) if line.act is Act.CONFIRM_REVERSAL else None
        of = (
            select(Drawdown.offer_id).where(Drawdown.id == offer.drawdown_id).scalar_subquery()
            if offer
            else line.subject_id
        )
        loan = desk.session.scalar(select(Loan).where(Loan.offer_id == of))
        if loan is not None:
            since = max((one.paid_on for one in drawn(desk, loan)), default=desk.today)
            renew(desk, loan, Change.DRAWN, since)


desks.CONSEQUENCES.append(follow)
