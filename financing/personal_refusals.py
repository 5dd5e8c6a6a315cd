"""Why the answer is no about personal data."""

from __future__ import annotations

from financing.refusals import Refusal


class NotDisputable(Refusal):
    """What was chosen is nothing the platform holds, or the firm changes it by itself."""

    code = "not_disputable"


class Disputed(Refusal):
    """`number` already says that this is wrong, and waits for its answer until `due`."""

    code = "disputed"
    status = 409


class CorrectionOwed(Refusal):
    """An objection is right, and the right value is missing."""

    code = "correction_owed"


class StillHeld(Refusal):
    """Something has to be kept: `why` says what, `until` until when where it is known."""

    code = "still_held"
    status = 409


class NothingHeld(Refusal):
    """Nothing stands against erasing it, so that it cannot be refused."""

    code = "nothing_held"
    status = 409


class AskedAlready(Refusal):
    """`number` asks for the same and waits."""

    code = "erasure_asked"
    status = 409


class ImpactNewer(Refusal):
    """The assessment was replaced by `number` meanwhile."""

    code = "impact_newer"
    status = 409
