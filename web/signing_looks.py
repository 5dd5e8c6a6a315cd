"""How states of readings in an emergency look (状态徽章)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from financing.emergencies.rules import EmergencyState
from web.looks import CARE, NO, OVER, WAITING, Look

SIGNING_LOOKS: Mapping[type[StrEnum], Mapping[StrEnum, Look]] = {
    EmergencyState: {
        EmergencyState.ASKED: WAITING,
        EmergencyState.OPEN: CARE,
        EmergencyState.ENDED: OVER,
        EmergencyState.TURNED_DOWN: NO,
        EmergencyState.WITHDRAWN: OVER,
    },
}
