"""Why the answer is no about taking workbooks in."""

from __future__ import annotations

from financing.refusals import Refusal


class ChangedSince(Refusal):
    """What is on file has changed since the rows were compared with it."""

    code = "import_changed_since"
    status = 409


class TooManyRows(Refusal):
    """More rows than may go in at once or leave at once: `most`, `found`."""

    code = "too_many_rows"
    status = 413


class NothingToImport(Refusal):
    """Every row says what is on file already."""

    code = "import_nothing"
    status = 409
