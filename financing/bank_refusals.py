"""Why the answer is no about banks' shelves, their officers' rights, their appetite and what they see before consent."""

from __future__ import annotations

from financing.refusals import Refusal


class OffTheShelf(Refusal):
    """A product that has been taken off the shelf already."""

    code = "off_the_shelf"
    status = 409


class BeyondRight(Refusal):
    """An offer of more than this officer may make alone, `most`; the branch head can release it."""

    code = "beyond_right"


class NoRight(Refusal):
    """The bank gives rights to its officers, and none to this one."""

    code = "no_right"


class NotTheHead(Refusal):
    """Only the head of the branch releases offers beyond an officer's right, and never beyond the head's own."""

    code = "not_the_head"


class AskedAlready(Refusal):
    """The bank has asked this firm for its consent before; the firm decides in its own time."""

    code = "asked_already"
    status = 409


class NotAnOfficer(Refusal):
    """A right is given to an active officer of one's own bank."""

    code = "not_an_officer"
