"""Why the answer is no about recovery of what was paid for a firm, and about parts of it that are paid on."""

from __future__ import annotations

from financing.refusals import Refusal


class AfterLimit(Refusal):
    """The next step would come after the period has ended on `until`."""

    code = "after_limit"


class StillOwed(Refusal):
    """`amount` is neither recovered nor lost."""

    code = "recovery_still_owed"
    status = 409


class NotYetDecided(Refusal):
    """Nothing was decided yet, so there is no file of what the decision rested on."""

    code = "not_yet_decided"
    status = 409


class LessonIncomplete(Refusal):
    """A change needs what is changed and by when; where nothing is changed neither is said."""

    code = "lesson_incomplete"


class SharesUnpaid(Refusal):
    """`amount` of what was recovered is owed to other parties."""

    code = "recovery_shares_unpaid"
    status = 409


class PartNotIn(Refusal):
    """The party itself still owes `amount` of what was paid."""

    code = "part_not_in"
    status = 409
