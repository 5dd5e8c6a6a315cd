"""Why a file is not taken: papers and spreadsheets handed in."""

from __future__ import annotations

from financing.refusals import Refusal


# --- papers -----------------------------------------------------------------------------------------------------------
class NotAPaper(Refusal):
    """Neither a PDF, a picture nor a workbook by its first bytes."""

    code = "not_a_paper"
    status = 415


class NotPrinted(Refusal):
    """Laying a paper of ours out broke a limit: `reason` is time, memory or crash."""

    code = "not_printed"
    status = 503


class NotAPicture(Refusal):
    code = "not_a_picture"


class PictureBroken(Refusal):
    """It begins like a picture and is none: cut off, damaged, or something else behind a picture's first bytes."""

    code = "picture_broken"


class PictureTooLarge(Refusal):
    """A picture of more than `most` million points."""

    code = "picture_too_large"


class StoreFull(Refusal):
    """The firm's vault has no room: `what` (mib or files), `most`."""

    code = "store_full"
    status = 413


class Unproved(Refusal):
    """A firm states a soft asset, `fact`, without any of the `papers` that could show it on file."""

    code = "unproved"


class PaperDamaged(Refusal):
    """What lies in the store is not what was handed in."""

    code = "paper_damaged"
    status = 500


class OtherFirms(Refusal):
    """A workbook of `count` firms where one was expected."""

    code = "other_firms"


# --- spreadsheets handed in -------------------------------------------------------------------------------------------
class NotAWorkbook(Refusal):
    """Neither .xlsx nor .csv by name or by content; `found` says what it looked like."""

    code = "not_a_workbook"
    status = 415


class WorkbookEncrypted(Refusal):
    code = "workbook_encrypted"


class WorkbookMacro(Refusal):
    code = "workbook_macro"


class WorkbookExternal(Refusal):
    """Links to other files, embedded objects or data connections; `part` names the place."""

    code = "workbook_external"


class WorkbookTooLarge(Refusal):
    """Above a limit on `what` (mib, rows, columns, cell): `most` allowed, `found` met, `sheet` where."""

    code = "workbook_too_large"
    status = 413

    def __init__(self, *, what: str, most: int, found: int, sheet: str = "") -> None:
        super().__init__(what=what, most=most, found=found, sheet=sheet)


class WorkbookBomb(Refusal):
    """Made to swell when unpacked or read; `why` says how, `part` where."""

    code = "workbook_bomb"

    def __init__(self, *, why: str, part: str = "") -> None:
        super().__init__(why=why, part=part)


class WorkbookUnreadable(Refusal):
    code = "workbook_unreadable"


class WorkbookEmpty(Refusal):
    """Nothing stands in the file, or on `sheet` below its header."""

    code = "workbook_empty"

    def __init__(self, *, sheet: str = "") -> None:
        super().__init__(sheet=sheet)


class SheetMissing(Refusal):
    """`needed` is not among the sheets `found` (a tuple)."""

    code = "sheet_missing"


class ColumnMissing(Refusal):
    """`column` is not among the columns `found` (a tuple) on `sheet`."""

    code = "column_missing"


class WorkbookRefused(Refusal):
    """`errors` cells are wrong; `findings` (a tuple, at most 1,000) says which and how to mend them."""

    code = "workbook_refused"


# --- scores beside outcomes -------------------------------------------------------------------------------------------
class NoSuchColumn(Refusal):
    """`column` is not among the columns `found` of a plain table."""

    code = "no_such_column"


class FirmColumnMissing(Refusal):
    """No column names the firm in both tables: `needed`, and what stands in `scores` and in `outcomes`."""

    code = "firm_column_missing"


class FirmsTwice(Refusal):
    """In `column`, `count` firms stand more than once; `found` names the first."""

    code = "firms_twice"


class ScoreColumnUnclear(Refusal):
    """None, or more than one of the columns `found` may be the score."""

    code = "score_column_unclear"


class OutcomeUnclear(Refusal):
    """`column` holds words `found` that say neither failed nor sound."""

    code = "outcome_unclear"


class NobodyJoined(Refusal):
    """No firm has both; `key` is what was compared, `scores` and `outcomes` show the first of each."""

    code = "nobody_joined"


class OneKindOnly(Refusal):
    """Of `firms` firms `bad` failed: all or none, so that nothing can be told apart."""

    code = "one_kind_only"


class SignContrary(Refusal):
    """A sign was given for `fact`, whose registered one is the other: `way`."""

    code = "sign_contrary"


class FileInfected(Refusal):
    """The scanner found something in the file of `field`."""

    code = "file_infected"


class ScannerAway(Refusal):
    """A scanner is set, and nobody can say whether the file is clean."""

    code = "scanner_away"
    status = 503
