"""Appointments with leaders (约见): times that are offered, how an appointment moves, within which days. No database here."""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


class SlotState(StrEnum):
    """A time a leader offers."""

    OPEN = "open"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"


SLOT_FLOW = Flow(
    start=SlotState.OPEN,
    steps={(SlotState.OPEN, Act.WITHDRAW_SLOT): SlotState.WITHDRAWN},
    follows={
        (SlotState.OPEN, Act.BOOK_SLOT): SlotState.TAKEN,
        (SlotState.OPEN, Act.SHIFT_APPOINTMENT): SlotState.TAKEN,
        (SlotState.TAKEN, Act.SHIFT_APPOINTMENT): SlotState.OPEN,
        (SlotState.TAKEN, Act.CANCEL_APPOINTMENT): SlotState.OPEN,
        (SlotState.TAKEN, Act.REFER_APPOINTMENT): SlotState.OPEN,
    },
)


class AppointmentState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    REFERRED = "referred"  # to the helper, as a request
    HELD = "held"
    FIRM_MISSED = "firm_missed"
    LEADER_MISSED = "leader_missed"
    CANCELLED = "cancelled"


A = AppointmentState
APPOINTMENT_FLOW = Flow(
    start=A.ASKED,
    steps={
        (A.ASKED, Act.ACCEPT_APPOINTMENT): A.ACCEPTED,
        (A.ASKED, Act.REFER_APPOINTMENT): A.REFERRED,
        (A.ASKED, Act.CANCEL_APPOINTMENT): A.CANCELLED,
        (A.ASKED, Act.SHIFT_APPOINTMENT): A.ACCEPTED,
        (A.ACCEPTED, Act.SHIFT_APPOINTMENT): A.ACCEPTED,
        (A.ACCEPTED, Act.CANCEL_APPOINTMENT): A.CANCELLED,
        (A.ACCEPTED, Act.HOLD_APPOINTMENT): A.HELD,
        (A.ACCEPTED, Act.MISS_BY_FIRM): A.FIRM_MISSED,
        (A.ACCEPTED, Act.MISS_BY_LEADER): A.LEADER_MISSED,
        (A.HELD, Act.SET_TASK): A.HELD,
    },
)
STANDING = (A.ASKED, A.ACCEPTED)
