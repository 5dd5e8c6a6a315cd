"""Posts of the ladder (岗位): who is told of late steps, from which day on; set by the administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from financing.access import Role, require
from financing.acts import Act
from financing.clock_refusals import NotOnDuty, PastStart
from financing.clocks.model import Post
from financing.clocks.rules import Rung
from financing.desk import Desk
from financing.people.model import User

#: Who is told where nobody holds the post.
FALLBACK = {
    Rung.HELPER: Role.OFFICER,
    Rung.SECTION: Role.OFFICER,
    Rung.DIRECTOR: Role.LEADER,
    Rung.LEADER: Role.LEADER,
}
HOLDERS = (Role.OFFICER, Role.LEADER)


@dataclass(frozen=True, slots=True)
class Held:
    """One line of the history of a post."""

    rung: Rung
    name: str  # empty: nobody
    since: date
    now: bool


def give(desk: Desk, rung: Rung, user: User | None, since: date) -> Post:
    """Put somebody on a post from a day on, or leave it to the role. NotOnDuty, PastStart."""
    require(desk.actor, Act.SET_POST, None)
    if user is not None and (not user.active or user.role not in HOLDERS):
        raise NotOnDuty
    if since < desk.today:
        raise PastStart
    post = desk.add(
        Post(rung=rung, user_id=user.id if user else None, since=since, set_by=desk.actor.id, set_at=desk.now)
    )
    desk.session.flush()
    desk.note(Act.SET_POST, post, rung=rung, user=user.id if user else None, since=since)
    return post


def holder(desk: Desk, rung: Rung, on: date) -> int | None:
    """Whose post it is on a day, with a working account; None when it is the role's."""
    last = (
        select(Post).where(Post.rung == rung, Post.since <= on).order_by(Post.since.desc(), Post.set_at.desc()).limit(1)
    )
    post = desk.session.scalar(last)
    user = desk.session.get(User, post.user_id) if post and post.user_id else None
    return user.id if user is not None and user.active else None


def history(desk: Desk) -> list[Held]:
    """Every post with who holds it, held it or will, rung by rung, the newest first."""
    names = {user.id: user.name for user in desk.all(User)}
    posts = desk.all(Post, by=(Post.since.desc()))
    posts.sort(key=lambda one: (tuple(Rung).index(one.rung), -one.since.toordinal(), -one.set_at.timestamp()))
    begun: set[Rung] = set()
    found = []
    for one in posts:
        current = one.since <= desk.today and one.rung not in begun
        if current:
            begun.add(one.rung)
        found.append(Held(one.rung, names.get(one.user_id or 0, ""), one.since, current))
    return found


def people(desk: Desk) -> list[User]:
    """Who can hold a post."""
    return desk.all(User, User.role.in_(HOLDERS), User.active, by=User.name)
