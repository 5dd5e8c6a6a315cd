"""What people hear of their own account (账号提醒): a changed factor or password, and a sign-in that is not like the ones before it."""

from __future__ import annotations

from financing.acts import Act
from financing.desk import Desk
from financing.people import rules, sessions, tries
from financing.people.model import User


def changed(desk: Desk, user: User, act: Act) -> None:
    """The person hears of a change of what they prove themselves by, whoever made it (ASVS 6.3.7)."""
    desk.later("notice", f"{act}:{user.id}:{desk.now.isoformat()}", to={"user": user.id}, code=act, subject=user.id)


def unusual(desk: Desk, user: User, agent: str, counter: str = "") -> None:
    """The person hears of a sign-in on a device not used lately, or right after guesses that were wrong (ASVS 6.3.5); no counter: nothing was guessed."""
    if (counter and tries.counted(desk, counter) > rules.FREE_TRIES) or _strange(desk, user, rules.device(agent)):
        changed(desk, user, Act.UNUSUAL_SIGN_IN)


def _strange(desk: Desk, user: User, device: str) -> bool:
    """Whether other devices were used lately and this one was not."""
    used = sessions.devices(desk, user.id)
    return bool(used) and device not in used
