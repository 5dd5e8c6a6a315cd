"""A firm whose loan of 120万元 is paid out, with or without a guarantee behind it, and the people around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from financing.loans import service, views
from financing.loans.model import Loan, LoanPlan, LoanRepayment
from financing.loans.service import Contract, Payment
from financing.loans.views import Standing
from financing.money import Fen, Rate
from financing.offers import drawdowns
from financing.offers.model import Offer
from scoring.repayment import DayCount, Repayment, due
from tests.financing.letters.conftest import Desk, chosen
from tests.makers import NOW, TODAY, writing

DAY = timedelta(days=1)
ALL, NOTHING = Fen.wan(120), Fen(0)


def contract(**changes) -> Contract:
    """120万元 from today over a year at 3.6 %, level instalments, months of 30 days."""
    return Contract(**{
        "number": "JK-2026-001", "amount": ALL, "rate": Rate.percent("3.6"), "starts": TODAY, "matures": due(TODAY, 12),
        "repayment": Repayment.EQUAL_INSTALMENTS, "days": DayCount.THIRTY_360, **changes,
    })  # fmt: skip


def on(day: date):
    """Mid-morning in Beijing of a day."""
    return NOW + timedelta(days=(day - TODAY).days)


@dataclass
class Lent:
    """What people do with one loan, each on a day of theirs."""

    desk: Desk
    loan: Loan

    @property
    def stage(self):
        return self.desk.stage

    @property
    def database(self):
        return self.desk.database

    def at(self, day: date = TODAY, actor=None):
        return self.stage.at(actor or self.stage.bankers[0], on(day))

    def pays(
        self, day: date, principal: Fen = NOTHING, interest: Fen = NOTHING, reference=None, penalty=NOTHING, now=None
    ):
        with self.at(now or day) as desk:
            paid = Payment(reference or f"LS{day:%Y%m%d}-{principal.fen}", day, principal, interest, penalty)
            return service.repay(desk, desk.get(Loan, self.loan.id), paid)

    def stands(self, day: date = TODAY, actor=None) -> Standing:
        with self.at(day, actor) as desk:
            return views.standing(desk, desk.get(Loan, self.loan.id))

    def rows(self, kind):
        with writing(self.database) as session:
            return session.query(kind).filter_by(loan_id=self.loan.id).all()

    def plans(self) -> list[LoanPlan]:
        return sorted(self.rows(LoanPlan), key=lambda plan: plan.number)

    def repayments(self) -> list[LoanRepayment]:
        return self.rows(LoanRepayment)


def records(desk: Desk, said: Contract | None = None, actor=None, **how) -> Lent:
    with desk.stage.at(actor or desk.stage.bankers[0], how.pop("now", NOW)) as at:
        loan = service.record(at, at.get(Offer, desk.offer.id), said or contract(), **how)
    return Lent(desk, loan)


def pays_out(desk: Desk, amount: Fen = ALL, day: date = TODAY) -> None:
    with desk.stage.at(desk.stage.bankers[0], on(day)) as at:
        drawdowns.report(at, at.get(Offer, desk.offer.id), paid_on=day, amount=amount, rate=desk.offer.rate)


@pytest.fixture
def signed(database) -> Desk:
    """The offer is chosen; nothing is paid out yet."""
    return chosen(database)


@pytest.fixture
def lent(signed) -> Lent:
    """All paid out today, and on record; nobody stands behind it."""
    pays_out(signed)
    return records(signed)
