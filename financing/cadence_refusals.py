"""Why the answer is no about meetings of the rhythm, bulletins and subscriptions."""

from __future__ import annotations

from financing.refusals import Refusal


class NothingDecided(Refusal):
    """The item on the list, or the meeting to be joined, is not one of those there are."""

    code = "dispatch_item"


class DispatchHasDecisions(Refusal):
    """A meeting that has decided something is held by itself: it joins no other."""

    code = "dispatch_decided"
    status = 409


class BulletinEmpty(Refusal):
    """An issue without a section has nothing to tell."""

    code = "bulletin_empty"


class BulletinFull(Refusal):
    """An issue holds no more sections than `most`."""

    code = "bulletin_full"


class FirmNamed(Refusal):
    """The firm called `name` has not agreed to be named where anybody reads it, or no longer does."""

    code = "bulletin_firm_named"
    status = 409


class SendTooEarly(Refusal):
    """An issue cannot go out at a moment that has passed."""

    code = "bulletin_moment"


class NoSuchSection(Refusal):
    """The section is not one of those the issue has: it was changed meanwhile."""

    code = "bulletin_section"
    status = 409
