"""Why the answer is no about events."""

from __future__ import annotations

from financing.refusals import Refusal


class SigningOver(Refusal):
    """Signing up ended on `until`, or the event is over or called off."""

    code = "signing_over"
    status = 409


class NotInvited(Refusal):
    """The event is for other firms: of this `audience` alone."""

    code = "not_invited"
    status = 409


class SignedUp(Refusal):
    """The firm stands on the list already."""

    code = "signed_up"
    status = 409


class TooManyPeople(Refusal):
    """A firm brings at least one and at most `most` people, each by name and once."""

    code = "too_many_people"


class EventBegun(Refusal):
    """The event has begun at `starts`."""

    code = "event_begun"
    status = 409


class NotBegun(Refusal):
    """The event begins at `starts` only."""

    code = "not_begun"
    status = 409


class EventRated(Refusal):
    """The firm has rated this event."""

    code = "event_rated"
    status = 409
