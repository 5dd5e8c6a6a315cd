"""Offers beyond an officer's own right: the branch head releases one need up to an amount (放行), and only then they pass."""

from __future__ import annotations

from sqlalchemy import func

from financing.acts import Act
from financing.bank_refusals import NotTheHead
from financing.desk import Desk
from financing.matching.model import Match, OfferRelease
from financing.money import Fen
from financing.parties import rights


def release(desk: Desk, match: Match, most: Fen) -> OfferRelease:
    """Let the bank's officers offer up to `most` on this need; NotTheHead for anybody else, or beyond the head's right."""
    own = rights.of(desk, desk.actor.id)
    if own is None or not own.heads or most <= Fen(0) or (own.most is not None and most > own.most):
        raise NotTheHead
    desk.note(Act.RELEASE_OFFER, match, most=most)
    given = OfferRelease(
        match_id=match.id, bank_id=match.bank_id, most=most, given_at=desk.now, given_by=desk.actor.id,
        given_by_name=desk.actor.name,
    )  # fmt: skip
    return desk.add(given)


def released(desk: Desk, match: Match) -> Fen | None:
    """How far this need has been released, if it has."""
    query = desk.select(OfferRelease).with_only_columns(func.max(OfferRelease.most))
    found: Fen | None = desk.session.scalar(query.where(OfferRelease.match_id == match.id))
    return found


def reaches(desk: Desk, match: Match, amount: Fen) -> bool:
    """Whether the person at the desk may offer this much on this need, alone or as far as released."""
    return rights.reaches(desk, amount, released(desk, match))


def check(desk: Desk, match: Match, amount: Fen) -> None:
    """What every offer passes through: NoRight or BeyondRight unless the officer may offer this much on this need."""
    rights.check(desk, amount, released(desk, match))
