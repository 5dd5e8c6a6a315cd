"""Why the answer is no about incidents with personal data."""

from __future__ import annotations

from financing.refusals import Refusal


class NobodyKnown(Refusal):
    """There is no account, bank or kind of data called `given`."""

    code = "incident_nobody_known"


class NobodyFound(Refusal):
    """In this way nobody is found, or nobody is left to be told."""

    code = "incident_nobody_found"
    status = 409


class SpanWrong(Refusal):
    """An incident is found after it began and not in the future, and does not end before it began."""

    code = "incident_span"


class PartyTold(Refusal):
    """`name` was told or left out already."""

    code = "incident_party_told"
    status = 409


class PartiesUntold(Refusal):
    """`count` of the list were neither told nor left out."""

    code = "incident_parties_untold"
    status = 409


class ReportFirst(Refusal):
    """The authority has not been told."""

    code = "incident_report_first"
    status = 409
