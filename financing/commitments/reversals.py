"""Taking back a wrong report (撤回填报): the bank that made it says why, an officer confirms; the report stays and no longer counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from financing.access import require
from financing.acts import Act
from financing.commitments import service
from financing.commitments.model import Outcome
from financing.commitments.rules import Stage
from financing.desk import Desk
from financing.forums.day_model import Intent
from financing.journal import Private
from financing.money import Fen
from financing.needs.model import Need
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Offer
from financing.offers.reversal_model import Reversal
from financing.offers.rules import ReversalState
from financing.parties.model import Bank, Firm
from financing.refusals import NotFound
from financing.session_refusals import MoneyFirst, TakenBack


@dataclass(frozen=True, slots=True)
class Told:
    """A report as a page tells it before it is taken back."""

    bank: str
    firm: str
    stage: Stage
    on: date
    amount: Fen | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reversal that waits for its second person."""

    reversal: Reversal
    told: Told


def reported(desk: Desk, key: int) -> Outcome | Drawdown:
    """The report with this id, of either kind; ids are random, so no two reports share one."""
    found = desk.find(Outcome, Outcome.id == key) or desk.find(Drawdown, Drawdown.id == key)
    if found is None:
        raise NotFound(kind=Outcome.__name__)
    return found


def told(desk: Desk, report: Outcome | Drawdown) -> Told:
    """What the report says; a firm that is not open to the reader has no name."""
    firm = desk.find(Firm, Firm.id == report.firm_id)
    names = desk.get(Bank, report.bank_id).name, firm.name if firm else ""
    if isinstance(report, Drawdown):
        return Told(*names, Stage.PAID, report.paid_on, report.amount)
    return Told(*names, report.stage, report.on, report.amount)


def ask(desk: Desk, report: Outcome | Drawdown, why: str) -> Reversal:
    """Ask to take a report back; TakenBack when that was asked before, MoneyFirst for a contract that money rests on."""
    require(desk.actor, Act.ASK_REVERSAL, report)
    _held(desk, report)
    if _known(desk, report):
        raise TakenBack
    _no_money_on(desk, report)
    of_loan = isinstance(report, Drawdown)
    reversal = desk.add(
        Reversal(
            drawdown_id=report.id if of_loan else None, outcome_id=None if of_loan else report.id, firm_id=report.firm_id,
            bank_id=report.bank_id, why=why, asked_at=desk.now, asked_by=desk.actor.id, asker=desk.actor.name,
        )
    )  # fmt: skip
    desk.note(Act.ASK_REVERSAL, report, why=Private(why))
    _tell(desk, reversal, report, Act.ASK_REVERSAL, role="officer")
    return reversal


def confirm(desk: Desk, reversal: Reversal) -> None:
    """The second person agrees: from now on the report does not count."""
    report = reported(desk, reversal.outcome_id or reversal.drawdown_id or 0)
    _held(desk, report)
    desk.session.refresh(reversal, with_for_update=True)
    _no_money_on(desk, report)
    desk.take(Act.CONFIRM_REVERSAL, reversal, report=report.id)
    reversal.confirmed_at, reversal.confirmed_by, reversal.confirmer = desk.now, desk.actor.id, desk.actor.name
    _tell(desk, reversal, report, Act.CONFIRM_REVERSAL, bank=report.bank_id)
    if isinstance(report, Drawdown):  # the firm was told of the pay-out
        _tell(desk, reversal, report, Act.CONFIRM_REVERSAL, firm=report.firm_id)


def waiting(desk: Desk) -> list[Waiting]:
    """What waits for a second person, the oldest first."""
    rows = desk.all(Reversal, Reversal.state == ReversalState.ASKED, by=Reversal.asked_at)
    return [Waiting(row, told(desk, reported(desk, row.outcome_id or row.drawdown_id or 0))) for row in rows]


def _known(desk: Desk, report: Outcome | Drawdown) -> Reversal | None:
    column = Reversal.drawdown_id if isinstance(report, Drawdown) else Reversal.outcome_id
    return desk.find(Reversal, column == report.id)


def _held(desk: Desk, report: Outcome | Drawdown) -> None:
    """What the report is about, held until the commit: reports and reversals of one thing come one after the other."""
    held = desk.get(Offer, report.offer_id) if isinstance(report, Drawdown) else desk.get(Intent, report.intent_id)
    desk.session.refresh(held, with_for_update=True)


def _no_money_on(desk: Desk, report: Outcome | Drawdown) -> None:
    """A contract stays while payments that were typed on it count: those go first."""
    if isinstance(report, Drawdown) or report.stage is not Stage.CONTRACT:
        return
    if any(one.stage is Stage.PAID for one in service.counting(desk, [report.intent_id])):
        raise MoneyFirst


def _tell(desk: Desk, reversal: Reversal, report: Outcome | Drawdown, act: Act, **to: object) -> None:
    need_id = report.need_id if isinstance(report, Drawdown) else desk.get(Intent, report.intent_id).need_id
    number = desk.session.get_one(Need, need_id).number
    once = f"{act}:{reversal.id}:{next(iter(to))}"
    desk.later("notice", once, to=to, code=act.value, subject=need_id, number=number)
