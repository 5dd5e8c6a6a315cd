"""What people see of offers and declines: side by side for the firm, one's own for the bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from financing.desk import Desk
from financing.money import Fen, Rate
from financing.offers.costs import Terms, costs
from financing.offers.model import Decline, Offer
from financing.offers.rules import DeclineCode, OfferState
from financing.parties.model import Bank
from scoring.repayment import Repayment


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer in the order in which a firm decides: what it costs a year, what it costs a month, what it asks."""

    id: int
    need_id: int
    match_id: int
    bank: str
    state: OfferState
    amount: Fen
    months: int
    rate: Rate
    repayment: Repayment
    guarantee_fee: Rate
    fees: Fen
    conditions: str
    valid_until: date
    over: bool
    simple: Rate
    nominal: Rate
    effective: Rate
    interest: Fen
    upfront: Fen
    first: Fen
    last: Fen

    @property
    def total(self) -> Fen:
        return self.interest + self.upfront


@dataclass(frozen=True, slots=True)
class DeclineView:
    """A bank's no, in plain words."""

    need_id: int
    bank: str
    code: DeclineCode
    rests_on: str
    would_change: str
    at: datetime


def terms(offer: Offer) -> Terms:
    return Terms(offer.amount, offer.months, offer.rate, offer.repayment, offer.guarantee_fee, offer.fees)


def one(desk: Desk, offer: Offer, bank: str) -> OfferView:
    """One offer with its plan worked out again from its terms."""
    cost = costs(terms(offer))
    return OfferView(
        id=offer.id,
        need_id=offer.need_id,
        match_id=offer.match_id,
        bank=bank,
        state=offer.state,
        amount=offer.amount,
        months=offer.months,
        rate=offer.rate,
        repayment=offer.repayment,
        guarantee_fee=offer.guarantee_fee,
        fees=offer.fees,
        conditions=offer.conditions,
        valid_until=offer.valid_until,
        over=offer.valid_until < desk.today,
        simple=offer.simple_cost,
        nominal=offer.nominal_cost,
        effective=offer.effective_cost,
        interest=cost.interest,
        upfront=cost.upfront,
        first=cost.first,
        last=cost.last,
    )


def side_by_side(desk: Desk, *needs: int) -> list[OfferView]:
    """Every offer for these needs that the actor may see, the cheapest first."""
    query = desk.select(Offer).where(Offer.need_id.in_(needs)).order_by(Offer.effective_cost, Offer.amount.desc())
    rows = desk.session.execute(query.join(Bank, Bank.id == Offer.bank_id).add_columns(Bank.name)).all()
    return [one(desk, offer, bank) for offer, bank in rows]


def of_match(desk: Desk, match_id: int) -> OfferView | None:
    """The bank's own offer for one match."""
    query = desk.select(Offer).where(Offer.match_id == match_id).join(Bank, Bank.id == Offer.bank_id)
    row = desk.session.execute(query.add_columns(Bank.name)).one_or_none()
    return one(desk, *row) if row else None


def declines(desk: Desk, *needs: int) -> list[DeclineView]:
    """Every no to these needs, the latest first."""
    query = desk.select(Decline).where(Decline.need_id.in_(needs)).order_by(Decline.at.desc())
    rows = desk.session.execute(query.join(Bank, Bank.id == Decline.bank_id).add_columns(Bank.name)).all()
    return [
        DeclineView(each.need_id, bank, each.code, each.rests_on, each.would_change, each.at) for each, bank in rows
    ]
