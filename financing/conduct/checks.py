"""After a pay-out (放款后核查, F61): the firm is asked one question, once; a yes can become a report, and figures alone raise a flag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from financing import parameters, sealing
from financing.access import Actor, Role
from financing.acts import Act
from financing.conduct import reports, wall
from financing.conduct.model import PayoutCheck, Reporter
from financing.conduct.reports import Told
from financing.conduct.rules import Cost, Practice, Source, flagged
from financing.conduct_refusals import Answered, NothingAsked
from financing.desk import Desk
from financing.money import Fen
from financing.offers.drawdown_model import Drawdown
from financing.offers.drawdowns import gone
from financing.parties.model import Bank, Firm

CELL = "payout_check.answer"
#: How far back the first run looks: a pay-out from before is nobody's fresh memory.
REACH = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no; with a yes what kinds of cost, how much, on which day, and what happened."""

    yes: bool
    costs: tuple[Cost, ...] = ()
    amount: Fen | None = None
    on: date | None = None
    text: str = ""


def due(desk: Desk) -> list[int]:
    """Pay-outs whose firm is to be asked and has not been: the set day after, or the next working day; whatever was missed is made up."""
    asked = select(PayoutCheck.drawdown_id)
    days = timedelta(days=parameters.figure("payout_check_days", desk.today).value)
    where = (Drawdown.paid_on > desk.today - days - REACH, Drawdown.id.not_in(asked), Drawdown.id.not_in(gone()))
    rows = desk.session.execute(select(Drawdown.id, Drawdown.paid_on).where(*where).order_by(Drawdown.paid_on))
    return [key for key, paid_on in rows if desk.calendar.next_open(paid_on + days) <= desk.today]


def ask(desk: Desk, key: int) -> int:
    """Ask (放款后询问): one row for each pay-out, whatever runs twice."""
    if desk.session.scalar(select(PayoutCheck.id).where(PayoutCheck.drawdown_id == key)) is not None:
        return 0
    paid = desk.session.get_one(Drawdown, key)
    check = desk.add(
        PayoutCheck(
            drawdown_id=key, firm_id=paid.firm_id, bank_id=paid.bank_id, amount=paid.amount, paid_on=paid.paid_on,
            asked_on=desk.today,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.ASK_CHECK, check)
    desk.later("notice", f"payout_check:{key}", to={"firm": paid.firm_id}, code=Act.ASK_CHECK.value, subject=check.id)
    return 1


def answer(desk: Desk, check: PayoutCheck, said: Answer) -> None:
    """The firm's answer, sealed; the journal tells that it came, not what it says. Answered, NothingAsked."""
    desk.session.refresh(check, with_for_update=True)
    if check.answer is not None:
        raise Answered
    if said.yes and (not said.costs or said.amount is None):
        raise NothingAsked(field="costs")
    desk.note(Act.ANSWER_CHECK, check)
    facts = {
        "yes": said.yes, "costs": [one.value for one in said.costs] if said.yes else [], "text": said.text if said.yes else "",
        "fen": said.amount.fen if said.yes and said.amount else None, "on": said.on.isoformat() if said.yes and said.on else None,
        "user": desk.actor.id, "user_name": desk.actor.name,
    }  # fmt: skip
    check.answer, check.answered_on = sealing.ring(desk.session).write(CELL, check.id, facts), desk.today


def said(desk: Desk, check: PayoutCheck) -> dict[str, Any] | None:
    """The answer, opened; None while there is none."""
    return sealing.ring(desk.session).read(CELL, check.id, check.answer) if check.answer else None


def raises_flag(desk: Desk, check: PayoutCheck, facts: Mapping[str, Any]) -> bool:
    """Whether a deposit is a sign by its size and its day (≥ 5 % within a week of the pay-out, by the figures of that day)."""
    if not facts["yes"] or Cost.DEPOSIT.value not in facts["costs"] or not facts["on"]:
        return False
    share, days = (parameters.figure(key, desk.today).value for key in ("kept_deposit_ppm", "kept_deposit_days"))
    kept, on = Fen(facts["fen"]), date.fromisoformat(facts["on"])
    return flagged(kept, check.amount, on, check.paid_on, share_ppm=share, days=days)


def unseen(desk: Desk) -> list[int]:
    """Answers of earlier days that the daily run has not looked at; no answer of today, so that its hour tells nothing."""
    where = (PayoutCheck.answered_on < desk.today, PayoutCheck.seen_on.is_(None))
    return list(desk.session.scalars(select(PayoutCheck.id).where(*where).order_by(PayoutCheck.id)))


def look_at(desk: Desk, key: int) -> int:
    """Hand a flagged answer to the two, as sealed as a report, unless the firm has made one of it."""
    check = desk.session.get_one(PayoutCheck, key)
    facts = said(desk, check) or {}
    check.seen_on = desk.today
    if not raises_flag(desk, check, facts):
        return 0
    firm, who = (
        desk.session.get_one(Firm, check.firm_id),
        Actor(facts["user"], Role.CLERK, check.firm_id, None, facts["user_name"]),
    )
    told = Told(
        bank_id=check.bank_id, practice=Practice.TURNED_INTO_DEPOSIT, text=facts["text"], on=date.fromisoformat(facts["on"]),
        amount=Fen(facts["fen"]), source=Source.CHECK,
    )  # fmt: skip
    form = once(check)
    code = reports.code_of(desk, form)
    return int(reports.written(desk, who, firm, told, once=form, code=code) is not None)


def once(check: PayoutCheck) -> str:
    """What makes a report from this answer one and the same."""
    return f"check\n{check.id}"


def is_reported(desk: Desk, check: PayoutCheck) -> bool:
    """Whether a report was made of the answer; at the platform's desk."""
    wall.enter(desk)
    marks = sealing.ring(desk.session).marks(f"once\n{once(check)}")
    return desk.session.scalar(select(Reporter.id).where(Reporter.once.in_(marks))) is not None


def of_firm(desk: Desk) -> list[tuple[PayoutCheck, str]]:
    """The questions of one's own firm with the bank's name, open ones first, then the latest."""
    rows = desk.all(PayoutCheck, by=PayoutCheck.asked_on.desc())
    names = {bank.id: bank.name for bank in desk.all(Bank)}
    return sorted(((row, names[row.bank_id]) for row in rows), key=lambda one: one[0].answered_on is not None)
