"""What happens on stage in helping firms: policies, helpers, dispatch meetings, bulletins, events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import TypeAlias

from web.stage import emergencies, help_events, help_inspections, help_policies, helped_rhythm, helping, rights
from web.stage.player import Player
from web.stage.road import Stage

Scenes: TypeAlias = Iterable[tuple[datetime, Callable[[datetime], object]]]
Day: TypeAlias = Callable[..., datetime]

#: Each tells when and what; `day` is a moment so many days ago, at an hour and minute.
PLAYS: tuple[Callable[[Stage, Sequence[Player], Day], Scenes], ...] = (
    # policies
    help_policies.scenes,
    # helpers
    helping.scenes,
    # dispatch meetings and bulletins
    helped_rhythm.scenes,
    # events, inspections and charges
    help_events.scenes,
    help_inspections.scenes,
    # reading in an emergency
    emergencies.scenes,
    # rights of people and firms
    rights.scenes,
)


def scenes(stage: Stage, players: Sequence[Player], day: Day) -> Scenes:
    """All of them."""
    return chain.from_iterable(play(stage, players, day) for play in PLAYS)
