"""Why the answer is no about the people of the committee: what they declare, and experts called by lot."""

from __future__ import annotations

from financing.refusals import Refusal


class NotDeclared(Refusal):
    """Nobody votes before declaring their interests for the year (F99)."""

    code = "not_declared"
    status = 409


class NotALine(Refusal):
    """A line of a declaration that cannot be read: `field` names the box, `given` the line."""

    code = "not_a_line"


class NothingStated(Refusal):
    """A first declaration states interests or that there are none, never both; a later one adds something."""

    code = "nothing_stated"


class ExpertKnown(Refusal):
    """The account stands on the register of experts already."""

    code = "expert_known"
    status = 409


class NoExperts(Refusal):
    """Nobody stood on the register when the meeting was called."""

    code = "no_experts"
    status = 409


class NotDrawn(Refusal):
    """A meeting with experts on the register begins only once lots have been drawn."""

    code = "not_drawn"
    status = 409


class DrawnAlready(Refusal):
    """Lots are drawn once; again only to replace those drawn who cannot come."""

    code = "drawn_already"
    status = 409
