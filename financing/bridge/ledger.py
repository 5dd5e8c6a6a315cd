"""The book of a pool (资金流水): the only place where its counters move, and the proof that they are the sums of its lines (F52)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from financing.bridge.model import BridgeMove, BridgePool, BridgePosting, BridgeUse
from financing.bridge.rules import PATHS, Cause, Pot
from financing.bridge_refusals import PoolShort
from financing.db import fen_sum
from financing.desk import Desk
from financing.money import Fen

#: Pots that are counters of a pool; what lies outside of them has none.
COUNTED = (Pot.FREE, Pot.RESERVED, Pot.IN_USE, Pot.LOST, Pot.FEES)
Sums = dict[str, Fen]


@dataclass(frozen=True, slots=True)
class For:
    """What a line is for: a use with its firm and bank, and the move that two people agreed on."""

    use: BridgeUse | None = None
    move: BridgeMove | None = None


def of(desk: Desk, key: int) -> BridgePool:
    """A pool by its id, whoever acts: firms and banks move its money and may not look at it."""
    return desk.session.get_one(BridgePool, key)


def hold(desk: Desk, pool: BridgePool) -> None:
    """Lock the pool until the commit, and see it as it is then: lines come one after the other."""
    desk.session.flush()
    desk.session.refresh(pool, with_for_update=True)


def post(
    desk: Desk, pool: BridgePool, cause: Cause, amount: Fen, *, on: date, by: int, confirmed_by: int | None, of: For
) -> BridgePosting:
    """Write one line and move the counters, under lock; PoolShort when the pot it comes from holds less. Nothing is written then."""
    hold(desk, pool)
    source, target = PATHS[cause]
    if source in COUNTED and getattr(pool, source.value) < amount:
        raise PoolShort(pool=pool.name, asked=amount, free=getattr(pool, source.value))
    for pot, change in ((source, -amount), (target, amount)):
        if pot in COUNTED:
            setattr(pool, pot.value, getattr(pool, pot.value) + change)
        elif pot is Pot.OWNER and cause is not Cause.FEE_OUT:
            pool.capital -= change
    line = desk.add(
        BridgePosting(
            pool_id=pool.id, cause=cause, source=source, target=target, amount=amount, on=on, at=desk.now, by=by,
            confirmed_by=confirmed_by, use_id=of.use.id if of.use else None, firm_id=of.use.firm_id if of.use else None,
            bank_id=of.use.bank_id if of.use else None, move_id=of.move.id if of.move else None,
        )
    )  # fmt: skip
    desk.session.flush()  # the CHECKs have the last word, and they speak here
    return line


def differences(session: Session) -> dict[int, Sums]:
    """Pools whose counters are not the sums of their lines, with counter less sum by pot; empty when all is well."""
    sums = balances(session)
    found = {
        pool.id: {name: getattr(pool, name) - sums.get(pool.id, nothing())[name] for name in nothing()}
        for pool in session.scalars(select(BridgePool))
    }
    return {key: gap for key, gap in found.items() if any(gap.values())}


def balances(session: Session, day: date | None = None) -> Mapping[int, Sums]:
    """Each pool as its lines say it stood at the end of a day, or stands now: its pots, its capital, and what came back in all."""
    p = BridgePosting
    query = select(p.pool_id, p.cause, fen_sum(p.amount)).group_by(p.pool_id, p.cause)
    held: dict[int, Sums] = defaultdict(nothing)
    for pool, cause, amount in session.execute(query if day is None else query.where(p.on <= day)):
        add(held[pool], cause, amount)
    return held


def add(sums: Sums, cause: Cause, amount: Fen) -> None:
    """Count one line, or the sum of many of one cause."""
    for pot, change in zip(PATHS[cause], (-amount, amount), strict=True):
        if pot in COUNTED:
            sums[pot.value] += change
        elif pot is Pot.OWNER and cause is not Cause.FEE_OUT:
            sums["capital"] -= change


def nothing() -> Sums:
    return {"capital": Fen(0), **{pot.value: Fen(0) for pot in COUNTED}}
