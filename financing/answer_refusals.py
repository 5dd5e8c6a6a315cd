"""Why the answer is no about what banks answer: claims, questions, offers under seal, second looks, pay-outs."""

from __future__ import annotations

from financing.refusals import Refusal


class OffersClosed(Refusal):
    """The common deadline `until` has passed or the offers are open; none is made or changed any more (I-21)."""

    code = "offers_closed"
    status = 409


class RateMissing(Refusal):
    """A rate of the chosen kind needs the figure at `field`."""

    code = "rate_missing"


class PayeeMissing(Refusal):
    """A charge names no payee."""

    code = "payee_missing"


class ForbiddenItem(Refusal):
    """A charge or deposit that no bank may ask for: the rule it breaks, `says`, with its `source`; shown at `field`."""

    code = "forbidden_item"
