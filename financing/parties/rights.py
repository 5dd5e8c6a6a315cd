"""Who at a bank may offer how much alone (报价权限): given by the bank's own administrator, journalled, never overwritten.

A bank that has given no rights is not limited by the platform; once it gives the first, an officer without one offers nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from financing.access import Role, require
from financing.acts import Act
from financing.bank_refusals import BeyondRight, NoRight, NotAnOfficer
from financing.desk import Desk
from financing.money import Fen
from financing.parties.model import OfferRight
from financing.parties.rules import within_right
from financing.people.model import User


@dataclass(frozen=True, slots=True)
class Holder:
    """A bank officer with the right held now, if any."""

    id: int
    name: str
    active: bool
    right: OfferRight | None


def give(desk: Desk, user: User, *, most: Fen | None, heads: bool = False) -> OfferRight:
    """Let an officer of one's own bank offer up to so much alone, None for no bound; the former right ends."""
    require(desk.actor, Act.GIVE_RIGHT, user)
    if user.role is not Role.BANKER or not user.active or user.bank_id is None:
        raise NotAnOfficer
    desk.session.refresh(user, with_for_update=True)  # one right at a time for one person
    former = of(desk, user.id)
    given = OfferRight(
        bank_id=user.bank_id, user_id=user.id, number=former.number + 1 if former else 1, most=most, heads=heads,
        given_at=desk.now, given_by=desk.actor.id,
    )  # fmt: skip
    desk.add(given)
    desk.session.flush()
    desk.note(Act.GIVE_RIGHT, given, user=user.id, most=most, heads=heads)
    return given


def of(desk: Desk, user_id: int) -> OfferRight | None:
    """The right a person holds now."""
    given = desk.all(OfferRight, OfferRight.user_id == user_id, by=OfferRight.number.desc())
    return given[0] if given else None


def heads(desk: Desk) -> bool:
    """Whether the person at the desk is head of the branch."""
    own = of(desk, desk.actor.id)
    return own is not None and own.heads


def heads_up_to(desk: Desk, amount: Fen) -> list[int]:
    """The ids of those who head the branch with a right that reaches the amount; also of accounts closed since."""
    newest = {right.user_id: right for right in desk.all(OfferRight, by=OfferRight.number)}
    return [one.user_id for one in newest.values() if one.heads and (one.most is None or amount <= one.most)]


def reaches(desk: Desk, amount: Fen, released: Fen | None = None) -> bool:
    """Whether the person at the desk may offer the amount, alone or as far as released."""
    kept = desk.find(OfferRight, OfferRight.bank_id == desk.actor.bank_id) is not None
    own = of(desk, desk.actor.id)
    return within_right(amount, kept=kept, held=own is not None, most=own.most if own else None, released=released)


def check(desk: Desk, amount: Fen, released: Fen | None = None) -> None:
    """Nothing when the person at the desk may offer the amount, alone or as far as released; else NoRight, BeyondRight."""
    if reaches(desk, amount, released):
        return
    own = of(desk, desk.actor.id)
    if own is None:
        raise NoRight
    raise BeyondRight(field="amount", most=own.most)


def holders(desk: Desk) -> list[Holder]:
    """The officers of the bank with their rights, by name."""
    people = desk.all(User, User.role == Role.BANKER, by=User.name)
    return [Holder(one.id, one.name, one.active, of(desk, one.id)) for one in people]
