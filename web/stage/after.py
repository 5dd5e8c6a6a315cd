"""What happens on stage after the signature: loans on record, checks and warnings, uses of the bridge fund."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from web.stage import after_bridge, after_loans, after_watch
from web.stage.player import Player
from web.stage.road import Stage

Play = Callable[[datetime], object]


def scenes(
    stage: Stage, players: Sequence[Player], day: Callable[..., datetime], password_hash: str
) -> Iterable[tuple[datetime, Play]]:
    """When and what; `day` is a moment so many days ago, at an hour and minute."""
    yield (
        day(1, 19),
        lambda now: after_loans.lend(stage, now, {p.actor.firm_id: p.actor for p in players if p.actor.firm_id}),
    )
    yield from after_watch.scenes(stage, day)
    for ago, hour, minute, play in after_bridge.steps(stage, players, password_hash):
        yield day(ago, hour, minute), play
