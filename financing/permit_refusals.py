"""Why the answer is no about separate consents."""

from __future__ import annotations

from financing.refusals import Refusal


class PermitFirst(Refusal):
    """The firm has not agreed to this `item`, or no longer does: nothing is taken in that needs it."""

    code = "permit_first"
    status = 409


class PermitOver(Refusal):
    """`number` was taken back or replaced already."""

    code = "permit_over"
    status = 409


class MarkWrong(Refusal):
    """The last four signs of an identity number: three digits, and a digit or X."""

    code = "mark_wrong"


class SignedFirst(Refusal):
    """A person's credit report needs the paper on which that person has signed, on file with the firm."""

    code = "signed_first"
