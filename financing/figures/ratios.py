"""The key ratios of one question, each from the rows it is defined by."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import BigInteger, case, distinct, exists, func, select, type_coerce

from financing.desk import Desk
from financing.figures import first
from financing.figures.funnel import paid_out, within
from financing.figures.model import Track
from financing.figures.ratio_rules import Key, Ratio, divided, of_steps
from financing.figures.rules import Asked, Figure, Step, weighted_rate
from financing.letters.model import Guarantee
from financing.letters.rules import ISSUED
from financing.money import Fen
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Offer
from financing.offers.rules import OfferState
from financing.parties.rules import Support
from financing.register import policy
from financing.register import views as register

#: Ratios of the guarantor's whole business, as the register watches them: the period asked for does not change them.
WATCHED = {
    policy.Ratio.COMPENSATION_YEAR: Ratio.COMPENSATION,
    policy.Ratio.LEVERAGE: Ratio.LEVERAGE,
}


def keys(desk: Desk, asked: Asked, steps: Mapping[Step, Figure]) -> list[Key]:
    """Every ratio in its order; a ratio that nothing is recorded for has no value."""
    found = {key.ratio: key for key in of_steps(steps)}
    new = first.counting(desk.session, asked.since, asked.until, *first.of_firms(asked))
    found[Ratio.FIRST_LOANS] = divided(Ratio.FIRST_LOANS, new.count, new.of, new.count or new.of)
    found[Ratio.UNSECURED] = _unsecured(desk, asked)
    found[Ratio.RATE] = _rate(desk, asked)
    for one in register.ratios(desk, asked.seen):
        if one.ratio in WATCHED:
            part, whole = (side.fen for side in one.sides) if one.sides else (None, None)
            found[WATCHED[one.ratio]] = Key(WATCHED[one.ratio], one.value, part, whole)
    return [found.get(ratio, Key(ratio, None)) for ratio in Ratio]


def _unsecured(desk: Desk, asked: Asked) -> Key:
    """Money paid out without security and without a letter, of all money paid out."""
    binding = (Guarantee.form != Support.RECOMMENDATION, Guarantee.state.in_(ISSUED))
    letter = exists().where(Guarantee.need_id == Drawdown.need_id, *binding)
    fen = type_coerce(Drawdown.amount, BigInteger)
    alone = (Offer.secured_by == "") & ~letter
    columns = (
        func.sum(case((alone, fen), else_=0)),
        func.sum(fen),
        func.count(distinct(case((alone, Drawdown.firm_id)))),
        func.count(distinct(Drawdown.firm_id)),
    )
    part, whole, few, firms = desk.session.execute(
        paid_out(asked, *columns).join(Offer, Offer.id == Drawdown.offer_id)
    ).one()
    return divided(Ratio.UNSECURED, int(part or 0), int(whole or 0), few or firms)


def _rate(desk: Desk, asked: Asked) -> Key:
    """What firms pay on average on the offers they chose, weighted by amount; added up by rate, for the products are long numbers."""
    amount = func.sum(type_coerce(Offer.amount, BigInteger))
    chosen = select(Offer.rate, amount).select_from(Offer).join(Track, Track.need_id == Offer.need_id)
    here = (Offer.state == OfferState.ACCEPTED, Track.chosen <= asked.seen.toordinal(), *within(asked))
    rows = [(rate, Fen(int(fen))) for rate, fen in desk.session.execute(chosen.where(*here).group_by(Offer.rate))]
    firms = select(func.count(distinct(Offer.firm_id))).select_from(Offer).join(Track, Track.need_id == Offer.need_id)
    rate = weighted_rate(rows)
    return Key(Ratio.RATE, rate.ppm if rate else None, firms=desk.session.scalar(firms.where(*here)) or 0)
