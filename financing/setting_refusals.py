"""Why the answer is no about settings by date, and about the ways notices go."""

from __future__ import annotations

from financing.refusals import Refusal


class SettingBegun(Refusal):
    """A value for a day that has begun; `least` is the first day it could be for."""

    code = "setting_begun"


class SettingWaits(Refusal):
    """Another proposal of this figure waits for its decision; `who` made it."""

    code = "setting_waits"
    status = 409


class SettingSame(Refusal):
    """The value that is in force on that day anyway."""

    code = "setting_same"


class NotHolidays(Refusal):
    """A text that is no list of days; `line` is the first that cannot be read."""

    code = "not_holidays"


class OtherYear(Refusal):
    """A day that belongs to no arrangement of this `year`."""

    code = "other_year"


class NotAnAddress(Refusal):
    """What was typed as an e-mail address is none, or one that mail cannot be sent to safely."""

    code = "not_an_address"


class NotAHook(Refusal):
    """The address of a robot that is not https, or whose host is not on the operator's list; `hosts` is that list."""

    code = "not_a_hook"


class SecretShort(Refusal):
    """A robot of no known system must be given a secret of `least` characters, or its receiver could not tell us from others."""

    code = "secret_short"


class CodeWrong(Refusal):
    """Not the code that was sent; `left` tries remain."""

    code = "code_wrong"


class CodeOver(Refusal):
    """The code is too old, or was guessed at too often."""

    code = "code_over"


class MailNotSetUp(Refusal):
    """The operator has not said by which server mail goes out."""

    code = "mail_not_set_up"
    status = 409


class StopLinkBroken(Refusal):
    """A stop link that is not of our making, or was cut on its way."""

    code = "stop_link_broken"
    status = 404
