"""What of a bank stands on the scoreboard beside its dossiers: breaches that were published, and how much was paid for its loans.

Counted without the reader's sights: a number is the same whoever reads it, and no firm stands in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from financing.compensation.rules import rate
from financing.conduct import figures as conduct
from financing.db import fen_sum
from financing.desk import Desk
from financing.figures.bank_rules import Measure, Score
from financing.letters.model import GuaranteeEntry
from financing.letters.rules import ENDS, EntryKind, ended
from financing.money import Fen
from financing.parties.model import Bank


def scores(desk: Desk, since: date, until: date) -> dict[int, dict[Measure, Score]]:
    """Both numbers of every bank; compensation between two days, both included."""
    found, paid = conduct.published(desk), _compensated(desk, since, until)
    nothing = Score(Measure.COMPENSATED, None, 0)
    return {
        key: {
            Measure.BREACHES: Score(Measure.BREACHES, found.get(key, 0), 0),
            Measure.COMPENSATED: paid.get(key, nothing),
        }
        for key in desk.session.scalars(select(Bank.id))
    }


def _compensated(desk: Desk, since: date, until: date) -> Mapping[int, Score]:
    """Compensation paid over guarantees ended, in parts per million, out of so many guarantees."""
    e = GuaranteeEntry
    sums: defaultdict[int, dict[EntryKind, Fen]] = defaultdict(dict)
    inside = (e.on.between(since, until), e.kind.in_(ENDS))
    query = select(e.bank_id, e.kind, fen_sum(e.amount)).where(*inside).group_by(e.bank_id, e.kind)
    for bank_id, kind, amount in desk.session.execute(query):
        sums[bank_id][kind] = amount
    counted = select(e.bank_id, func.count(e.guarantee_id.distinct())).where(*inside).group_by(e.bank_id)
    counts = {bank_id: count for bank_id, count in desk.session.execute(counted)}  # noqa: C416  rows are no pairs
    return {key: _score(found, counts[key]) for key, found in sums.items()}


def _score(sums: Mapping[EntryKind, Fen], count: int) -> Score:
    found = rate(sums.get(EntryKind.COMPENSATED, Fen(0)), ended(sums))
    return Score(Measure.COMPENSATED, found.ppm if found else None, count)
