"""The clock of the rounds (轮次计时): an officer starts it, stops it and calls the next round; every screen shows the same."""

from __future__ import annotations

from financing.acts import Act
from financing.desk import Desk
from financing.forums.day_model import RoundClock
from financing.forums.day_rules import left
from financing.forums.model import ForumSession
from financing.session_refusals import LastRound


def put_up(desk: Desk, session: ForumSession) -> RoundClock:
    """The clock of a session that begins: before its first round."""
    return desk.add(RoundClock(session_id=session.id, seconds=60 * session.minutes))


def start(desk: Desk, clock: RoundClock) -> None:
    """The first round begins, or a stopped one goes on."""
    desk.take(Act.START_CLOCK, clock, round=max(1, clock.round))
    clock.round, clock.since = max(1, clock.round), desk.now


def stop(desk: Desk, clock: RoundClock) -> None:
    """Stand still with what is left."""
    desk.take(Act.STOP_CLOCK, clock, round=clock.round)
    clock.seconds, clock.since = left(clock.seconds, clock.since, desk.now), None


def next_round(desk: Desk, clock: RoundClock) -> None:
    """The next round begins with its full time; LastRound after the last."""
    session = desk.get(ForumSession, clock.session_id)
    if clock.round >= session.rounds:
        raise LastRound(rounds=session.rounds)
    desk.take(Act.NEXT_ROUND, clock, round=clock.round + 1)
    clock.round, clock.seconds, clock.since = clock.round + 1, 60 * session.minutes, desk.now
