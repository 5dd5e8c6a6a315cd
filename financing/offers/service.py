"""What banks answer and firms choose: offers with every cost, coded declines, and the one acceptance."""

from __future__ import annotations

from datetime import date
from typing import Any

from financing.acts import Act
from financing.case_refusals import BeyondNeed, ForbiddenCondition, OfferOver
from financing.desk import Desk
from financing.journal import Private
from financing.matching.model import Dossier, Match
from financing.money import Fen
from financing.needs.model import Need
from financing.offers.costs import Costs, Terms, costs
from financing.offers.model import Decline, Offer
from financing.offers.rules import DeclineCode, OfferState
from financing.refusals import WrongState


def checked(desk: Desk, match: Match, terms: Terms, *, valid_until: date, deposit: Fen) -> Costs:
    """What the terms would cost; refused beyond what was asked for and guaranteed, or with a tied deposit."""
    dossier = desk.find(Dossier, Dossier.need_id == match.need_id)
    most = min(dossier.amount, dossier.line) if dossier else Fen(0)
    if terms.amount > most:
        raise BeyondNeed(field="amount", most=most)
    if deposit:
        raise ForbiddenCondition(condition="deposit")
    if terms.upfront >= terms.amount:
        raise BeyondNeed(field="fees", most=terms.amount)
    if valid_until < desk.today:
        raise OfferOver(until=valid_until)
    return costs(terms)


def offer(
    desk: Desk, match: Match, terms: Terms, *, conditions: str, valid_until: date, deposit: Fen | None = None
) -> Offer:
    """Bind the bank to these terms until a day (报价); anew only once its former offer is over."""
    need = _locked(desk, match)
    cost = checked(desk, match, terms, valid_until=valid_until, deposit=deposit or Fen(0))
    former = desk.find(Offer, Offer.match_id == match.id)
    if former and former.valid_until >= desk.today:
        raise WrongState(state=former.state, act=Act.MAKE_OFFER)
    said: dict[str, Any] = {
        "amount": terms.amount,
        "months": terms.months,
        "rate": terms.rate,
        "repayment": terms.repayment,
        "guarantee_fee": terms.guarantee_fee,
        "fees": terms.fees,
        "valid_until": valid_until,
        "simple_cost": cost.simple,
        "nominal_cost": cost.nominal,
        "effective_cost": cost.effective,
    }
    made = _written(
        desk, match, former, said | {"conditions": conditions, "made_at": desk.now, "made_by": desk.actor.id}
    )
    desk.take(Act.MAKE_OFFER, match, offer=made.id, conditions=Private(conditions), **said)
    desk.follow(Act.MAKE_OFFER, need, offer=made.id)
    _tell(desk, need, f"offer:{made.id}:{desk.today}", Act.MAKE_OFFER, firm=need.firm_id)
    return made


def decline(desk: Desk, match: Match, *, code: DeclineCode, rests_on: str, would_change: str) -> Decline:
    """Say no with a reason, what it rests on and what would change it (婉拒); the firm reads it the same day."""
    need = _locked(desk, match)
    desk.take(Act.DECLINE_NEED, match, code=code, rests_on=Private(rests_on), would_change=Private(would_change))
    _tell(desk, need, f"decline:{match.id}", Act.DECLINE_NEED, firm=need.firm_id)
    return desk.add(
        Decline(
            match_id=match.id,
            need_id=match.need_id,
            firm_id=match.firm_id,
            bank_id=match.bank_id,
            code=code,
            rests_on=rests_on,
            would_change=would_change,
            at=desk.now,
            by=desk.actor.id,
        )
    )


def accept(desk: Desk, chosen: Offer) -> None:
    """Take one offer (接受报价); all others close politely, and the need is settled. Never two for one need."""
    match = desk.get(Match, chosen.match_id)
    need = _locked(desk, match)
    need.flow.after(need.state, Act.ACCEPT_OFFER)
    if chosen.valid_until < desk.today:
        raise OfferOver(until=chosen.valid_until)
    desk.take(Act.ACCEPT_OFFER, chosen, effective_cost=chosen.effective_cost)
    desk.follow(Act.ACCEPT_OFFER, match, offer=chosen.id)
    desk.follow(Act.ACCEPT_OFFER, need, offer=chosen.id)
    _tell(desk, need, f"accepted:{chosen.id}", Act.ACCEPT_OFFER, bank=chosen.bank_id)
    _tell(desk, need, f"settled:{need.id}", Act.ACCEPT_OFFER, role="officer")
    _pass_over(desk, need, chosen)


def _pass_over(desk: Desk, need: Need, chosen: Offer) -> None:
    """Close every other offer and every other way to a bank, and let those banks know that have read the dossier."""
    for other in desk.all(Offer, Offer.need_id == need.id, Offer.id != chosen.id, Offer.state == OfferState.MADE):
        desk.take(Act.PASS_OVER, other)
    for match in desk.all(Match, Match.need_id == need.id, Match.id != chosen.match_id):
        if (match.state, Act.PASS_OVER) not in match.flow.steps:
            continue
        desk.take(Act.PASS_OVER, match)
        if match.sent_on:
            _tell(desk, need, f"passed_over:{match.id}", Act.PASS_OVER, bank=match.bank_id)


def _locked(desk: Desk, match: Match) -> Need:
    """The need, held until the commit: answers and acceptance come one after the other."""
    need = desk.get(Need, match.need_id)
    desk.session.refresh(need, with_for_update=True)
    desk.session.refresh(match)
    return need


def _written(desk: Desk, match: Match, former: Offer | None, said: dict[str, Any]) -> Offer:
    """A new offer, or the one that is over with new terms; the journal keeps both."""
    if former is None:
        owner = {name: getattr(match, name) for name in ("need_id", "firm_id", "bank_id")}
        return desk.add(Offer(match_id=match.id, **owner, **said))
    for name, value in said.items():
        setattr(former, name, value)
    return former


def _tell(desk: Desk, need: Need, once: str, act: Act, **to: object) -> None:
    desk.later("notice", once, to=to, code=act.value, subject=need.id, number=need.number)
