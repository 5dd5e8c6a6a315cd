"""Pay-outs (放款): a bank reports date, amount and rate of each, never above the accepted offer; terms worse than promised are counted (F30, I-22).

Only what is reported here counts as paid out; an accepted offer or a signed contract does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from financing.acts import Act
from financing.answer_refusals import MoreThanOffered, NotChosen, NotYetPaid
from financing.desk import Desk
from financing.journal import Private
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Offer
from financing.offers.reversal_model import Reversal
from financing.offers.rules import OfferState, ReversalState
from financing.parties.model import Bank


@dataclass(frozen=True, slots=True)
class Loan:
    """An accepted offer and what has been paid out of it."""

    offer: Offer
    bank: str
    drawdowns: Sequence[Drawdown]  # all, also those taken back
    reversals: Mapping[int, Reversal] = field(default_factory=dict)  # by drawdown

    @property
    def paid(self) -> Fen:
        """Money that counts: what was taken back does not."""
        return Fen(sum(each.amount.fen for each in self.drawdowns if self.counts(each)))

    def counts(self, drawdown: Drawdown) -> bool:
        found = self.reversals.get(drawdown.id)
        return found is None or found.state is not ReversalState.CONFIRMED

    @property
    def left(self) -> Fen:
        return self.offer.amount - self.paid


def loans(desk: Desk, *where: object) -> list[Loan]:
    """The accepted offers in sight, the latest first, each with its pay-outs in order."""
    chosen = desk.all(Offer, Offer.state == OfferState.ACCEPTED, *where, by=Offer.made_at.desc())
    paid = desk.all(Drawdown, Drawdown.offer_id.in_([offer.id for offer in chosen]), by=Drawdown.number)
    banks, back = {bank.id: bank.name for bank in desk.all(Bank)}, _reversals(desk, paid)
    return [
        Loan(offer, banks[offer.bank_id], [each for each in paid if each.offer_id == offer.id], back)
        for offer in chosen
    ]


def loan(desk: Desk, offer: Offer) -> Loan:
    """One offer and what has been paid out of it."""
    paid = desk.all(Drawdown, Drawdown.offer_id == offer.id, by=Drawdown.number)
    return Loan(offer, desk.get(Bank, offer.bank_id).name, paid, _reversals(desk, paid))


def counting(desk: Desk, *where: object) -> list[Drawdown]:
    """The pay-outs in sight that count, in the order of their days."""
    return desk.all(Drawdown, Drawdown.id.not_in(gone()), *where, by=Drawdown.paid_on)


def gone() -> Select[int | None]:
    """The pay-outs that were taken back."""
    return select(Reversal.drawdown_id).where(
        Reversal.state == ReversalState.CONFIRMED, Reversal.drawdown_id.is_not(None)
    )


def _reversals(desk: Desk, paid: Sequence[Drawdown]) -> dict[int, Reversal]:
    rows = desk.all(Reversal, Reversal.drawdown_id.in_([each.id for each in paid]))
    return {row.drawdown_id: row for row in rows if row.drawdown_id}


def report(desk: Desk, offer: Offer, *, paid_on: date, amount: Fen, rate: Rate, added: str = "") -> Drawdown:
    """Report one pay-out; refused before the choice, for a day to come, and beyond what was offered."""
    desk.session.refresh(offer, with_for_update=True)
    if offer.state is not OfferState.ACCEPTED:
        raise NotChosen
    if paid_on > desk.today:
        raise NotYetPaid(field="paid_on", given=paid_on)
    lent = loan(desk, offer)
    if amount > lent.left:
        raise MoreThanOffered(field="amount", most=lent.left)
    worse = rate > offer.rate or bool(added)
    facts: dict[str, Any] = {"amount": amount, "paid_on": paid_on, "rate": rate, "worse": worse, "before": lent.paid}
    desk.note(Act.REPORT_DRAWDOWN, offer, added=Private(added), **facts)
    need = desk.session.get_one(Need, offer.need_id)
    for who, to in {"firm": offer.firm_id, "role": "officer"}.items():
        once = f"drawdown:{offer.id}:{len(lent.drawdowns) + 1}:{who}"
        desk.later("notice", once, to={who: to}, code=Act.REPORT_DRAWDOWN.value, subject=need.id, number=need.number)
    return desk.add(
        Drawdown(
            **{name: getattr(offer, name) for name in ("need_id", "firm_id", "bank_id")},
            **facts,
            offer_id=offer.id,
            number=len(lent.drawdowns) + 1,
            offered=offer.amount,
            offered_rate=offer.rate,
            added=added,
            by=desk.actor.id,
            at=desk.now,
        )
    )
