"""What people see of personal data: which facts are disputed, and what waits for an answer."""

from __future__ import annotations

from financing.desk import Desk
from financing.personal.model import Erasure, Objection
from financing.personal.rules import ObjectionState


def disputed(desk: Desk, firm_id: int) -> frozenset[str]:
    """The names of facts and fields of a firm that carry the mark 有异议 now, for whoever may read of it."""
    found = desk.all(Objection, Objection.firm_id == firm_id, Objection.state == ObjectionState.OPEN)
    return frozenset(one.item for one in found)


def listed(desk: Desk, *, answered: bool, most: int) -> list[Objection]:
    """Objections that wait for an answer, the most urgent first, or the answered ones, the newest first."""
    waits = Objection.state == ObjectionState.OPEN
    if answered:
        return desk.all(Objection, ~waits, by=Objection.answered_at.desc())[:most]
    return desk.all(Objection, waits, by=Objection.due_on)[:most]


def of_firm(desk: Desk, firm_id: int) -> list[Objection]:
    """Every objection of a firm, the newest first."""
    return desk.all(Objection, Objection.firm_id == firm_id, by=Objection.made_at.desc())


def erasures(desk: Desk, most: int) -> list[Erasure]:
    """Requests to erase that the person may see, the newest first."""
    return desk.all(Erasure, by=Erasure.asked_at.desc())[:most]
