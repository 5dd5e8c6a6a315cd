"""Why the answer is no at a sitting of the committee: the order of its agenda, cases put off, small cases of two officers."""

from __future__ import annotations

from financing.refusals import Refusal


class OutOfTurn(Refusal):
    """An earlier case of the agenda has no result yet (F114); `first` is its number."""

    code = "out_of_turn"
    status = 409


class InTurn(Refusal):
    """The case is next already, or was taken ahead before: there is nothing to jump."""

    code = "in_turn"
    status = 409


class PassedOver(Refusal):
    """Cases handed in earlier are ready and not on the agenda; `cases` are their numbers, and somebody has to say why."""

    code = "passed_over"


class TooLate(Refusal):
    """A day beyond what may be named; `last` is the last one."""

    code = "too_late"


class CountDecides(Refusal):
    """The chair may not seal or defer against the count of votes."""

    code = "count_decides"
    status = 409


class NotSmall(Refusal):
    """Beyond what two officers decide: the `line` with what is `borne` for the firm already, against the `most`."""

    code = "not_small"


class CommitteesOwn(Refusal):
    """Once delegated, tabled, or of a related party: two officers do not decide it (any more)."""

    code = "committees_own"
    status = 409


class TwoOfficers(Refusal):
    """Who brought a case or put it forward does not decide it too (I-20); `name` put it forward."""

    code = "two_officers"
    status = 403


class TooLateToCall(Refusal):
    """The days of calling in are over; `until` was the last."""

    code = "too_late_to_call"
    status = 409


class NotFinal(Refusal):
    """Members may still call a decision of two officers in, to the end of `until`."""

    code = "not_final"
    status = 409
