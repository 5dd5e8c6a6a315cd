"""Why the answer is no about hand-overs, saved views, ratings and calls."""

from __future__ import annotations

from financing.refusals import Refusal


class NothingToMove(Refusal):
    """No open need of the giver's is among what is handed over."""

    code = "nothing_to_move"


class NotYours(Refusal):
    """A need that somebody else handles; `number` names it."""

    code = "not_yours"


class NoReceiver(Refusal):
    """The receiver is not another officer in service."""

    code = "no_receiver"


class ReceiverTied(Refusal):
    """The receiver has a declared tie to the firm of `number`."""

    code = "receiver_tied"


class DeputyTaken(Refusal):
    """Somebody stands in for this officer on those days already."""

    code = "deputy_taken"


class ViewNamed(Refusal):
    """One's own view of this list has that name already."""

    code = "view_named"


class NothingTicked(Refusal):
    code = "nothing_ticked"


class RemindedToday(Refusal):
    """The firm was reminded of this need today already."""

    code = "reminded_today"


class NotTheFirmsTurn(Refusal):
    """Nothing is waited for from the firm."""

    code = "not_the_firms_turn"


class NotHandled(Refusal):
    """A need that has not come to its end is not rated yet."""

    code = "not_handled"


class RatedAlready(Refusal):
    code = "rated_already"


class NotAsked(Refusal):
    """Nobody asks whether this need still stands."""

    code = "not_asked"


class NoFindings(Refusal):
    """The finding is gone or was accepted before."""

    code = "finding_over"
