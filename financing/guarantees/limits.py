"""Exposure limits (担保额度): counters for the guarantor, its pool, sectors, banks, groups and firms, locked in one fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from financing.case_refusals import LimitReached
from financing.db import new_id
from financing.desk import Desk
from financing.guarantees import ledger
from financing.guarantees.caps import Cap, Key, bank_cap, cap_of, caps, leverage, pool, small, weighing
from financing.guarantees.ledger import Balances, Cause, Known
from financing.guarantees.model import GuaranteeCase, Limit
from financing.guarantees.rules import Pot, Scope, exposure
from financing.money import Fen
from financing.parties.model import Firm, Guarantor
from financing.upsert import put_if_absent


@dataclass(frozen=True, slots=True)
class Room:
    """One limit as it stands, and as it would stand with one more case upon it; `source` says where its cap comes from."""

    scope: Scope
    cap: Fen
    used: Fen
    reserved: Fen
    asked: Fen
    source: str = ""

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


def rooms(desk: Desk, guarantor: Guarantor, firm: Firm, asked: Fen) -> tuple[Room, ...]:
    """Every limit of a firm as it stands, read without a lock, with what one more case of that amount would take."""
    found = {cap.key: (cap, _counter(desk, cap.key)) for cap in caps(desk, guarantor, firm)}
    firm_limit = found[Scope.FIRM, firm.id][1]
    return tuple(_room(cap, limit, _asked(desk, cap.key, firm, firm_limit, asked)) for cap, limit in found.values())


def reserve(desk: Desk, case: GuaranteeCase) -> tuple[Room, ...]:
    """Take up the case's exposure in every limit, or LimitReached with scope, asked and free; the state before."""
    firm, limits, known = _all(desk, case)
    amount = exposure(case.line, case.support)
    before = standing(desk, firm, limits, known, amount)
    for room in before:
        if not room.enough:
            raise LimitReached(scope=room.scope, asked=room.asked, free=room.free)
    _shift(desk, case, firm, limits, dict.fromkeys(limits, (Pot.FREE, Pot.RESERVED, amount)))
    return before


def use(desk: Desk, case: GuaranteeCase, amount: Fen, bank_id: int) -> None:
    """A letter over this amount is issued to a bank: reserved becomes used, the rest of the line is free again.

    LimitReached when the bank's own limit has no room.
    """
    firm, limits, _ = _all(desk, case)
    cap = bank_cap(desk, desk.session.get_one(Guarantor, case.guarantor_id), bank_id)
    bank = _locked(desk, cap)
    room = _room(cap, bank, amount)
    if not room.enough:
        raise LimitReached(scope=room.scope, asked=amount, free=room.free)
    every = limits | _lying(desk, case)
    left = _what_is_left(desk, case, every, Pot.RESERVED)
    shifts = {key: (Pot.RESERVED, Pot.USED, min(amount, held)) for key, (_, _, held) in left.items()}
    _shift(desk, case, firm, every, shifts | {(Scope.FIRM, firm.id): (Pot.RESERVED, Pot.USED, amount)})
    _shift(desk, case, firm, every, _what_is_left(desk, case, every, Pot.RESERVED))
    ledger.move(desk, bank, Pot.FREE, Pot.USED, amount, case)
    desk.session.flush()


def release(desk: Desk, case: GuaranteeCase) -> None:
    """Give back whatever the case still takes up, reserved or in force, once nobody is bound any more (解保)."""
    firm, limits, _ = _all(desk, case)
    every = limits | _lying(desk, case)
    for pot in (Pot.RESERVED, Pot.USED):
        _shift(desk, case, firm, every, _what_is_left(desk, case, every, pot))


def release_part(desk: Desk, case: GuaranteeCase, amount: Fen) -> None:
    """Give back a part of what is in force: the firm has repaid it, or the guarantor has paid it."""
    firm, limits, _ = _all(desk, case)
    every = limits | _lying(desk, case)
    left = _what_is_left(desk, case, every, Pot.USED)
    shifts = {key: (source, target, min(amount, held)) for key, (source, target, held) in left.items()}
    _shift(desk, case, firm, every, shifts | {(Scope.FIRM, firm.id): (Pot.USED, Pot.FREE, amount)})


