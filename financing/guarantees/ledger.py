"""The limit ledger (额度流水): every movement of every limit, and the proof that the counters are its sums (I-02)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from financing.db import fen_sum
from financing.desk import Desk
from financing.guarantees.model import Limit, Movement
from financing.guarantees.rules import Pot, Scope
from financing.money import Fen

Balances = dict[Pot, Fen]


class Cause(Protocol):
    """What a movement is for: a case of a firm."""

    @property
    def id(self) -> int: ...
    @property
    def firm_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Known:
    """A case known by its id alone."""

    id: int
    firm_id: int


def move(desk: Desk, limit: Limit, source: Pot, target: Pot, amount: Fen, case: Cause) -> None:
    """Take an amount from one pot of a limit and put it into another; nothing to move is no movement."""
    if not amount:
        return
    _shift(limit, source, -amount)
    _shift(limit, target, amount)
    desk.add(
        Movement(
            limit_id=limit.id, case_id=case.id, firm_id=case.firm_id, source=source, target=target, amount=amount,
            at=desk.now, by=desk.actor.id,
        )
    )  # fmt: skip


def _shift(limit: Limit, pot: Pot, by: Fen) -> None:
    if pot is Pot.RESERVED:
        limit.reserved += by
    elif pot is Pot.USED:
        limit.used += by


def settle(desk: Desk, limit: Limit, now: Balances, wanted: Balances, case: Cause) -> None:
    """Bring the parts of one limit from `now` to `wanted` with the fewest movements."""
    gains = {pot: wanted[pot] - now[pot] for pot in (Pot.RESERVED, Pot.USED)}
    if gains[Pot.RESERVED] < Fen(0) < gains[Pot.USED]:
        across = min(-gains[Pot.RESERVED], gains[Pot.USED])
        move(desk, limit, Pot.RESERVED, Pot.USED, across, case)
        gains = {Pot.RESERVED: gains[Pot.RESERVED] + across, Pot.USED: gains[Pot.USED] - across}
    for pot, gain in gains.items():
        source, target = (Pot.FREE, pot) if gain > Fen(0) else (pot, Pot.FREE)
        move(desk, limit, source, target, max(gain, -gain), case)


def of_firm(session: Session, limit: Limit, firm_id: int) -> Balances:
    """What one firm takes up of a limit, by pot."""
    return _sums(session, Movement.limit_id, *_here(limit, firm_id)).get(limit.id, _nothing())


def by_case(session: Session, limit: Limit, firm_id: int) -> Mapping[int, Balances]:
    """What each case of one firm takes up of a limit, by pot."""
    return _sums(session, Movement.case_id, *_here(limit, firm_id))


def of_case(session: Session, case_id: int) -> Mapping[int, Balances]:
    """What one case takes up, by limit and pot."""
    return _sums(session, Movement.limit_id, Movement.case_id == case_id)


def takes_up(session: Session, case_id: int) -> bool:
    """Whether a case still takes up anything; not asked of the facility, where a firm's cases are weighed together."""
    facility = set(session.scalars(select(Limit.id).where(Limit.scope == Scope.FACILITY)))
    held = of_case(session, case_id)
    return any(part for key, pots in held.items() if key not in facility for part in pots.values())


def differences(session: Session) -> dict[int, Balances]:
    """Limits whose counters are not the sums of their movements, with counter less sum by pot; empty when all is well."""
    sums = _sums(session, Movement.limit_id)
    found = {limit.id: _less(limit, sums.get(limit.id, _nothing())) for limit in session.scalars(select(Limit))}
    return {key: gap for key, gap in found.items() if any(gap.values())}


def _less(limit: Limit, sums: Balances) -> Balances:
    return {Pot.RESERVED: limit.reserved - sums[Pot.RESERVED], Pot.USED: limit.used - sums[Pot.USED]}


def _nothing() -> Balances:
    return {Pot.RESERVED: Fen(0), Pot.USED: Fen(0)}


def _here(limit: Limit, firm_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Movement.limit_id == limit.id, Movement.firm_id == firm_id


def _sums(session: Session, key: InstrumentedAttribute[int], *where: ColumnElement[bool]) -> Mapping[int, Balances]:
    session.flush()
    columns = (key, Movement.source, Movement.target)
    summed = select(*columns, fen_sum(Movement.amount)).where(*where).group_by(*columns)
    held: dict[int, Balances] = defaultdict(_nothing)
    for one, source, target, amount in session.execute(summed):
        for pot, change in ((source, -amount), (target, amount)):
            if pot is not Pot.FREE:
                held[one][pot] += change
    return held
