"""What people see of offers and declines: side by side for the firm, one's own for the bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from financing.cursor import after, cursor
from financing.desk import Desk
from financing.money import Fen, Rate
from financing.offers import opening
from financing.offers.claim_model import Claim
from financing.offers.costs import Charged, Costs, Terms, costs
from financing.offers.model import Decline, Offer, Opening
from financing.offers.rules import DeclineCode, Ground, OfferState, RateBase
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
    base: RateBase
    points: int | None
    lpr: Rate | None
    guarantee_fee: Rate
    guarantee: Fen  # the guarantee fee in money
    charges: tuple[Charged, ...]
    secured_by: str
    conditions: str
    prepayment: str
    drawdown_on: date | None
    valid_until: date
    over: bool
    sealed: bool
    cost: Costs


@dataclass(frozen=True, slots=True)
class DeclineView:
    """A bank's no, in plain words."""

    need_id: int
    bank: str
    code: DeclineCode
    ground: Ground | None
    rests_on: str
    would_change: str
    at: datetime


def terms(offer: Offer) -> Terms:
    """The terms of a stored offer, from which everything else follows."""
    charges = tuple(Charged.from_json(kept) for kept in offer.charges)
    return Terms(offer.amount, offer.months, offer.rate, offer.repayment, offer.guarantee_fee, charges)


#: What a page takes from the offer as it is stored.
KEPT = (
    "id", "need_id", "match_id", "state", "amount", "months", "rate", "repayment", "base", "points", "lpr", "guarantee_fee",
    "secured_by", "conditions", "prepayment", "drawdown_on", "valid_until",
)  # fmt: skip


def one(desk: Desk, offer: Offer, bank: str) -> OfferView:
    """One offer with its costs worked out again from its terms."""
    asked = terms(offer)
    return OfferView(
        **{name: getattr(offer, name) for name in KEPT},
        bank=bank,
        over=offer.valid_until < desk.today,
        sealed=not opening.is_open(desk, offer),
        guarantee=asked.guarantee,
        charges=asked.charges,
        cost=costs(asked),
    )


def seals(desk: Desk, *needs: int) -> dict[int, datetime]:
    """When the offers that are still under seal open at the latest, by need."""
    return {
        seal.need_id: seal.until for seal in desk.all(Opening, Opening.need_id.in_(needs), Opening.opened_at.is_(None))
    }


def claimed(desk: Desk, *needs: int) -> dict[int, Claim]:
    """The claims that stand, by match."""
    found = desk.all(Claim, Claim.need_id.in_(needs), Claim.ended_at.is_(None))
    return {claim.match_id: claim for claim in found}


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


@dataclass(frozen=True, slots=True)
class OwnOffer:
    """One of a bank's own offers."""

    offer: Offer
    sealed: bool


def own_after(desk: Desk, place: str, most: int) -> tuple[list[OwnOffer], str | None]:
    """The bank's own offers behind a place, the earliest first, and the place of the last one while there are more."""
    query = after(desk.select(Offer).where(Offer.bank_id == desk.actor.bank_id), Offer.made_at, Offer.id, place)
    rows = [OwnOffer(one, not opening.is_open(desk, one)) for one in desk.session.scalars(query.limit(most + 1))]
    last = rows[most - 1].offer if len(rows) > most else None
    return rows[:most], cursor(last.made_at, last.id) if last else None


def declines(desk: Desk, *needs: int) -> list[DeclineView]:
    """Every no to these needs, the latest first."""
    query = desk.select(Decline).where(Decline.need_id.in_(needs)).order_by(Decline.at.desc())
    rows = desk.session.execute(query.join(Bank, Bank.id == Decline.bank_id).add_columns(Bank.name)).all()
    return [
        DeclineView(each.need_id, bank, each.code, each.ground, each.rests_on, each.would_change, each.at)
        for each, bank in rows
    ]
