"""Why the answer is no about reserves."""

from __future__ import annotations

from financing.refusals import Refusal


class ReservesOpen(Refusal):
    """The reserves until this `until` wait for their confirmation, or are confirmed already."""

    code = "reserves_open"
    status = 409


class ReservesMoved(Refusal):
    """What the reserves until this `until` follow from has changed since they were put forward."""

    code = "reserves_moved"
    status = 409


class ReturnMissing(Refusal):
    """The year's reserves need the fee income and the profit that two people confirm for December; `month` is its last day."""

    code = "return_missing"
    status = 409
