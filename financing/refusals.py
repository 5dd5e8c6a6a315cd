"""Why the platform says no. Each refusal has a code that wording.py turns into a sentence; facts fill it in."""

from __future__ import annotations


class Refusal(Exception):
    """Something a person asked for that cannot be done, and why. `status` is what the web answers with."""

    code = "refused"
    status = 422

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way from a child process to its parent."""
        return (_again, (type(self), self.facts))


def _again(kind: type[Refusal], facts: dict[str, object]) -> Refusal:
    return kind(**facts)


# --- who and where -------------------------------------------------------------------------------------------------
class NotAllowed(Refusal):
    code = "not_allowed"
    status = 403


class NotFound(Refusal):
    code = "not_found"
    status = 404


class NotSignedIn(Refusal):
    code = "not_signed_in"
    status = 401


class WrongSignIn(Refusal):
    code = "wrong_sign_in"


class TooManyTries(Refusal):
    code = "too_many_tries"
    status = 429


class WeakPassword(Refusal):
    code = "weak_password"


class InvitationOver(Refusal):
    code = "invitation_over"


class LoginTaken(Refusal):
    code = "login_taken"


class NoOwner(Refusal):
    """A role that acts for a firm or a bank, without one; `field` names which."""

    code = "no_owner"


class ForgedForm(Refusal):
    code = "forged_form"
    status = 403


class FormReused(Refusal):
    code = "form_reused"


# --- states and versions -------------------------------------------------------------------------------------------
class WrongState(Refusal):
    code = "wrong_state"
    status = 409


class Changed(Refusal):
    """Somebody saved a newer version; `now` holds the present values by field for the comparison page."""

    code = "changed"
    status = 409


class Busy(Refusal):
    code = "busy"
    status = 503


class TooLarge(Refusal):
    code = "too_large"
    status = 413


# --- values --------------------------------------------------------------------------------------------------------
class NotAnAmount(Refusal):
    code = "not_an_amount"


class NotARate(Refusal):
    code = "not_a_rate"


class NotACode(Refusal):
    code = "not_a_code"


class CodeMistyped(NotACode):
    """A credit code with look-alikes in it; `suggestion` is the one reading that is sound."""

    code = "code_mistyped"


class OutOfRange(Refusal):
    """`field` must lie between `least` and `most` (None: no bound above)."""

    code = "out_of_range"

    def __init__(self, *, field: str, least: object, most: object = None) -> None:
        super().__init__(field=field, least=least, most=most)
        if most is None:
            self.code = "too_little"


class NotAFact(Refusal):
    """A fact that is not asked for, or a value its kind does not allow."""

    code = "not_a_fact"


class NotAnIndustry(Refusal):
    code = "not_an_industry"


class NotText(Refusal):
    code = "not_text"


class Incomplete(Refusal):
    code = "incomplete"


class Impossible(Refusal):
    """A need whose parts cannot be true together; `reason` names which."""

    code = "impossible"


class FirmKnown(Refusal):
    code = "firm_known"
    status = 409


class BankKnown(Refusal):
    code = "bank_known"
    status = 409


class CheckedField(Refusal):
    """What an officer has confirmed from the licence; `fields` names it."""

    code = "checked_field"


class FirmUnconfirmed(Refusal):
    code = "firm_unconfirmed"
    status = 409


class OrganAsGuarantor(Refusal):
    code = "organ_as_guarantor"


class UnlicensedName(Refusal):
    code = "unlicensed_name"


# --- papers --------------------------------------------------------------------------------------------------------
class NotAPaper(Refusal):
    """Neither a PDF, a picture nor a workbook by its first bytes."""

    code = "not_a_paper"
    status = 415


class StoreFull(Refusal):
    """The firm's vault has no room: `what` (mib or files), `most`."""

    code = "store_full"
    status = 413


class PaperDamaged(Refusal):
    """What lies in the store is not what was handed in."""

    code = "paper_damaged"
    status = 500


class OtherFirms(Refusal):
    """A workbook of `count` firms where one was expected."""

    code = "other_firms"


# --- credit and guarantees -----------------------------------------------------------------------------------------
class NoFacts(Refusal):
    code = "no_facts"


class NotEligible(Refusal):
    """A hard gate failed; `gates` names each."""

    code = "not_eligible"


class Eligible(Refusal):
    """Every gate is passed: only the committee may say no."""

    code = "eligible"
    status = 409


class LimitReached(Refusal):
    code = "limit_reached"
    status = 409


class NoGuarantor(Refusal):
    code = "no_guarantor"


class NoQuorum(Refusal):
    code = "no_quorum"
    status = 409


class CountDecides(Refusal):
    """The chair may not seal or defer against the count of votes."""

    code = "count_decides"
    status = 409


class Tied(Refusal):
    """A member with a tie neither reads nor votes (回避)."""

    code = "tied"
    status = 403


class NotSeated(Refusal):
    code = "not_seated"
    status = 403


class TooFewMembers(Refusal):
    code = "too_few_members"


class OneChair(Refusal):
    """A meeting has exactly one chair; `found` says how many were named."""

    code = "one_chair"


class NotDecided(Refusal):
    """A meeting closes only with a result for each case; `cases` are the numbers still open."""

    code = "not_decided"
    status = 409


class PastDay(Refusal):
    code = "past_day"


# --- matching, sessions, offers ------------------------------------------------------------------------------------
class NoMatch(Refusal):
    code = "no_match"


class NoConsent(Refusal):
    code = "no_consent"


class NotAPeriod(Refusal):
    """A consent for fewer than one day or more than a year; `most` names the days."""

    code = "not_a_period"


class NoTable(Refusal):
    code = "no_table"


class BeyondNeed(Refusal):
    """An offer above what was asked for or guaranteed (I-22)."""

    code = "beyond_need"


class ForbiddenCondition(Refusal):
    """Tied deposits and bundled sales (以贷转存、存贷挂钩) have no place in an offer."""

    code = "forbidden_condition"


class OfferOver(Refusal):
    code = "offer_over"
    status = 409


# --- the journal ---------------------------------------------------------------------------------------------------
class ChainBroken(Refusal):
    code = "chain_broken"
    status = 500


# --- spreadsheets handed in ----------------------------------------------------------------------------------------
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


# --- the running of the platform -----------------------------------------------------------------------------------
class DatabaseInUse(Refusal):
    code = "database_in_use"
    status = 503


class DatabaseAway(Refusal):
    """Nothing answers at `where`."""

    code = "database_away"
    status = 503


class DatabaseOld(Refusal):
    code = "database_old"
    status = 503


class NotEmpty(Refusal):
    code = "not_empty"
    status = 409


class FolderTaken(Refusal):
    """A folder that holds something else is never written into."""

    code = "folder_taken"


class BackupDamaged(Refusal):
    code = "backup_damaged"


class BackupOfOtherVersion(Refusal):
    """The tables in the backup are those of version `found`, not of this program's `newest`."""

    code = "backup_of_other_version"
