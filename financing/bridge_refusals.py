"""Why the answer is no about the bridge fund."""

from __future__ import annotations

from financing.refusals import Refusal


class PoolShort(Refusal):
    """The pot that money is to come from holds `free` only."""

    code = "pool_short"
    status = 409


class PoolMissing(Refusal):
    """No pool has been opened yet, or none holds as much as `asked`."""

    code = "pool_missing"
    status = 409


class NotPromised(Refusal):
    """No promise of the bank stands for the use `number`, so nothing is paid out."""

    code = "not_promised"
    status = 409


class UseOpen(Refusal):
    """The firm has a use of the fund that is not over: `number` (one at a time)."""

    code = "use_open"
    status = 409


class UsesSpent(Refusal):
    """The firm has used the fund as often this year as it may: `most` times."""

    code = "uses_spent"
    status = 409


class NotBridged(Refusal):
    """The fund bridges working capital, not this `kind` of loan."""

    code = "not_bridged"


class ReasonOwed(Refusal):
    """Fewer working days than `least` are left before the loan ends: the firm says why it comes so late."""

    code = "reason_owed"


class AboveKind(Refusal):
    """More than a borrower of this `kind` may use at once."""

    code = "above_kind"


class AboveOwed(Refusal):
    """The fund brings no more than is to be repaid."""

    code = "above_owed"


class BankBanned(Refusal):
    """The bank broke a promise and may not use the fund; since when."""

    code = "bank_banned"
    status = 409


class NotCollected(Refusal):
    """The firm's own part is not in the controlled account yet: `owed` of it is missing."""

    code = "not_collected"
    status = 409


class SignedAlready(Refusal):
    """Somebody has signed in this place, or this person in another."""

    code = "signed_already"
    status = 409


class MoveOpen(Refusal):
    """The same kind of movement waits for its confirmation."""

    code = "move_open"
    status = 409


class OtherFee(Refusal):
    """The fee is what its days come to, not another sum."""

    code = "other_fee"


class PaidOut(Refusal):
    """The promise was released upon: it can no longer be taken back."""

    code = "paid_out"
    status = 409


class PromiseStands(Refusal):
    """A promise stands for this use; it must be taken back before another one is made."""

    code = "promise_stands"
    status = 409


class PoolKnown(Refusal):
    """A pool of this name is open."""

    code = "pool_known"
    status = 409
