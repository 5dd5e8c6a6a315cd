"""Why the answer is no in helping firms: people, assignments, requests, appointments, tasks, the yearly survey."""

from __future__ import annotations

from financing.refusals import Refusal


class NotInService(Refusal):
    """Somebody without a working account, or not of the role that is asked for; `field` names where they were chosen."""

    code = "not_in_service"


class SameHelpers(Refusal):
    """One person as helper and deputy."""

    code = "same_helpers"


class HandNoteOwed(Refusal):
    """A firm changes its helper only with a hand-over note."""

    code = "hand_note_owed"


class SlotTaken(Refusal):
    """Somebody else has this time, or the leader offers it already."""

    code = "slot_taken"
    status = 409


class SlotGone(Refusal):
    """A time that has begun or is over."""

    code = "slot_gone"


class TooFarAhead(Refusal):
    """An appointment is held within its days: no later than `until`."""

    code = "too_far_ahead"


class NotOver(Refusal):
    """Minutes and no-shows are written down once the appointment has begun, `at`."""

    code = "not_over"


class SurveyAnswered(Refusal):
    """A firm answers the survey of a year once."""

    code = "survey_answered"
    status = 409


class SurveyOver(Refusal):
    """The survey of the year is not open."""

    code = "survey_over"


class WishUnexplained(Refusal):
    """A firm wants something and does not say what; `field` is the question."""

    code = "wish_unexplained"
