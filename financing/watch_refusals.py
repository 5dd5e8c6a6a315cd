"""Why the answer is no about checks and warnings."""

from __future__ import annotations

from financing.refusals import Refusal


class NoSecondVisitor(Refusal):
    """A check is made by two people, and nobody else, or the visitor alone, was named."""

    code = "no_second_visitor"


class FewPapers(Refusal):
    """A visit without the photos it needs: at least `least` of that day or later."""

    code = "few_papers"


class NotItsSecurity(Refusal):
    """The counter-guarantee named is none of this firm's that stands in a register."""

    code = "not_its_security"


class ItemsOwed(Refusal):
    """A visit says something of each `items`; a thing that is not fine asks for a word."""

    code = "items_owed"
