"""Why the one form, its claim or its paper is not taken."""

from __future__ import annotations

from financing.refusals import Refusal


class FirmHeld(Refusal):
    """The account already stands for a firm."""

    code = "firm_held"
    status = 409


class FirmHasAccount(Refusal):
    """Only a firm without any account is claimed by a code."""

    code = "firm_has_account"
    status = 409


class BehalfOver(Refusal):
    """The firm's time to answer, until `until`, is over, or it has answered."""

    code = "behalf_over"
    status = 409


class SignedWhen(Refusal):
    """The day of the signature lies ahead, or too far back."""

    code = "behalf_signed"


class CarryUnagreed(Refusal):
    """What was told to the pre-check is carried over only when its owner says so."""

    code = "carry_unagreed"


class EditionUnknown(Refusal):
    """No printed form of ours bears `given`."""

    code = "edition_unknown"
