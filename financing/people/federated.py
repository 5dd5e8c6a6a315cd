"""Accounts linked to an identity of the zone's provider (统一身份): linked by an administrator, confirmed by the person, good for signing in and nothing else."""

from __future__ import annotations

from financing.acts import Act
from financing.desk import Desk
from financing.people import alerts, factors, sessions, tries
from financing.people.model import User
from financing.people.service import Desks
from financing.refusals import NotFound
from financing.sign_refusals import Asleep, IdentityTaken, NothingLinked, NotLinked


def link(desk: Desk, user: User, identity: str) -> None:
    """Put an identity to somebody else's account; it opens nothing until the person has confirmed it. IdentityTaken."""
    if user.id == desk.actor.id:
        raise NotFound(kind="User")  # two people: who links is never who confirms
    with desk.all_seeing() as whole:
        if whole.find(User, User.identity == identity, User.id != user.id) is not None:
            raise IdentityTaken(field="subject")
    if user.identity != identity:
        user.identity, user.identity_at = identity, None
    desk.note(Act.LINK_IDENTITY, user)
    alerts.changed(desk, user, Act.LINK_IDENTITY)


def unlink(desk: Desk, user: User) -> None:
    """The identity opens this account no more, and its sessions end at once; NothingLinked."""
    if user.identity is None:
        raise NothingLinked
    user.identity = user.identity_at = None
    sessions.end(desk, user.id)
    desk.note(Act.UNLINK_IDENTITY, user)
    alerts.changed(desk, user, Act.UNLINK_IDENTITY)


def confirm(desk: Desk, user: User) -> None:
    """The person, signed in by their own password, says that the identity is theirs; NothingLinked."""
    if user.identity is None or user.identity_at is not None:
        raise NothingLinked
    user.identity_at = desk.now
    desk.note(Act.CONFIRM_IDENTITY, user)
    alerts.changed(desk, user, Act.CONFIRM_IDENTITY)


def come_in(
    desks: Desks, identity: str, subject: str, address: str, *, agent: str, strict: bool, strong: bool, former: str
) -> str:
    """A new session's token for whom the provider vouches; `strong`: it has asked for a second factor, so ours is not asked too.

    No account is ever made here. Errors: TooManyTries, NotLinked (also for a link not confirmed and a closed account), Asleep.
    """
    with desks() as desk:
        tries.ask(desk, address, "identity")
    with desks() as desk, desk.all_seeing() as whole:
        user = whole.find(User, User.identity == identity, User.identity_at.is_not(None), User.active.is_(True))
        if user is None:
            raise NotLinked(subject=subject)
        if user.slept_at is not None:
            raise Asleep
        desk.session.refresh(user, with_for_update=True)
        alerts.unusual(desk, user, agent)
        user.used_at = desk.now
        desk.note(Act.SIGN_IN, user, by="provider")
        waits = None if strong else factors.waits(desk, user, strict=strict)
        return sessions.begin(desk, user, address, agent, waits, former)
