"""How the states of meetings of the rhythm and of the bulletin look."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from financing.bulletins.rules import BulletinState
from financing.cadence.rules import DispatchState
from web.looks import DRAFT, GOOD, OVER, PLANNED, WAITING, Look

RHYTHM_LOOKS: Mapping[type[StrEnum], Mapping[StrEnum, Look]] = {
    DispatchState: dict(zip(DispatchState, (PLANNED, WAITING, GOOD, OVER), strict=True)),
    BulletinState: dict(zip(BulletinState, (DRAFT, WAITING, GOOD, OVER), strict=True)),
}
