"""A new password of one's own (修改密码): the present one first, and every other session ends."""

from __future__ import annotations

from financing.acts import Act
from financing.desk import Desk
from financing.people import alerts, passwords, sessions, tries
from financing.people.model import User
from financing.people.rules import Waits, Weakness
from financing.people.service import Desks, me, require_strong
from financing.refusals import WeakPassword
from financing.sign_refusals import HalfwayIn, WrongPassword


def change(desks: Desks, token: str, now: str, new: str, address: str) -> str:
    """The session's new token once the password is changed. Errors: TooManyTries, WrongPassword, WeakPassword, HalfwayIn.

    Two transactions with the slow comparison between them, as at sign-in: the try counts even when the answer is no.
    """
    with desks() as desk:
        user = me(desk)
        counter = tries.count(desk, f"password\n{user.id}", address, known=False)
        require_strong(desk, new, user.login, user.role, "password_new")
    if not passwords.fits(user.password_hash, now):
        raise WrongPassword(field="password_now")
    if new == now:
        raise WeakPassword(field="password_new", reason=Weakness.SAME)
    hashed = passwords.hashed(new)
    with desks() as desk:
        tries.forgive(desk, counter)
        return _put(desk, me(desk, lock=True), token, hashed)


def _put(desk: Desk, user: User, token: str, hashed: str) -> str:
    waits = sessions.at_hand(desk, token).waits
    if waits not in {None, Waits.PASSWORD}:
        raise HalfwayIn(waits=waits)
    user.password_hash, user.password_at = hashed, desk.now
    renewed = sessions.renew(desk, token, None)
    desk.session.flush()
    sessions.end(desk, user.id, but=renewed)
    desk.note(Act.CHANGE_PASSWORD, user)
    alerts.changed(desk, user, Act.CHANGE_PASSWORD)
    return renewed
