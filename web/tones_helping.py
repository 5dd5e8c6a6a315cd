"""How states of helping firms look (状态徽章)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from financing.helping.task_rules import TaskState
from web.looks import GOOD, MOVING, OVER, WAITING, Look

HELPING_LOOKS: Mapping[type[StrEnum], Mapping[StrEnum, Look]] = {
    TaskState: {TaskState.OPEN: MOVING, TaskState.PROVED: WAITING, TaskState.DONE: GOOD, TaskState.DROPPED: OVER},
}
