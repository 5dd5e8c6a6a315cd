"""The bank's side (续贷承诺): its sealed promise, the renewal as it came, and what follows when the two differ (F53, F55)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from financing.acts import Act
from financing.bridge import bans, bounds, papers, rules, uses
from financing.bridge.model import BridgeUse
from financing.bridge.promise_model import RenewalPromise, RenewalReport
from financing.bridge_refusals import MoveOpen, PaidOut, PromiseStands
from financing.desk import Desk
from financing.guarantees.record import digest
from financing.journal import Private
from financing.money import Fen, Rate
from financing.numbers import Series, take_number
from financing.parties.identity import line, passage
from financing.refusals import OutOfRange


@dataclass(frozen=True, slots=True)
class Terms:
    """What the bank promises: the new loan, and the account at the bank that the fund's money goes to."""

    amount: Fen
    rate: Rate
    months: int
    planned_on: date
    account: str
    account_name: str


def promise(desk: Desk, use: BridgeUse, terms: Terms) -> RenewalPromise:
    """Promise to lend again (出具续贷承诺函): sealed with its digest; the fund may bring a share of it and no more.

    BankBanned, PromiseStands, OutOfRange for the day or the amount.
    """
    uses.hold(desk, use)
    bans.not_banned(desk, use.bank_id)
    if not desk.today <= terms.planned_on:
        raise OutOfRange(field="planned_on", least=desk.today, most="—")
    share = bounds.share(desk.today)
    most = rules.most(terms.amount, share, use.kind_cap, use.asked)
    if not Fen(0) < most or terms.amount > Fen(10**12):
        raise OutOfRange(field="promised", least=Fen.yuan(1), most=Fen(10**12))
    if uses.promise_of(desk, use) is not None:
        raise PromiseStands(number=use.number)
    number = take_number(desk.session, Series.PROMISE, desk.today.year)
    said = record(use, terms, number, desk.today)
    made = desk.add(
        RenewalPromise(
            use_id=use.id, firm_id=use.firm_id, bank_id=use.bank_id, number=number, amount=terms.amount, rate=terms.rate,
            months=terms.months, planned_on=terms.planned_on, account=said["account"], account_name=said["account_name"],
            digest=digest(said), made_at=desk.now, made_by=desk.actor.id, maker=desk.actor.name,
        )
    )  # fmt: skip
    use.amount = most
    desk.session.flush()
    desk.take(
        Act.PROMISE_RENEWAL, use, promise=number, amount=terms.amount, rate=terms.rate, planned_on=terms.planned_on
    )
    papers.issue(desk, made, said)
    uses.tell(desk, use, Act.PROMISE_RENEWAL, {"firm": use.firm_id}, {"role": "fund"}, {"role": "officer"})
    return made


def take_back(desk: Desk, use: BridgeUse, why: str) -> None:
    """Take the promise back (撤回承诺), only while nothing was paid out upon it; the use waits for another. PaidOut."""
    why = passage(why, "reason")
    uses.hold(desk, use)
    if use.state in rules.PAID:
        raise PaidOut(number=use.number)
    desk.take(Act.TAKE_BACK_PROMISE, use, why=Private(why))
    uses.lapse(desk, use, why)
    uses.free(desk, use)
    uses.tell(desk, use, Act.TAKE_BACK_PROMISE, {"firm": use.firm_id}, {"role": "fund"})


def report(desk: Desk, use: BridgeUse, *, amount: Fen, rate: Rate, paid_on: date) -> RenewalReport:
    """Report the new loan as it came (报告续贷): what falls short of the promise opens a case and suspends the bank.

    MoveOpen when it has been reported, OutOfRange for the day.
    """
    uses.hold(desk, use)
    if use.released_on is None or not use.released_on <= paid_on <= desk.today:
        raise OutOfRange(field="paid_on", least=use.released_on or "—", most=desk.today)
    if desk.find(RenewalReport, RenewalReport.use_id == use.id):
        raise MoveOpen(number=use.number)
    desk.take(Act.REPORT_RENEWAL, use, amount=amount, rate=rate, paid_on=paid_on)
    made = desk.add(
        RenewalReport(
            use_id=use.id, firm_id=use.firm_id, bank_id=use.bank_id, amount=amount, rate=rate, paid_on=paid_on, at=desk.now,
            by=desk.actor.id, name=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    said = uses.promised(desk, use)
    facts = {"promised": said.amount.fen, "promised_rate": said.rate.ppm, "planned_on": said.planned_on.isoformat(),
             "amount": amount.fen, "rate": rate.ppm, "paid_on": paid_on.isoformat()}  # fmt: skip
    for breach in rules.breaches((said.amount, said.rate, said.planned_on), (amount, rate, paid_on)):
        bans.found(desk, use, breach, facts)
    uses.tell(desk, use, Act.REPORT_RENEWAL, {"firm": use.firm_id}, {"role": "fund"})
    return made


def record(use: BridgeUse, terms: Terms, number: str, day: date) -> dict[str, Any]:
    """Everything the promise says, as plain values: money in fen, rates in parts per million."""
    return {
        "number": number, "use": use.number, "firm": use.firm, "borrower": use.borrower_name, "bank": use.bank,
        "contract": use.contract, "owed": use.owed.fen, "matures": use.matures.isoformat(), "amount": terms.amount.fen,
        "rate": terms.rate.ppm, "months": terms.months, "planned_on": terms.planned_on.isoformat(),
        "account": line(terms.account, "repay_account", 60), "account_name": line(terms.account_name, "account_name", 100),
        "day": day.isoformat(),
    }  # fmt: skip
