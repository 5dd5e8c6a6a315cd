"""Two offers and more of one need, ready for the page: the chart of payments, the legend, and the differences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from financing import wording
from financing.offers.comparing import Difference, cheapest, differences, paid
from financing.offers.views import OfferView
from reports.payments import LETTERS, Paid, payments, swatch


@dataclass(frozen=True, slots=True)
class Weighed:
    """The comparison of one need's offers; `legend` has letter, line, and offer, in the order of the table."""

    picture: Markup
    legend: tuple[tuple[str, Markup, OfferView], ...]
    best: OfferView
    others: tuple[Difference, ...]
    months: tuple[tuple[int, tuple[int | None, ...]], ...]  # month, what has been paid in all by each, in fen


def weighed(offers: Iterable[OfferView], lang: str) -> dict[int, Weighed]:
    """By need, for needs with two offers or more that the reader may see."""
    by_need: defaultdict[int, list[OfferView]] = defaultdict(list)
    for offer in offers:
        by_need[offer.need_id].append(offer)
    return {need: _one(found[: len(LETTERS)], lang) for need, found in by_need.items() if len(found) > 1}


def _one(offers: Sequence[OfferView], lang: str) -> Weighed:
    sums = [paid(offer) for offer in offers]
    picture = payments(
        [Paid(offer.bank, total) for offer, total in zip(offers, sums, strict=True)], wording.translate(lang)
    )
    longest = max(len(total) for total in sums)
    return Weighed(
        picture=picture,
        legend=tuple((LETTERS[n], swatch(n), offer) for n, offer in enumerate(offers)),
        best=cheapest(offers),
        others=differences(offers),
        months=tuple(
            (month, tuple(total[month] if month < len(total) else None for total in sums)) for month in range(longest)
        ),
    )
