"""Why the answer is no to a reading in an emergency."""

from __future__ import annotations

from financing.refusals import Refusal


class FirmUnknown(Refusal):
    """No firm of the zone has this credit code; shown at `field`."""

    code = "emergency_firm_unknown"


class EmergencyStands(Refusal):
    """One reading of a firm at a time: another one waits or is open."""

    code = "emergency_stands"
    status = 409


class EmergencyOver(Refusal):
    """It is not open yet, or its time is over: nothing is read."""

    code = "emergency_over"
    status = 409
