"""Why the answer is no on the day of a session and in what follows from it."""

from __future__ import annotations

from financing.refusals import Refusal


class NotInvited(Refusal):
    """No guest of this session has this code."""

    code = "not_invited"


class WhoDecides(Refusal):
    """A bank comes with somebody who may decide: name, and how much."""

    code = "who_decides"


class SaysWhy(Refusal):
    """A no to an invitation gives its reason."""

    code = "says_why"


class LastRound(Refusal):
    """There is no round after the last; `rounds` are all."""

    code = "last_round"
    status = 409


class NotAtTable(Refusal):
    """No talk of this session has this answer code."""

    code = "not_at_table"


class IntentSum(Refusal):
    """An intent names its amount, and only an intent does."""

    code = "intent_sum"


class BankSaidItself(Refusal):
    """The bank has recorded another answer itself; the paper does not replace it."""

    code = "bank_said_itself"
    status = 409


class TooManyWatch(Refusal):
    """As many screens as this server carries watch already."""

    code = "too_many_watch"
    status = 503


class NothingIntended(Refusal):
    """Only what was intended can come to a contract or to money; what is over stays over."""

    code = "nothing_intended"
    status = 409


class OutcomeDay(Refusal):
    """An outcome lies between the session and today, and money not before its contract: `first` to `last`."""

    code = "outcome_day"


class OutcomeSum(Refusal):
    """More money than the contract says; `most` is what is left of it."""

    code = "outcome_sum"


class PaidAtLoan(Refusal):
    """Money of a loan that the firm chose on the platform is reported there, once; the ledger reads it from there."""

    code = "paid_at_loan"
    status = 409


class TakenBack(Refusal):
    """A report is taken back once."""

    code = "taken_back"
    status = 409


class MoneyFirst(Refusal):
    """A contract stays while payments reported on it count."""

    code = "money_first"
    status = 409


class LeastTalks(Refusal):
    """No firm can have more talks than there are rounds."""

    code = "least_talks"


class DroppedWhy(Refusal):
    """What nothing comes of is reported with its reason."""

    code = "dropped_why"
