"""What people see of second looks: the lists, and how many were overturned out of how many."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from financing.access import Role
from financing.contests.model import Contest
from financing.contests.rules import Contested, ContestState, Outcome, rate
from financing.desk import Desk

#: Behind a rate that leaders read stand at least so many firms.
LEAST = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """Second looks of one kind, or of all (None): asked, reviewed, and by outcome; `share` in ppm of those reviewed."""

    kind: Contested | None
    asked: int
    reviewed: int
    upheld: int
    overturned: int
    partly: int

    @property
    def share(self) -> int | None:
        again, reviewed = rate(
            {Outcome.OVERTURNED: self.overturned, Outcome.PARTLY: self.partly, Outcome.UPHELD: self.upheld}
        )
        return (again * 2_000_000 + reviewed) // (2 * reviewed) if reviewed else None


def tallies(desk: Desk) -> list[Tally]:
    """One line a kind and one for all; of a bank its own. A leader gets nothing while fewer than five firms stand behind it."""
    query = select(Contest.kind, Contest.outcome, Contest.firm_id)
    if desk.actor.role is Role.BANKER:
        query = query.where(Contest.bank_id == desk.actor.bank_id)
    rows = list(desk.session.execute(query))
    if desk.actor.role is Role.LEADER and len({firm for _, _, firm in rows}) < LEAST:
        return []
    kinds = [kind for kind in Contested if any(row[0] is kind for row in rows)]
    return [_tally(kind, [row for row in rows if kind in {None, row[0]}]) for kind in (*kinds, None)] if rows else []


def _tally(kind: Contested | None, rows: list[tuple[Contested, Outcome | None, int]]) -> Tally:
    by = Counter(outcome for _, outcome, _ in rows)
    reviewed = len(rows) - by[None]
    return Tally(kind, len(rows), reviewed, by[Outcome.UPHELD], by[Outcome.OVERTURNED], by[Outcome.PARTLY])


def listed(desk: Desk, *, decided: bool, most: int = 100) -> list[Contest]:
    """Those still to be looked at, the most urgent first, or those that are over, the latest first."""
    if decided:
        return desk.all(Contest, Contest.state == ContestState.DECIDED, by=Contest.decided_at.desc())[:most]
    return desk.all(Contest, Contest.state == ContestState.OPEN, by=Contest.due_on)[:most]
