"""Offers under seal (密封报价): one deadline for all banks of a need, and one act that opens them all (I-21).

They open at the deadline, or as soon as no bank that may answer is still to be waited for. Nobody opens them: the platform does.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, exists, or_, select

from financing.acts import Act
from financing.answer_refusals import OffersClosed
from financing.desk import BEIJING, Desk
from financing.matching.model import Consent, Match
from financing.matching.rules import MatchState
from financing.needs.model import Need
from financing.offers.model import Offer, Opening
from financing.offers.rules import OfferState


def sealed(desk: Desk, match: Match) -> Opening:
    """The opening that an offer made now belongs to, begun by the first offer; OffersClosed at its deadline."""
    live = desk.session.scalar(select(Opening).where(Opening.need_id == match.need_id, Opening.opened_at.is_(None)))
    if live is None:
        live = desk.add(Opening(need_id=match.need_id, firm_id=match.firm_id, until=_deadline(desk, match)))
        desk.session.flush()  # its offers name it
    if live.until <= desk.now:
        raise OffersClosed(until=live.until)
    return live


def is_open(desk: Desk, offer: Offer) -> bool:
    return desk.session.get_one(Opening, offer.opening_id).opened_at is not None


def soon(desk: Desk, match: Match) -> None:
    """An answer has been given: look, right after this transaction, whether it was the last one waited for."""
    desk.later("open_offers", f"open_offers:{match.id}:{desk.now.isoformat()}", need=match.need_id)


def due(desk: Desk) -> list[int]:
    """The needs whose offers should open now."""
    waited = exists().where(Match.need_id == Opening.need_id, _waited_for(desk.now))
    made = exists().where(Offer.opening_id == Opening.id, Offer.state == OfferState.MADE)
    ready = or_(Opening.until <= desk.now, ~waited)
    query = select(Opening.need_id).where(Opening.opened_at.is_(None), made, ready).order_by(Opening.until, Opening.id)
    return list(desk.session.scalars(query))


def open_all(desk: Desk, need_id: int) -> int:
    """Open every offer of the need in one act, if it is time; how many there were."""
    desk.session.refresh(desk.session.get_one(Need, need_id), with_for_update=True)
    if need_id not in due(desk):
        return 0
    opening = desk.session.scalars(
        select(Opening).where(Opening.need_id == need_id, Opening.opened_at.is_(None)).with_for_update()
    ).one()
    opening.opened_at = desk.now
    made = desk.all(Offer, Offer.opening_id == opening.id, by=Offer.id)
    desk.note(Act.OPEN_OFFERS, opening, offers=[_told(offer) for offer in made], until=opening.until)
    for to in ({"firm": opening.firm_id}, {"role": "officer"}):
        once = f"opened:{opening.id}:{next(iter(to))}"
        number = desk.session.get_one(Need, need_id).number
        desk.later("notice", once, to=to, code=Act.OPEN_OFFERS.value, subject=need_id, number=number)
    return len(made)


def _told(offer: Offer) -> dict[str, int | str]:
    """What the journal keeps in the open from now on."""
    return {
        "offer": offer.id,
        "bank": offer.bank_id,
        "amount": offer.amount.fen,
        "months": offer.months,
        "rate": offer.rate.ppm,
        "effective_cost": offer.effective_cost.ppm,
        "valid_until": offer.valid_until.isoformat(),
    }


def _deadline(desk: Desk, match: Match) -> datetime:
    """The end of the last day on which a bank of this need is to answer; for a late first offer, of today."""
    with desk.all_seeing():  # the other banks' days are in it, no bank is told which
        query = select(Match.due_on).where(Match.need_id == match.need_id, _waited_for(desk.now))
        days = desk.session.scalars(query).all()
    last = max([desk.today, *(day for day in days if day)])
    return datetime.combine(last + timedelta(days=1), time(), BEIJING)


def _waited_for(now: datetime) -> ColumnElement[bool]:
    """A bank that has the dossier, may read it and has not answered."""
    may_read = exists().where(
        Consent.need_id == Match.need_id,
        Consent.bank_id == Match.bank_id,
        Consent.withdrawn_at.is_(None),
        Consent.valid_from <= now,
        Consent.valid_until > now,
    )
    return (Match.state == MatchState.SENT) & may_read
