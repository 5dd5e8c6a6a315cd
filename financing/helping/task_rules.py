"""Tasks (任务): what somebody has to do by a day, from minutes of an appointment or from a dispatch meeting. No database here."""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


class TaskState(StrEnum):
    OPEN = "open"
    PROVED = "proved"  # its owner says that it is done, and shows it
    DONE = "done"
    DROPPED = "dropped"


class TaskSource(StrEnum):
    """What a task comes from."""

    MINUTES = "minutes"  # of an appointment
    DISPATCH = "dispatch"  # a dispatch meeting


T = TaskState
TASK_FLOW = Flow(
    start=T.OPEN,
    steps={
        (T.OPEN, Act.PROVE_TASK): T.PROVED,
        (T.PROVED, Act.ACCEPT_TASK): T.DONE,
        (T.PROVED, Act.RETURN_TASK): T.OPEN,
        (T.OPEN, Act.DROP_TASK): T.DROPPED,
        (T.PROVED, Act.DROP_TASK): T.DROPPED,
    },
)
