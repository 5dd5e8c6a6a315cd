"""Why the answer is no about inspections and visits."""

from __future__ import annotations

from financing.refusals import Refusal


class QuietDay(Refusal):
    """`day` is one of the quiet days `first` to `last` of every month; `free` is the next day that is not."""

    code = "quiet_day"
    status = 409


class ClosedDay(Refusal):
    """`day` is no working day; `free` is the next one."""

    code = "closed_day"
    status = 409


class DayTaken(Refusal):
    """`number` goes to the firm on this `day`: join it, or come on `free`."""

    code = "day_taken"
    status = 409


class InspectedThisYear(Refusal):
    """The `topic` was or will be inspected this year: `number` on `on`."""

    code = "inspected_this_year"
    status = 409


class WrongTopic(Refusal):
    """This `topic` does not belong to this `kind`."""

    code = "wrong_topic"


class PurposeOwed(Refusal):
    """A visit says what it is for, an urgent inspection what cannot wait."""

    code = "purpose_owed"


class NotYetThere(Refusal):
    """The result is recorded from the `day` on."""

    code = "not_yet_there"
    status = 409


class FirmNotOnFile(Refusal):
    """No firm with this code is on file."""

    code = "firm_not_on_file"


class JoinedAlready(Refusal):
    """This authority takes part with this topic already."""

    code = "joined_already"
    status = 409
