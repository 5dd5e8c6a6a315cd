"""Loans on stage: contracts on record, first repayments, one past due, one that matures soon, one extended, one class put forward."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta

from financing.access import Actor
from financing.guarantees.change_rules import DocumentKind
from financing.loans import changing, classes, renewal, reversing, service
from financing.loans.change_rules import Choice
from financing.loans.model import Loan
from financing.loans.renewal_rules import Stated
from financing.loans.rules import FiveClass
from financing.loans.service import Contract, Payment
from financing.money import Fen
from financing.offers import drawdowns
from financing.offers.drawdowns import Loan as PaidOut
from financing.offers.model import Offer
from scoring.repayment import DayCount, Repayment, due
from web.stage.letters import scan
from web.stage.road import Stage

#: Contracts that are still to be recorded.
LEFT = 2
TRUE = Stated(lawful=True, producing=True, no_diversion=True, no_evasion=True, need=True)


def lend(stage: Stage, now: datetime, signs: dict[int, Actor]) -> None:
    """Every loan that is paid out and not on record comes on record but the last two; `signs` is who signs for a firm, by the firm."""
    with stage.desk(stage.cast.officer, now) as here:
        known = {loan.offer_id for loan in here.all(Loan)}
        paid = [one for one in reversed(drawdowns.loans(here)) if one.drawdowns and one.offer.id not in known]
    for n, one in enumerate(paid[:-LEFT]):
        key = _record(stage, now, one, n)
        _later(stage, now, key, n, signs)


def _record(stage: Stage, now: datetime, one: PaidOut, n: int) -> int:
    """The bank records its contract, and the fifth that the firm has repaid since."""
    first = min(each.paid_on for each in one.drawdowns)
    banker = stage.cast.bankers[one.offer.bank_id]
    with stage.desk(banker, now) as here:
        loan = service.record(here, here.get(Offer, one.offer.id), _contract(one, n, here.today, first))
        back = max(first, here.today - timedelta(days=7))
        service.repay(here, loan, Payment(f"HK{n:04d}", back, Fen(one.paid.fen // 5), Fen(0)))
    return loan.id


def _contract(one: PaidOut, n: int, today: date, first: date) -> Contract:
    late = n % 4 == 0  # an interest day that is just over
    method = (Repayment.INTEREST_ONLY, Repayment.EQUAL_INSTALMENTS, Repayment.EQUAL_PRINCIPAL, Repayment.BULLET)[n % 4]
    return Contract(
        f"JK{today.year}-{n + 1:03d}", one.offer.amount, one.offer.rate, first, today + timedelta(days=40) if n == 1 else due(first, one.offer.months),
        method, DayCount.ACTUAL_360, min(28, (today - timedelta(days=6)).day) if late else None,
    )  # fmt: skip


def _later(stage: Stage, now: datetime, key: int, n: int, signs: dict[int, Actor]) -> None:
    match n:
        case 1:
            with stage.desk(stage.cast.officer, now) as here:
                firm = here.get(Loan, key).firm_id
            with stage.desk(signs[firm], now) as here:
                renewal.choose(here, here.get(Loan, key), Choice.WITHOUT_PRINCIPAL, stated=TRUE)
        case 2:
            with stage.desk(stage.cast.officer, now) as here:
                bank = here.get(Loan, key).bank_id
            with stage.desk(stage.cast.bankers[bank], now) as here:
                loan = here.get(Loan, key)
                changing.extend(here, loan, until=due(loan.matures, 3), why="下游回款延后三个月")
        case 3:
            with stage.desk(stage.cast.officer, now) as here:
                classes.propose(here, here.get(Loan, key), FiveClass.ATTENTION, "主要客户停产，订单减少")
        case 4:
            _mistyped(stage, now, key)


def _mistyped(stage: Stage, now: datetime, key: int) -> None:
    """The bank has typed an interest payment twice, and asks that the second be taken back."""
    with stage.desk(stage.cast.officer, now) as here:
        bank = here.get(Loan, key).bank_id
    with ExitStack() as kept, stage.desk(stage.cast.bankers[bank], now) as here:
        twice = service.repay(here, here.get(Loan, key), Payment("LX0004", here.today, Fen(0), Fen.yuan(3_600)))
        slip = replace(scan(stage, kept, 13), kind=DocumentKind.PROOF, name="银行流水.png")
        if twice is not None:
            here.session.flush()
            reversing.ask(here, twice, "同一笔利息登记了两次，银行流水只有一笔", slip)
