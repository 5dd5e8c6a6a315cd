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


# --- who and where ----------------------------------------------------------------------------------------------------
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
    """`account` is for the log alone, 0 for none of that name: who asks is told the same either way."""

    code = "wrong_sign_in"

    def __init__(self, account: int = 0, **facts: object) -> None:
        super().__init__(**facts)
        self.account = account


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


# --- states and versions ----------------------------------------------------------------------------------------------
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


class StoreAway(Busy):
    """The database does not answer, or broke off in the middle: nothing was changed."""

    code = "store_away"


class DiskFull(Busy):
    """There is no room left to write; what is there can be read."""

    code = "disk_full"


class TooLarge(Refusal):
    code = "too_large"
    status = 413


# --- values -----------------------------------------------------------------------------------------------------------
class NotAnAmount(Refusal):
    code = "not_an_amount"


class NotARate(Refusal):
    code = "not_a_rate"


class NotACode(Refusal):
    code = "not_a_code"


class CodeMistyped(NotACode):
    """A credit code with look-alikes in it; `suggestion` is the one reading that is sound."""

    code = "code_mistyped"


class Contradiction(Refusal):
    """`field` and `other` cannot both be true."""

    code = "contradiction"


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


# --- the journal ------------------------------------------------------------------------------------------------------
class ChainBroken(Refusal):
    code = "chain_broken"
    status = 500


# --- the running of the platform --------------------------------------------------------------------------------------
class DatabaseInUse(Refusal):
    code = "database_in_use"
    status = 503


class DatabaseAway(Refusal):
    """Nothing answers at `where`."""

    code = "database_away"
    status = 503


class DatabaseDamaged(Refusal):
    """What lies at `where` is damaged, or no database."""

    code = "database_damaged"
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