def take_again(desk: Desk, case: GuaranteeCase, amount: Fen) -> None:
    """Take up again what was given back by mistake, wherever the case has lain: also above a cap, for it was promised all the time."""
    firm, limits, _ = _all(desk, case)
    every = limits | _lying(desk, case)
    held = {key: used for key, (_pot, _free, used) in _what_is_left(desk, case, every, Pot.USED).items()}
    own = held[Scope.FIRM, firm.id] + amount  # no limit has ever had more of the case than the firm's own
    shifts = {key: (Pot.FREE, Pot.USED, min(amount, own - used)) for key, used in held.items()}
    for key, limit in every.items():
        asked = _asked(desk, key, firm, limits[Scope.FIRM, firm.id], amount)
        limit.cap = max(limit.cap, limit.used + limit.reserved + asked)
    _shift(desk, case, firm, every, shifts)


def regroup(desk: Desk, firm: Firm, group_id: int | None) -> None:
    """The firm joins another group of related parties: what it takes up goes along, even above the new group's cap."""
    guarantor = desk.session.scalar(select(Guarantor))
    if guarantor is not None:
        hold(desk, guarantor)
    former, firm.group_id = firm.group_id, group_id
    if guarantor is None or former == group_id:
        return
    own = _counter(desk, (Scope.FIRM, firm.id), lock=True)
    if former is not None:
        left = _locked(desk, Cap((Scope.GROUP, former), Fen(0), ""))
        _carry(desk, left, firm, ledger.by_case(desk.session, left, firm.id), leaves=True)
    if group_id is not None and own is not None:
        joined = _locked(desk, Cap((Scope.GROUP, group_id), Fen(0), ""))
        joined.cap = max(joined.cap, joined.used + joined.reserved + own.used + own.reserved)
        _carry(desk, joined, firm, ledger.by_case(desk.session, own, firm.id), leaves=False)


def reserved(desk: Desk, case: GuaranteeCase) -> Fen:
    """What is set aside for a case and not yet in force."""
    own = _counter(desk, (Scope.FIRM, case.firm_id))
    lying = ledger.of_case(desk.session, case.id)
    return lying[own.id][Pot.RESERVED] if own is not None and own.id in lying else Fen(0)


def bank_room(desk: Desk, guarantor: Guarantor, bank_id: int, amount: Fen) -> Room:
    """What a letter over this amount would take of one bank's limit."""
    cap = bank_cap(desk, guarantor, bank_id)
    return _room(cap, _counter(desk, cap.key), amount)


def pool_room(desk: Desk, guarantor: Guarantor, amount: Fen) -> Room:
    """What a promise over this amount would take of the risk pool as it is today, beside what is in force."""
    cap = pool(desk, guarantor)
    limit = _counter(desk, cap.key)
    return Room(Scope.POOL, cap.amount, limit.used if limit else Fen(0), Fen(0), amount, cap.source)


def hold(desk: Desk, guarantor: Guarantor) -> None:
    """Lock the facility, and see the guarantor as it is then: terms that change while a case is decided wait, or count."""
    _put(desk, leverage(desk, guarantor))
    _counter(desk, (Scope.FACILITY, guarantor.id), lock=True)
    desk.session.refresh(guarantor)


def recap(desk: Desk, guarantor: Guarantor) -> None:
    """Bring every counter to its present cap, the facility being held; none falls below what has been promised."""
    every = select(Limit).order_by(Limit.id).with_for_update().execution_options(populate_existing=True)
    for limit in desk.session.scalars(every):
        cap = cap_of(desk, guarantor, (limit.scope, limit.owner_id))
        limit.cap = max(cap.amount, limit.used + limit.reserved)
    desk.session.flush()


def standing(
    desk: Desk, firm: Firm, limits: Mapping[Key, Limit], known: Mapping[Key, Cap], asked: Fen
) -> tuple[Room, ...]:
    """The locked limits as they are, with what one more case would take of each."""
    firm_limit = limits[Scope.FIRM, firm.id]
    return tuple(
        _room(known[key], limit, _asked(desk, key, firm, firm_limit, asked), cap=limit.cap)
        for key, limit in limits.items()
    )


def held(desk: Desk, case: GuaranteeCase) -> tuple[Room, ...]:
    """The limits of a case under lock, with nothing asked of them."""
    firm, limits, known = _all(desk, case)
    return standing(desk, firm, limits, known, Fen(0))


def _all(desk: Desk, case: GuaranteeCase) -> tuple[Firm, dict[Key, Limit], dict[Key, Cap]]:
    """The firm, its counters under lock and its caps; whoever moves anything holds the facility first."""
    guarantor = desk.session.get_one(Guarantor, case.guarantor_id)
    firm = desk.session.get_one(Firm, case.firm_id)
    hold(desk, guarantor)  # the caps depend on what is in force
    desk.session.refresh(firm)  # and the group on what was found out meanwhile
    known = {cap.key: cap for cap in caps(desk, guarantor, firm)}
    return firm, {key: _locked(desk, cap) for key, cap in known.items()}, known


