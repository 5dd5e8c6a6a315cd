"""Exposure limits (担保额度): counters for the guarantor and for each firm, locked in one fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from financing import parameters
from financing.case_refusals import LimitReached
from financing.db import new_id
from financing.desk import Desk
from financing.guarantees.model import GuaranteeCase, Limit
from financing.guarantees.rules import Scope, exposure
from financing.money import Fen, Rate
from financing.parties.model import Guarantor
from financing.upsert import put_if_absent

Key = tuple[Scope, int]


@dataclass(frozen=True, slots=True)
class Room:
    """One limit as it stands, and as it would stand with one more case upon it."""

    scope: Scope
    cap: Fen
    used: Fen
    reserved: Fen
    asked: Fen

    @property
    def taken(self) -> Fen:
        return self.used + self.reserved

    @property
    def free(self) -> Fen:
        """What is left; nothing, never less, once the net assets have shrunk below what was promised."""
        return max(Fen(0), self.cap - self.taken)

    @property
    def enough(self) -> bool:
        return self.asked <= self.free


def caps(desk: Desk, guarantor: Guarantor, firm_id: int) -> dict[Key, Fen]:
    """The caps by law on the day, in the order in which the counters are locked: facility, then firm."""
    leverage = parameters.figure("leverage_cap", desk.today).value
    single = Rate(parameters.figure("single_party_ppm", desk.today).value)
    return {
        (Scope.FACILITY, guarantor.id): Fen(guarantor.net_assets.fen * leverage),
        (Scope.FIRM, firm_id): guarantor.net_assets.at(single),
    }


def rooms(desk: Desk, guarantor: Guarantor, firm_id: int, asked: Fen) -> tuple[Room, Room]:
    """Facility and firm as they stand, read without a lock, with what one more case would take."""
    found = [(key, cap, _counter(desk, key)) for key, cap in caps(desk, guarantor, firm_id).items()]
    facility, firm = (_room(key[0], cap, limit, asked) for key, cap, limit in found)
    return facility, firm


def counters(desk: Desk, guarantor: Guarantor, firm_id: int) -> tuple[Limit, Limit]:
    """The facility's and the firm's counter, made on first use, locked in this order and with today's caps."""
    facility, firm = (_locked(desk, key, cap) for key, cap in caps(desk, guarantor, firm_id).items())
    return facility, firm


def reserve(desk: Desk, case: GuaranteeCase) -> tuple[Room, ...]:
    """Take up the case's exposure in every limit, or LimitReached with scope, asked and free; the state before."""
    guarantor = desk.session.get_one(Guarantor, case.guarantor_id)
    asked = exposure(case.line, case.support)
    before = []
    for limit in counters(desk, guarantor, case.firm_id):
        room = _room(limit.scope, limit.cap, limit, asked)
        if not room.enough:
            raise LimitReached(scope=limit.scope, asked=asked, free=room.free)
        limit.reserved += asked
        before.append(room)
    desk.session.flush()  # the CHECK has the last word, and it speaks here
    return tuple(before)


def standing(limits: Iterable[Limit]) -> tuple[Room, ...]:
    """The limits as they are, with nothing asked of them."""
    return tuple(_room(limit.scope, limit.cap, limit, Fen(0)) for limit in limits)


def release(desk: Desk, case: GuaranteeCase) -> None:
    """Give back what a decision had reserved, once nobody wants the loan any more."""
    guarantor = desk.session.get_one(Guarantor, case.guarantor_id)
    for limit in counters(desk, guarantor, case.firm_id):
        limit.reserved -= exposure(case.line, case.support)


def _room(scope: Scope, cap: Fen, limit: Limit | None, asked: Fen) -> Room:
    return Room(scope, cap, limit.used if limit else Fen(0), limit.reserved if limit else Fen(0), asked)


def _counter(desk: Desk, key: Key, *, lock: bool = False) -> Limit | None:
    """The counters belong to the guarantor: who takes or frees room need not be allowed to look at them."""
    scope, owner_id = key
    query = select(Limit).where(Limit.scope == scope, Limit.owner_id == owner_id)
    return desk.session.scalar(query.with_for_update().execution_options(populate_existing=True) if lock else query)


def _locked(desk: Desk, key: Key, cap: Fen) -> Limit:
    scope, owner_id = key
    fresh = {"id": new_id(), "version": 1, "used": Fen(0), "reserved": Fen(0)}
    put_if_absent(desk.session, Limit, scope=scope, owner_id=owner_id, cap=cap, **fresh)
    limit = _counter(desk, key, lock=True)
    assert limit is not None  # noqa: S101  it was put there by the line before
    limit.cap = max(cap, limit.used + limit.reserved)  # promises made stand, even when the net assets shrink
    return limit
