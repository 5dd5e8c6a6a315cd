"""Why the answer is no about clocks, promised papers and the vault."""

from __future__ import annotations

from financing.refusals import Refusal


class NoClock(Refusal):
    """No clock of this need runs, so there is nothing to pause, extend or explain."""

    code = "no_clock"
    status = 409


class StandsStill(Refusal):
    """The clock is paused already."""

    code = "stands_still"
    status = 409


class NotPaused(Refusal):
    """The clock runs; there is nothing to take up again."""

    code = "not_paused"
    status = 409


class AlreadyLate(Refusal):
    """The deadline `due` has passed: a late step is explained, never paused or extended afterwards."""

    code = "already_late"
    status = 409


class ExtensionAsked(Refusal):
    """An extension of this step waits for a second officer already."""

    code = "extension_asked"
    status = 409


class BeyondCeiling(Refusal):
    """With what was agreed before, so many `days` would pass the ceiling; at most `left` more."""

    code = "beyond_ceiling"


class LateUnexplained(Refusal):
    """The step is late and its reason has not been stated (优化营商环境条例 36)."""

    code = "late_unexplained"
    status = 409


class OverallExceeded(Refusal):
    """The steps' limits add up to `total`, more than the `overall` limit."""

    code = "overall_exceeded"


class NotOnDuty(Refusal):
    """A post is held by an officer or a leader with a working account."""

    code = "not_on_duty"


class PastStart(Refusal):
    """A post changes hands from a day that has not begun."""

    code = "past_start"


class PromiseMissing(Refusal):
    """Papers that may come later are lacking, and the firm has not ticked the commitment."""

    code = "promise_missing"


class PromiseBarred(Refusal):
    """This firm may not hand papers in later: an unrepaired record of bad credit, or an earlier promise that was broken."""

    code = "promise_barred"


class PaperOwed(Refusal):
    """The step needs `papers` that the firm has promised and not yet handed in."""

    code = "paper_owed"
    status = 409


class PaperUnfit(Refusal):
    """The paper has been marked unfit already."""

    code = "paper_unfit"
    status = 409


class ExpiryMissing(Refusal):
    """A paper of this kind is good for a time only; its last day is missing."""

    code = "expiry_missing"


class PaperExpired(Refusal):
    """The paper's last day has passed."""

    code = "paper_expired"


class OtherVersion(Refusal):
    """What is to be replaced is another kind of paper, or has been replaced already."""

    code = "other_version"


class FileMissing(Refusal):
    """Neither a file nor a photo was sent."""

    code = "file_missing"


class ToldBefore(Refusal):
    """A point `given` of a return was told at a former return of the same need: a later one names only what is new."""

    code = "told_before"
    field = "reason"
