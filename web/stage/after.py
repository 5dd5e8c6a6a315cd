"""What happens on stage after the signature: loans on record, checks and warnings, uses of the bridge fund, claims, reserves, conduct of banks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from web.stage import after_bridge, after_claims, after_conduct, after_loans, after_reserves, after_watch
from web.stage.player import Player
from web.stage.road import Stage

Play = Callable[[datetime], object]


def scenes(
    stage: Stage, players: Sequence[Player], day: Callable[..., datetime], today: date, password_hash: str
) -> Iterable[tuple[datetime, Play]]:
    """When and what; `day` is a moment so many days ago, at an hour and minute."""
    yield (
        day(1, 19),
        lambda now: after_loans.lend(stage, now, {p.actor.firm_id: p.actor for p in players if p.actor.firm_id}),
    )
    yield from after_watch.scenes(stage, day)
    yield from after_claims.scenes(stage, day, today, password_hash)
    yield from after_reserves.scenes(stage, day)
    yield from after_conduct.scenes(stage, players, day)
    for ago, hour, minute, play in after_bridge.steps(stage, players, password_hash):
        yield day(ago, hour, minute), play
