"""What banks answer and firms choose: offers with every cost, coded declines, and the one acceptance."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from financing.acts import Act
from financing.answer_refusals import ForbiddenItem, RateMissing
from financing.case_refusals import BeyondNeed, OfferOver, PastDay
from financing.desk import Desk
from financing.journal import Private
from financing.matching import release
from financing.matching.model import Dossier, Match
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.offers import claims, grounds, opening
from financing.offers.costs import Costs, Terms, costs
from financing.offers.forbidden import DEPOSIT, forbidden
from financing.offers.model import Decline, Offer
from financing.offers.rules import DeclineCode, OfferState, RateBase
from financing.refusals import WrongState


@dataclass(frozen=True, slots=True)
class Pricing:
    """What the rate rests on; with an LPR, the basis points over it and the LPR of the day."""

    base: RateBase = RateBase.FIXED
    points: int | None = None
    lpr: Rate | None = None


def priced(pricing: Pricing, fixed: Rate | None) -> Rate:
    """The yearly rate: the one given, or the LPR and its points (a basis point is 100 ppm); RateMissing names what is not there."""
    if pricing.lpr is not None:
        if pricing.points is None:
            raise RateMissing(field="points")
        return Rate(max(0, pricing.lpr.ppm + 100 * pricing.points))
    if fixed is None:
        raise RateMissing(field="rate")
    return fixed


@dataclass(frozen=True, slots=True)
class Promise:
    """What a bank binds itself to beside the figures."""

    valid_until: date
    drawdown_on: date | None = None
    conditions: str = ""
    secured_by: str = ""
    prepayment: str = ""
    pricing: Pricing = Pricing()


def checked(desk: Desk, match: Match, terms: Terms, promise: Promise, *, deposit: Fen | None = None) -> Costs:
    """What the terms would cost; refused beyond what was asked for and guaranteed, or with an item that no bank may ask for."""
    dossier = desk.find(Dossier, Dossier.need_id == match.need_id)
    most = min(dossier.amount, dossier.line) if dossier else Fen(0)
    if terms.amount > most:
        raise BeyondNeed(field="amount", most=most)
    _nothing_forbidden(desk, terms, deposit or Fen(0))
    if terms.upfront >= terms.amount:
        raise BeyondNeed(field="guarantee_fee", most=terms.amount)
    if promise.drawdown_on and promise.drawdown_on < desk.today:
        raise PastDay(field="drawdown_on", given=promise.drawdown_on)
    if promise.valid_until < desk.today:
        raise OfferOver(field="valid_until", until=promise.valid_until)
    return costs(terms)


def _nothing_forbidden(desk: Desk, terms: Terms, deposit: Fen) -> None:
    """Stop at the first forbidden item, at the field where it was typed, with the rule it breaks."""
    rules, asked = forbidden(desk.today), [each.charge.value for each in terms.borne if each.amount]
    for item in ([DEPOSIT] if deposit else []) + asked:
        if rule := rules.get(item):
            field = item if item == DEPOSIT else f"fee_{item}"
            raise ForbiddenItem(field=field, says=rule.says, source=rule.source, rule=rule.code)


def offer(desk: Desk, match: Match, terms: Terms, promise: Promise, *, deposit: Fen | None = None) -> Offer:
    """Bind the bank to these terms until a day (报价), under seal; what stands may be changed until the offers open."""
    need = _locked(desk, match)
    release.check(desk, match, terms.amount)
    cost = checked(desk, match, terms, promise, deposit=deposit)
    former = desk.find(Offer, Offer.match_id == match.id)
    if former and former.valid_until >= desk.today and opening.is_open(desk, former):
        raise WrongState(state=former.state, act=Act.MAKE_OFFER)
    seal = opening.sealed(desk, match)
    said = _said(terms, promise, cost)
    written = said | {"made_at": desk.now, "made_by": desk.actor.id, "opening_id": seal.id}
    made = _written(desk, match, former, written)
    # The journal keeps the terms sealed too; they stand in the open in the line of the opening.
    desk.take(Act.MAKE_OFFER, match, offer=made.id, terms=Private(json.dumps(said, default=str, ensure_ascii=False)))
    desk.follow(Act.MAKE_OFFER, need, offer=made.id)
    _tell(desk, need, f"offer:{made.id}:{desk.today}", Act.MAKE_OFFER, firm=need.firm_id)
    opening.soon(desk, match)
    claims.answered(desk, match)
    return made


def _said(terms: Terms, promise: Promise, cost: Costs) -> dict[str, Any]:
    """The columns of an offer that are the bank's word, and what they come to."""
    pricing = promise.pricing
    return {
        **{name: getattr(terms, name) for name in ("amount", "months", "rate", "repayment", "guarantee_fee", "fees")},
        "charges": [each.as_json() for each in terms.charges],
        **{name: getattr(pricing, name) for name in ("base", "points", "lpr")},
        **{name: getattr(promise, name) for name in ("conditions", "secured_by", "prepayment")},
        "valid_until": promise.valid_until,
        "drawdown_on": promise.drawdown_on,
        "simple_cost": cost.simple,
        "nominal_cost": cost.nominal,
        "effective_cost": cost.effective,
    }


def decline(desk: Desk, match: Match, *, code: DeclineCode, rests_on: str, would_change: str) -> Decline:
    """Say no with a reason, what it rests on and what would change it (婉拒); the firm reads it the same day.

    `rests_on` is the code of something in the dossier (`offers.grounds`); words of one's own are no ground.
    """
    need = _locked(desk, match)
    held = grounds.named(desk, match, rests_on)
    desk.take(
        Act.DECLINE_NEED,
        match,
        code=code,
        ground=held.ground,
        rests_on=Private(held.detail),
        would_change=Private(would_change),
    )
    claims.answered(desk, match)
    _tell(desk, need, f"decline:{match.id}", Act.DECLINE_NEED, firm=need.firm_id)
    opening.soon(desk, match)
    return desk.add(
        Decline(
            match_id=match.id,
            need_id=match.need_id,
            firm_id=match.firm_id,
            bank_id=match.bank_id,
            code=code,
            ground=held.ground,
            rests_on=held.detail,
            would_change=would_change,
            at=desk.now,
            by=desk.actor.id,
        )
    )


def accept(desk: Desk, chosen: Offer) -> None:
    """Take one offer (接受报价); all others close politely, and the need is settled. Never two for one need."""
    match = desk.get(Match, chosen.match_id)
    need = _locked(desk, match)
    need.flow.following(need.state, Act.ACCEPT_OFFER)
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
    others = select(Offer).where(Offer.need_id == need.id, Offer.id != chosen.id, Offer.state == OfferState.MADE)
    for other in desk.session.scalars(others):  # also those the firm cannot see yet
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
