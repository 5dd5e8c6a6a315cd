"""Why the answer is no about checkpoints, proofs and what a restore lost."""

from __future__ import annotations

from financing.refusals import Refusal


class HistoryDiffers(Refusal):
    """The journal in the database is not the one that the checkpoint of this `number` sealed up to line `seq`."""

    code = "history_differs"
    status = 503


class LinesMissing(Refusal):
    """The database is older than the newest checkpoint: the lines from `first` to `last`, `count` of them, are not in it."""

    code = "lines_missing"
    status = 503


class CheckpointDoubted(Refusal):
    """The second place holds a checkpoint that is none; `why` in both languages."""

    code = "checkpoint_doubted"
    status = 503


class NotSealedYet(Refusal):
    """The line `seq` lies beyond the newest checkpoint, which reaches to `reached`."""

    code = "not_sealed_yet"


class WrongLock(Refusal):
    """A locked backup does not open with this key or passphrase, or none was given."""

    code = "wrong_lock"


class NoBackup(Refusal):
    """There is no backup of a day to drill with."""

    code = "no_backup"


class NotClean(Refusal):
    """The database named for drills holds tables that no drill put there."""

    code = "not_clean"


class TotalsDiffer(Refusal):
    """After a restore `table` holds other rows or sums than the backup noted."""

    code = "totals_differ"


class NothingLost(Refusal):
    """Nothing is to be reconciled: database and checkpoints agree."""

    code = "nothing_lost"
