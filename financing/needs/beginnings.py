"""What a need begins from and where it could lead: the last one asked for, the one that waits, and how far the shelves go."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func

from financing.desk import Desk
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties.model import Product


def latest(desk: Desk) -> Need | None:
    """The need the firm at the desk asked for last, which the next one begins from."""
    mine = desk.select(Need).order_by(Need.drafted_on.desc(), Need.number.desc()).limit(1)
    return desk.session.scalar(mine) if desk.actor.firm_id else None


def to_hand_in(desk: Desk) -> int | None:
    """The need of the firm at the desk that waits to be handed in, the newest; the way back from its papers leads there."""
    if not desk.actor.firm_id:
        return None
    mine = desk.select(Need, Need.id).where(Need.state.in_((NeedState.DRAFT, NeedState.RETURNED)))
    found: int | None = desk.session.scalar(mine.order_by(Need.drafted_on.desc(), Need.number.desc()).limit(1))
    return found


@dataclass(frozen=True, slots=True)
class Reach:
    """What the banks' shelves of today reach: the least and the most of any product, the longest term; None without products."""

    least: Fen
    most: Fen
    longest: int

    def fits(self, amount: Fen, months: int) -> bool:
        return self.least <= amount <= self.most and months <= self.longest


def reach(desk: Desk) -> Reach | None:
    """How far the products on the shelves go, whoever of them would fit; said to the firm before it hands in."""
    offered = desk.select(Product).where(
        Product.withdrawn_at.is_(None), Product.valid_from <= desk.today, Product.valid_until >= desk.today
    )
    bounds = offered.with_only_columns(func.min(Product.least), func.max(Product.most), func.max(Product.longest))
    least, most, longest = desk.session.execute(bounds).one()
    return None if least is None else Reach(least, most, longest)
