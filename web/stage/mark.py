"""Mark a dossier as a rehearsal's (演练): nothing in it may look as if somebody had handed it in or looked it up."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from financing.matching.snapshot import Absent, Fact, Firm, ScoreSheet, Snapshot, Source

NOT_GIVEN = Absent(why="未提供", english="Not provided")
NO_CODE = Absent(why="演练不用真实代码", english="A rehearsal uses no real code")
TAKEN_AS_SMALL = Absent(why="演练按小型企业假定", english="Taken as small for the rehearsal")
#: What the stage makes up where the workbook does not give it under this name, and what the dossier says instead.
MADE_UP = {"uscc": ("code", NO_CODE), "founded": ("founded_on", NOT_GIVEN), "size": ("size", TAKEN_AS_SMALL)}


def marked(frozen: Snapshot, given: Collection[str] = ()) -> Snapshot:
    """The dossier with the rehearsal's mark; `given` names the facts of the firm, as the table does, that its workbook states."""
    score = frozen.score
    changes: dict[str, Any] = {"rehearsal": True, "firm": _firm(frozen.firm, given)}
    if isinstance(score, ScoreSheet):
        assumed = tuple(veto.model_copy(update={"origin": None}) for veto in score.vetoes)
        changes["score"] = score.model_copy(update={"vetoes": assumed})
    return frozen.model_copy(update=changes)


def _firm(known: Firm, given: Collection[str]) -> Firm:
    """Made-up facts fall out; what stays is the word of the workbook, confirmed by nobody."""
    facts: dict[str, Any] = {name: getattr(known, name) for name in Firm.model_fields}
    stated = {
        name: fact.model_copy(update={"source": Source.DECLARED})
        for name, fact in facts.items()
        if isinstance(fact, Fact)
    }
    missing = {name: absent for name, (fact, absent) in MADE_UP.items() if fact not in given}
    return known.model_copy(update=stated | missing)
