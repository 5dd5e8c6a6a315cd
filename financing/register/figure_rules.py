"""How figures typed for a month move (月报填报数): one types, another confirms. No database."""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


class FiguresState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    TURNED_DOWN = "turned_down"


FIGURES_FLOW = Flow(
    start=FiguresState.PROPOSED,
    steps={
        (FiguresState.PROPOSED, Act.CONFIRM_FIGURES): FiguresState.CONFIRMED,
        (FiguresState.PROPOSED, Act.TURN_DOWN_FIGURES): FiguresState.TURNED_DOWN,
    },
)
