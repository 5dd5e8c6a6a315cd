"""Why the answer is no about the conduct of banks: sealed fields, reports, handlers, letters to banks, the question after a pay-out."""

from __future__ import annotations

from financing.refusals import Refusal


class KeysAway(Refusal):
    """The key `number` that a field was sealed under is not in the key file, or there is no key file."""

    code = "keys_away"
    status = 503


class KeyUsed(Refusal):
    """A key that is not taken away: it is in use, `cells` lie under it, or there is none of that number."""

    code = "key_used"
    status = 409


class SealBroken(Refusal):
    """A sealed field was changed, or stands where it was not sealed for."""

    code = "seal_broken"
    status = 500


class NotForThisSeat(Refusal):
    """Who is to handle reports has no working account, or not the role that the seat asks for."""

    code = "not_for_this_seat"


class OneSeatEach(Refusal):
    """The same person for both seats of the handlers."""

    code = "one_seat_each"


class NotAgreed(Refusal):
    """The bank is not asked before whoever reported agrees to it."""

    code = "not_agreed"
    status = 409


class NamesReporter(Refusal):
    """A letter to the bank that would tell who reported; `word` is what gives it away."""

    code = "names_reporter"


class OutcomeDiffers(Refusal):
    """An outcome that does not go with what was found."""

    code = "outcome_differs"


class CodeUnknown(Refusal):
    """No report has this code."""

    code = "code_unknown"


class BankUnknown(Refusal):
    """No bank of the zone has this number: it left the list while the form was open."""

    code = "conduct_bank_unknown"


class Answered(Refusal):
    """A question or a letter that has been answered."""

    code = "answered_already"
    status = 409


class NothingAsked(Refusal):
    """A yes without any kind of cost or amount."""

    code = "nothing_asked"


class TooMuchEvidence(Refusal):
    """More files for one report than `most`."""

    code = "too_much_evidence"
