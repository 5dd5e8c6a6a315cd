"""Why the answer is no about letters and guarantees in force."""

from __future__ import annotations

from financing.refusals import Refusal


class LetterOpen(Refusal):
    """The need has a letter already; `number` names it (I-05)."""

    code = "letter_open"
    status = 409


class NotIssuable(Refusal):
    """Something asked on the day of issue is missed; `grounds` names each."""

    code = "not_issuable"
    status = 409


class TooMuch(Refusal):
    """An entry of this `kind` would come to more than the `most` that is left."""

    code = "too_much"


class ProposalOpen(Refusal):
    """Another entry waits for its confirmation."""

    code = "proposal_open"
    status = 409


class LoanRecorded(Refusal):
    """The loan behind the guarantee is on record: repayments are recorded there, and booked here by the same act."""

    code = "loan_recorded"
    status = 409


class EvidenceMissing(Refusal):
    """An entry without the `paper` it rests on; a loss needs a judgment or other sufficient evidence."""

    code = "evidence_missing"


class NothingToWrite(Refusal):
    """There is no sealed decision to write a letter from, or the meeting is not over."""

    code = "nothing_to_write"
    status = 409