def _lying(desk: Desk, case: Cause) -> dict[Key, Limit]:
    """The limits in which a case has something, under lock, whatever its firm and its guarantor have become since."""
    held = ledger.of_case(desk.session, case.id)
    query = select(Limit).where(Limit.scope != Scope.FACILITY, Limit.id.in_(held)).order_by(Limit.id).with_for_update()
    found = desk.session.scalars(query.execution_options(populate_existing=True))
    return {(limit.scope, limit.owner_id): limit for limit in found}


Shift = tuple[Pot, Pot, Fen]


def _shift(desk: Desk, case: Cause, firm: Firm, limits: Mapping[Key, Limit], shifts: Mapping[Key, Shift]) -> None:
    """Move nominal amounts in every limit but the facility, then weigh the firm anew there."""
    for key, (source, target, amount) in shifts.items():
        if key[0] is not Scope.FACILITY:
            ledger.move(desk, limits[key], source, target, amount, case)
    facility = next(limit for (scope, _), limit in limits.items() if scope is Scope.FACILITY)
    now = ledger.of_firm(desk.session, facility, firm.id)
    ledger.settle(desk, facility, now, _weighed(desk, firm, limits[Scope.FIRM, firm.id]), case)
    desk.session.flush()  # the CHECK has the last word, and it speaks here


def _weighed(desk: Desk, firm: Firm, own: Limit) -> Balances:
    """What a firm's balances count for in the facility (责任余额): the whole first, so that its parts add up to it."""
    rule, total = weighing(desk), own.used + own.reserved
    whole = rule.weighed(total, total, small=small(firm))
    used = rule.weighed(own.used, total, small=small(firm))
    return {Pot.USED: used, Pot.RESERVED: whole - used}


def _what_is_left(desk: Desk, case: Cause, limits: Mapping[Key, Limit], pot: Pot) -> dict[Key, Shift]:
    lying = ledger.of_case(desk.session, case.id)
    return {
        key: (pot, Pot.FREE, lying[limit.id][pot])
        for key, limit in limits.items()
        if key[0] is not Scope.FACILITY and limit.id in lying
    }


def _carry(desk: Desk, limit: Limit, firm: Firm, cases: Mapping[int, Balances], *, leaves: bool) -> None:
    """Move all that a firm's cases take up into or out of the counter of one group."""
    for case_id, balances in cases.items():
        for pot, amount in balances.items():
            source, target = (pot, Pot.FREE) if leaves else (Pot.FREE, pot)
            ledger.move(desk, limit, source, target, amount, Known(case_id, firm.id))
    desk.session.flush()


def _asked(desk: Desk, key: Key, firm: Firm, own: Limit | None, amount: Fen) -> Fen:
    """What one more case takes of a limit: in the facility what the firm weighs more than before."""
    if key[0] is not Scope.FACILITY:
        return amount
    rule, total = weighing(desk), own.used + own.reserved if own else Fen(0)
    after = rule.weighed(total + amount, total + amount, small=small(firm))
    return after - rule.weighed(total, total, small=small(firm))


def _room(known: Cap, limit: Limit | None, asked: Fen, cap: Fen | None = None) -> Room:
    used, reserved = (limit.used, limit.reserved) if limit else (Fen(0), Fen(0))
    return Room(known.key[0], known.amount if cap is None else cap, used, reserved, asked, known.source)


def _counter(desk: Desk, key: Key, *, lock: bool = False) -> Limit | None:
    """The counters belong to the guarantor: who takes or frees room need not be allowed to look at them."""
    scope, owner_id = key
    query = select(Limit).where(Limit.scope == scope, Limit.owner_id == owner_id)
    return desk.session.scalar(query.with_for_update().execution_options(populate_existing=True) if lock else query)


def _put(desk: Desk, cap: Cap) -> None:
    scope, owner_id = cap.key
    fresh = {"id": new_id(), "version": 1, "used": Fen(0), "reserved": Fen(0)}
    put_if_absent(desk.session, Limit, scope=scope, owner_id=owner_id, cap=cap.amount, **fresh)
    desk.session.flush()


def _locked(desk: Desk, cap: Cap) -> Limit:
    _put(desk, cap)
    limit = _counter(desk, cap.key, lock=True)
    assert limit is not None  # noqa: S101  it was put there by the line before
    limit.cap = max(cap.amount, limit.used + limit.reserved)  # promises made stand, even when the net assets shrink
    return limit


def taken(rooms: Iterable[Room]) -> Mapping[Scope, Room]:
    """Rooms by what they stand for."""
    return {room.scope: room for room in rooms}
