"""What was applied for, granted and paid (台账合计): sums of the lines of claims that stand, by clause or by firm, and their proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from financing.db import fen_sum
from financing.desk import Desk
from financing.money import Fen
from financing.policies.claim_model import PolicyClaim, PolicyLine
from financing.policies.rules import OVER, Entry

NONE = Fen(0)


@dataclass(frozen=True, slots=True)
class Sums:
    """Four sums of a clause or a firm; `entitled` None where it cannot be told."""

    entitled: Fen | None = None
    applied: Fen = NONE
    granted: Fen = NONE
    paid: Fen = NONE

    @property
    def gap(self) -> Fen | None:
        """What firms are entitled to and have not been paid (应享未享), never below nothing."""
        return None if self.entitled is None else max(self.entitled - self.paid, Fen(0))

    def beside(self, entitled: Fen | None) -> Sums:
        """The same with what the engine says firms are entitled to."""
        return Sums(entitled, self.applied, self.granted, self.paid)


def sums(desk: Desk, by: Any, *where: Any) -> Mapping[int, Sums]:
    """The sums of the lines in sight by a column of theirs (`PolicyLine.clause_id`, `PolicyLine.firm_id`), in one statement."""
    query = desk.select(PolicyLine, by, PolicyLine.entry, fen_sum(PolicyLine.amount))
    query = query.join(PolicyClaim, PolicyClaim.id == PolicyLine.claim_id).where(PolicyClaim.state.not_in(OVER), *where)
    found: dict[int, dict[str, Fen]] = defaultdict(dict)
    for key, entry, amount in desk.session.execute(query.group_by(by, PolicyLine.entry)):
        found[key][Entry(entry).value] = amount
    return {key: Sums(**amounts) for key, amounts in found.items()}


def together(parts: Mapping[int, Sums]) -> Sums:
    """All of them in one."""
    names = [field.name for field in fields(Sums)]
    return Sums(**{name: Fen(sum((getattr(one, name) or NONE).fen for one in parts.values())) for name in names})


def differences(desk: Desk) -> list[str]:
    """Claims whose own figures are not the lines of the ledger, by number; nothing means that the two tie (F64)."""
    lines: dict[int, dict[Entry, Fen]] = defaultdict(dict)
    for line in desk.all(PolicyLine):
        lines[line.claim_id][line.entry] = line.amount
    return [claim.number for claim in desk.all(PolicyClaim, by=PolicyClaim.number) if not _ties(claim, lines[claim.id])]


def _ties(claim: PolicyClaim, lines: Mapping[Entry, Fen]) -> bool:
    """What nobody applied for has no line of it: an automatic clause begins with what is granted."""
    applied = claim.applied if claim.applied_on else None
    told = (applied, claim.granted, claim.paid)
    return told == tuple(lines.get(entry) for entry in (Entry.APPLIED, Entry.GRANTED, Entry.PAID))
