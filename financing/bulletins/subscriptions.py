"""What one person wants to read of the bulletin (订阅): topics and ways, changed at any time, stopped by one tap."""

from __future__ import annotations

from collections.abc import Iterable

from financing.access import require
from financing.acts import Act
from financing.bulletins.model import Subscription
from financing.bulletins.rules import Topic
from financing.cadence.service import hold
from financing.desk import Desk
from financing.notices.rules import Medium


def mine(desk: Desk) -> Subscription | None:
    """One's own choice."""
    return desk.find(Subscription, Subscription.user_id == desk.actor.id)


def choose(desk: Desk, topics: Iterable[Topic], media: Iterable[Medium]) -> Subscription:
    """Choose what to read and how; without a topic or a way nothing comes any more."""
    chosen, ways = sorted(map(str, topics)), sorted(map(str, media))
    require(desk.actor, Act.SUBSCRIBE, None)
    found = mine(desk)
    if found is None:
        found = desk.add(Subscription(user_id=desk.actor.id, topics=chosen, media=ways, since=desk.now))
    found.topics, found.media = chosen, ways
    found.ended_at = None if chosen and ways else desk.now
    desk.session.flush()
    desk.note(Act.SUBSCRIBE, found, topics=chosen, media=ways)
    return found


def stop(desk: Desk, subscription: Subscription) -> None:
    """What the signed link in a message does, for whoever follows it; stopping twice is stopping once."""
    hold(desk, subscription)
    if subscription.live:
        subscription.ended_at = desk.now
        desk.note(Act.STOP_BULLETINS, subscription)
