"""Why the answer is no about what a guarantee costs, what is asked in return, and who bears a loss."""

from __future__ import annotations

from financing.refusals import Refusal


class NoPrice(Refusal):
    """The published table of cover and fee has no row for the `grade`."""

    code = "no_price"


class SharesDoNotAdd(Refusal):
    """Shares of a loss come to `total`, which is `gap` away from the whole."""

    code = "shares_do_not_add"


class AboveSecurityCap(Refusal):
    """More security than the `grade` may be asked for: the kind is not on the list, or things are worth more than `most`."""

    code = "above_security_cap"


class SecurityFixed(Refusal):
    """What a firm is asked for is fixed once its case is on an agenda."""

    code = "security_fixed"
    status = 409


class SecurityStands(Refusal):
    """Waiving everything, or asking for more, while the opposite stands on the list."""

    code = "security_stands"
    status = 409


class GuaranteeStands(Refusal):
    """Security is not let go while its guarantee still takes up limits."""

    code = "guarantee_stands"
    status = 409


class OtherUnnamed(Refusal):
    """One more party bears a part and has no name, or has a name and bears nothing."""

    code = "other_unnamed"


class NotRegistrable(Refusal):
    """This kind of security is not entered in any register."""

    code = "not_registrable"
