"""Why the answer is no where many are seated at once: a round of matching, the timetable of a session."""

from __future__ import annotations

from financing.refusals import Refusal


class NothingToAssign(Refusal):
    """No need is ready for a round, or no bank fits any that is."""

    code = "nothing_to_assign"


class RoundChanged(Refusal):
    """Needs, products or limits are not as they were when the officer looked at the assignments."""

    code = "round_changed"
    status = 409


class NobodyMissing(Refusal):
    """Who is said to be missing does not sit in this session, or the rounds are none of its own."""

    code = "nobody_missing"


class SeatsChanged(Refusal):
    """Seats or consents are not as they were when the change was looked at."""

    code = "seats_changed"
    status = 409
