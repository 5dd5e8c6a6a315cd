"""What is shown of a telephone number, an identity card or a bank account to whoever need not dial, check or pay (遮盖, C-46, 14.2.6)."""

from __future__ import annotations

import re

from financing.roles import Actor, Role

#: Who rings firms, or is the firm: everybody else sees a number's ends alone, and says why before more is shown.
DIALS = frozenset({Role.VISITOR, Role.CLERK, Role.SIGNATORY, Role.OFFICER, Role.LEADER, Role.BANKER, Role.SYSTEM})
IDENTITY = re.compile(r"\d{17}[\dXx]")
MOBILE = re.compile(r"1\d{10}")


def phone(number: str) -> str:
    """138****1234; of another number its last four digits."""
    if MOBILE.fullmatch(number):
        return f"{number[:3]}****{number[-4:]}"
    return _ends(number, 0, 4)


def identity(number: str) -> str:
    """362***********1234: district and last four."""
    return _ends(number, 3, 4)


def account(number: str) -> str:
    """Of a bank account the last four digits."""
    return _ends(number, 0, 4)


def phone_for(actor: Actor, number: str) -> str:
    """A telephone number as this reader sees it."""
    return number if actor.role in DIALS or not number else phone(number)


def _ends(number: str, first: int, last: int) -> str:
    """A short one is covered whole: half of it would tell the rest."""
    if len(number) <= first + last + 2:
        return "*" * len(number)
    covered = re.sub(r"\w", "*", number[first : len(number) - last])
    return number[:first] + covered + number[-last:]
