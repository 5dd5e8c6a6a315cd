"""Why the answer is no about charges."""

from __future__ import annotations

from financing.refusals import Refusal


class ChargeStands(Refusal):
    """The `item` of this `authority` stands since `since`: a new standard begins later."""

    code = "charge_stands"
    status = 409


class ChargeEnded(Refusal):
    """The charge ended on `until`."""

    code = "charge_ended"
    status = 409
