"""Why the answer is no about claims for compensation, their decisions and parts, and banks that get no new letters."""

from __future__ import annotations

from financing.refusals import Refusal


class NotIssued(Refusal):
    """The letter is not issued yet: there is nothing to claim and no file."""

    code = "not_issued"
    status = 409


class NotForBank(Refusal):
    """This `item` of the file is not put in by whoever asks."""

    code = "not_for_bank"


class ClaimOpen(Refusal):
    """The guarantee has a claim already; `number` names it."""

    code = "compensation_open"
    status = 409


class NotYetDue(Refusal):
    """Not overdue for as long as agreed: `days` of `asked`."""

    code = "not_yet_due"
    status = 409


class PeriodOver(Refusal):
    """The guarantee period ended on `until`."""

    code = "period_over"
    status = 409


class NothingClaimable(Refusal):
    """Nothing is left that could be claimed."""

    code = "nothing_claimable"
    status = 409


class ClaimTooMuch(Refusal):
    """More than the `most` that can be claimed."""

    code = "claim_too_much"


class FileIncomplete(Refusal):
    """Items of the file that cannot be promised for later are missing; `items` names each."""

    code = "file_incomplete"
    status = 409


class DoesNotAddUp(Refusal):
    """What is paid and the reductions do not come to the whole claimed; `gap` is missing or too much."""

    code = "compensation_gap"


class GroundMissing(Refusal):
    """A refusal without its coded reason, or a reduction without a duty, a loss and a sum."""

    code = "ground_missing"


class LossBelowCut(Refusal):
    """A reduction beyond the `loss` it names."""

    code = "loss_below_cut"


class WorseThanBefore(Refusal):
    """The final decision would pay less than the first, `before`: an objection never costs the bank anything."""

    code = "worse_than_before"
    status = 409


class PayByClaim(Refusal):
    """The guarantee has an open claim, `number`: what is paid is paid by its decision."""

    code = "pay_by_claim"
    status = 409


class OwnReceipt(Refusal):
    """Whoever asked for a part does not confirm that it came."""

    code = "own_receipt"
