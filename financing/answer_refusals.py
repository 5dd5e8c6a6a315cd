"""Why the answer is no about what banks answer: claims, questions, offers under seal, second looks, pay-outs."""

from __future__ import annotations

from financing.refusals import Refusal


class OffersClosed(Refusal):
    """The common deadline `until` has passed or the offers are open; none is made or changed any more (I-21)."""

    code = "offers_closed"
    status = 409


class ClaimTaken(Refusal):
    """Another bank has claimed the need, `until` a day."""

    code = "claim_taken"
    status = 409


class ClaimedOnce(Refusal):
    """The bank has claimed this need before."""

    code = "claimed_once"
    status = 409


class NothingToPassOn(Refusal):
    """No bank has refused the need, was silent or was left, so there is nothing to pass on; the officer sends a first time."""

    code = "nothing_to_pass_on"
    status = 409


class NotChosen(Refusal):
    """A pay-out of an offer that the firm has not accepted."""

    code = "not_chosen"
    status = 409


class NotYetPaid(Refusal):
    """A pay-out is reported once it has happened; shown at `field`."""

    code = "not_yet_paid"


class MoreThanOffered(Refusal):
    """Pay-outs would come to more than was offered; `most` is left (I-22)."""

    code = "more_than_offered"


class NotInDossier(Refusal):
    """A decline rests on something that the dossier does not hold; shown at `field`."""

    code = "not_in_dossier"


class RateMissing(Refusal):
    """A rate of the chosen kind needs the figure at `field`."""

    code = "rate_missing"


class NotContestable(Refusal):
    """No decision that may still be contested, or an item it does not rest on; shown at `field`."""

    code = "not_contestable"
    status = 409


class AlreadyOnFile(Refusal):
    """The vault holds the `item` since the day `on`: nobody is asked for it again; shown at `field`."""

    code = "already_on_file"
    status = 409


class AskedStill(Refusal):
    """The bank has asked for the `item` and the firm has time until a day."""

    code = "asked_still"
    status = 409


class NoteMissing(Refusal):
    """To ask anew for what the firm has just answered, say what is wrong with it; shown at `field`."""

    code = "note_missing"


class FigureMissing(Refusal):
    """The `item` asked for is a figure, and none was given; shown at `field`."""

    code = "figure_missing"


class AskOver(Refusal):
    """The bank may no longer read, or has answered: there is nothing to send it any more."""

    code = "ask_over"
    status = 409


class OtherPaper(Refusal):
    """The answer is no paper of the kind of the `item` asked for; shown at `field`."""

    code = "other_paper"


class OldPaper(Refusal):
    """The paper came `on` a day longer ago than `days`; shown at `field`."""

    code = "old_paper"


class PayeeMissing(Refusal):
    """A charge names no payee."""

    code = "payee_missing"


class ForbiddenItem(Refusal):
    """A charge or deposit that no bank may ask for: the rule it breaks, `says`, with its `source`; shown at `field`."""

    code = "forbidden_item"


class ReleaseAsked(Refusal):
    """Somebody of the bank, `who`, has asked the head to release this need already, and the head has not answered."""

    code = "release_asked"
    status = 409


class WithinRight(Refusal):
    """The whole amount lies within this officer's own right: there is nothing to release."""

    code = "within_right"
    status = 409


class NoHead(Refusal):
    """Nobody heads the branch with a right that reaches `most`: a request would wait for ever."""

    code = "no_head"
    status = 409
