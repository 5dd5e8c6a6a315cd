"""How offers differ (差在哪里): each against the one with the lowest yearly cost, in money, days and conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from financing.offers.views import OfferView


@dataclass(frozen=True, slots=True)
class Difference:
    """What another offer has more (+) or less (−) than the cheapest: fen, ppm of the year, days, months; None where a day is not known."""

    offer: OfferView
    total: int
    effective: int
    simple: int
    days: int | None
    amount: int
    months: int


def differences(offers: Sequence[OfferView]) -> tuple[Difference, ...]:
    """Each offer but the cheapest, against the cheapest; nothing where there are no two."""
    if not offers:
        return ()
    best, *others = sorted(offers, key=lambda each: (each.cost.effective.ppm, each.cost.total.fen))
    return tuple(_between(best, each) for each in others)


def cheapest(offers: Sequence[OfferView]) -> OfferView:
    """The one with the lowest yearly cost by the return on what is paid; of equal ones the one that costs less money."""
    return min(offers, key=lambda each: (each.cost.effective.ppm, each.cost.total.fen))


def paid(offer: OfferView) -> tuple[int, ...]:
    """What the firm has paid in all, in fen, on the day the money comes and after each month."""
    return tuple(accumulate((offer.cost.upfront.fen, *offer.cost.payments)))


def _days(best: date | None, other: date | None) -> int | None:
    """How much later the money comes; None where one of the days is not known."""
    return None if best is None or other is None else (other - best).days


def _between(best: OfferView, other: OfferView) -> Difference:
    return Difference(
        offer=other,
        total=other.cost.total.fen - best.cost.total.fen,
        effective=other.cost.effective.ppm - best.cost.effective.ppm,
        simple=other.cost.simple.ppm - best.cost.simple.ppm,
        days=_days(best.drawdown_on, other.drawdown_on),
        amount=other.amount.fen - best.amount.fen,
        months=other.months - best.months,
    )
