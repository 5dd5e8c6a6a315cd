"""The two seats (受理人): proposed by an administrator, confirmed by another person, each from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from financing.access import Role, require
from financing.acts import Act
from financing.clock_refusals import PastStart
from financing.conduct.model import HandlerPost
from financing.conduct.rules import Seat, SeatState
from financing.conduct_refusals import NotForThisSeat, OneSeatEach
from financing.desk import Desk
from financing.people.model import User

#: Who may sit where: a leader is no firm's officer, so somebody can always look.
FIT = {Seat.LEADING: (Role.LEADER,), Seat.SECOND: (Role.LEADER, Role.OFFICER)}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history of the seats; `acts` is what the person at the desk may do with it."""

    post: HandlerPost
    now: bool
    acts: tuple[Act, ...]


def propose(desk: Desk, seat: Seat, user: User | None, since: date) -> HandlerPost:
    """Put somebody forward for a seat, or nobody. NotForThisSeat, OneSeatEach, PastStart."""
    require(desk.actor, Act.PROPOSE_HANDLER, None)
    _fit(desk, seat, user)
    if since < desk.today:
        raise PastStart(field="since")
    post = desk.add(
        HandlerPost(
            seat=seat, user_id=user.id if user else None, name=user.name if user else "", since=since,
            proposed_at=desk.now, proposed_by=desk.actor.id, proposer=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.PROPOSE_HANDLER, post, seat=seat, user=post.user_id, since=since)
    desk.later("notice", f"handler:{post.id}", to={"role": "chair"}, code=Act.PROPOSE_HANDLER.value, subject=post.id)
    return post


def adopt(desk: Desk, post: HandlerPost) -> None:
    """Confirm: from its day on this person reads who reported, and whoever sat there before does not."""
    desk.session.refresh(post, with_for_update=True)
    require(desk.actor, Act.ADOPT_HANDLER, post)
    user = desk.session.get(User, post.user_id) if post.user_id else None
    _fit(desk, post.seat, user)
    desk.take(Act.ADOPT_HANDLER, post, seat=post.seat, user=post.user_id, since=post.since)
    _decided(desk, post)


def turn_down(desk: Desk, post: HandlerPost) -> None:
    desk.session.refresh(post, with_for_update=True)
    desk.take(Act.TURN_DOWN_HANDLER, post, seat=post.seat, user=post.user_id)
    _decided(desk, post)


def holders(desk: Desk) -> dict[Seat, int]:
    """Who sits where today."""
    return {seat: post.user_id for seat, post in _current(desk).items() if post.user_id}


def history(desk: Desk) -> list[Line]:
    """Every line, the newest first."""
    sitting = {post.id for post in _current(desk).values()}
    posts = desk.all(HandlerPost, by=HandlerPost.proposed_at.desc())
    return [Line(one, one.id in sitting, desk.acts(one)) for one in posts]


def people(desk: Desk) -> list[User]:
    """Who can sit on a seat."""
    return desk.all(User, User.role.in_(FIT[Seat.SECOND]), User.active, by=User.name)


def _current(desk: Desk) -> dict[Seat, HandlerPost]:
    where = (HandlerPost.state == SeatState.ADOPTED, HandlerPost.since <= desk.today)
    rows = desk.session.scalars(select(HandlerPost).where(*where).order_by(HandlerPost.since, HandlerPost.decided_at))
    return {post.seat: post for post in rows}


def _fit(desk: Desk, seat: Seat, user: User | None) -> None:
    if user is None:
        return
    if not user.active or user.role not in FIT[seat]:
        raise NotForThisSeat(field="person")
    other = [one for one in Seat if one is not seat]
    last = select(HandlerPost).where(HandlerPost.state == SeatState.ADOPTED, HandlerPost.seat.in_(other))
    beside = desk.session.scalars(last.order_by(HandlerPost.since.desc(), HandlerPost.decided_at.desc())).first()
    if beside is not None and beside.user_id == user.id:
        raise OneSeatEach(field="person")


def _decided(desk: Desk, post: HandlerPost) -> None:
    post.decided_at, post.decided_by, post.decider = desk.now, desk.actor.id, desk.actor.name
