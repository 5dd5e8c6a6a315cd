"""What a change of terms does to every limit (变更影响): the cap before and after beside what has been promised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from financing.desk import Desk
from financing.guarantees import change_rules
from financing.guarantees.caps import Cap, Key, cap_of, usual
from financing.guarantees.change_model import TermsChange
from financing.guarantees.model import Limit
from financing.guarantees.rules import Scope
from financing.money import Fen
from financing.parties import service as parties
from financing.parties.model import Bank, Firm, Guarantor
from scoring.industries import industry

#: So many single firms are shown, those with the least room first; the rest is a number.
MOST_FIRMS = 100
#: Limits that everybody new meets: one line each, whoever it will be.
ANYBODY = ((Scope.GROUP, 0), (Scope.FIRM, 0), (Scope.SECTOR, 0), (Scope.BANK, 0))


@dataclass(frozen=True, slots=True)
class Effect:
    """One limit: what is promised, its cap before and after; `owner` is whose it is, empty for everybody new."""

    scope: Scope
    owner: str
    used: Fen
    reserved: Fen
    before: Fen
    after: Fen
    source: str

    @property
    def taken(self) -> Fen:
        return self.used + self.reserved

    @property
    def free(self) -> Fen:
        """What is left afterwards; nothing, never less: promises stand."""
        return max(Fen(0), self.after - self.taken)

    @property
    def over(self) -> bool:
        """More is promised than the cap will be: nothing is added until it has fallen."""
        return self.taken > self.after


def effects(desk: Desk, change: TermsChange) -> tuple[Effect, ...]:
    """Every limit that the change touches, in the order of the locks."""
    guarantor = parties.the_guarantor(desk)
    if change.scope is not Scope.FACILITY:
        return (_of_limit(desk, guarantor, change),) if guarantor else ()
    after = _as_proposed(change)
    keys = [*_always(guarantor, after), *ANYBODY, *_promised(desk)]
    pairs = ((cap_of(desk, guarantor, key) if guarantor else None, cap_of(desk, after, key)) for key in keys)
    return _shown(desk, pairs)


def standing(desk: Desk, guarantor: Guarantor) -> tuple[Effect, ...]:
    """Every limit as it is, in the shape of a change that changes nothing."""
    keys = [*_always(guarantor, guarantor), *ANYBODY, *_promised(desk)]
    return _shown(desk, ((cap, cap) for cap in (cap_of(desk, guarantor, key) for key in keys)))


def stored(found: Iterable[Effect]) -> list[dict[str, Any]]:
    """Effects as plain values, to be kept with the decision; whose firm it is stays out of the record."""
    return [
        {"scope": one.scope.value, "owner": one.owner if one.scope is not Scope.FIRM else "", "used": one.used.fen,
         "reserved": one.reserved.fen, "before": one.before.fen, "after": one.after.fen, "source": one.source}
        for one in found
    ]  # fmt: skip


def read(kept: Iterable[Mapping[str, Any]]) -> tuple[Effect, ...]:
    """Effects as they were kept with the decision."""
    return tuple(
        Effect(
            Scope(one["scope"]), one["owner"], Fen(one["used"]), Fen(one["reserved"]), Fen(one["before"]), Fen(one["after"]),
            one["source"],
        )
        for one in kept
    )  # fmt: skip


def _as_proposed(change: TermsChange) -> Guarantor:
    """The guarantor as it would be; never on a desk, so never written."""
    return Guarantor(id=change.owner_id, **change_rules.read(change.after))


def _of_limit(desk: Desk, guarantor: Guarantor, change: TermsChange) -> Effect:
    key, cap = (change.scope, change.owner_id), change_rules.read(change.after)["cap"]
    before = cap_of(desk, guarantor, key)
    after = usual(desk, guarantor, key) if cap is None else Cap(key, cap, change.number)
    return _shown(desk, [(before, after)])[0]


def _always(*guarantors: Guarantor | None) -> list[Key]:
    """The facility, and the pool where there is one."""
    known = [one for one in guarantors if one is not None]
    pool = [(Scope.POOL, known[-1].id)] if any(one.pool for one in known) else []
    return [(Scope.FACILITY, known[-1].id), *pool]


def _promised(desk: Desk) -> list[Key]:
    """Counters of somebody in particular in which something is promised, the fullest firms only."""
    taken = Limit.used + Limit.reserved
    held = desk.select(Limit, Limit.scope, Limit.owner_id).where(
        taken > 0, Limit.scope.in_([Scope.SECTOR, Scope.BANK, Scope.GROUP])
    )
    fullest = desk.select(Limit, Limit.scope, Limit.owner_id).where(taken > 0, Limit.scope == Scope.FIRM)
    firms = desk.session.execute(fullest.order_by(taken.desc(), Limit.id).limit(MOST_FIRMS)).all()
    rows = [*desk.session.execute(held.order_by(Limit.owner_id)).all(), *firms]
    order = list(Scope)
    return sorted(((row.scope, row.owner_id) for row in rows), key=lambda key: order.index(key[0]))


def _shown(desk: Desk, pairs: Iterable[tuple[Cap | None, Cap]]) -> tuple[Effect, ...]:
    counters = {(one.scope, one.owner_id): one for one in desk.all(Limit)}
    return tuple(_effect(desk, before, after, counters.get(after.key)) for before, after in pairs)


def _effect(desk: Desk, before: Cap | None, after: Cap, counter: Limit | None) -> Effect:
    used, reserved = (counter.used, counter.reserved) if counter else (Fen(0), Fen(0))
    was = before.amount if before else Fen(0)
    return Effect(after.key[0], owner(desk, after.key), used, reserved, was, after.amount, after.source)


def owner(desk: Desk, key: Key) -> str:
    """Whose limit it is, as far as the person at the desk may know; empty for nobody in particular."""
    scope, owner_id = key
    match scope:
        case Scope.SECTOR if owner_id:
            return industry(f"{owner_id:02d}").name
        case Scope.BANK:
            bank = desk.find(Bank, Bank.id == owner_id)
            return bank.name if bank else ""
        case Scope.FIRM:
            firm = desk.find(Firm, Firm.id == owner_id)
            return firm.name if firm else ""
        case Scope.GROUP:
            return (
                "、".join(firm.name for firm in desk.all(Firm, Firm.group_id == owner_id, by=Firm.name)[:3])
                if owner_id
                else ""
            )
    return ""
