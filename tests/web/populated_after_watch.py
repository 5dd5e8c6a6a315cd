"""Checks and warnings of the populated zone: of our guarantee and of a stranger's, for the bank and the firm behind each."""

from __future__ import annotations

from typing import Any

from financing.letters.model import Guarantee
from financing.loans.rules import FiveClass
from financing.watch.model import Check, EarlyWarning, OutsideFact
from financing.watch.rules import Level, Origin, Outside
from tests.makers import NOW, TODAY, writing


def watched(zone: Any) -> dict[tuple[str, str], int]:
    """A check that is due and a warning for each guarantee; the ids by kind and side."""
    made: dict[tuple[str, str], int] = {}
    with writing(zone.database) as session:
        for whose in ("ours", "others"):
            behind = session.get_one(Guarantee, zone.things["guarantee", whose])
            same = {name: getattr(behind, name) for name in ("need_id", "firm_id", "bank_id")}
            check = Check(guarantee_id=behind.id, **same, number=1, since=TODAY, risk=FiveClass.NORMAL, due_on=TODAY,
                          planned_on=TODAY)  # fmt: skip
            warning = EarlyWarning(subject_id=behind.id, guarantee_id=behind.id, **same, rule="lawsuit", level=Level.AMBER,
                                   worsens=FiveClass.NORMAL, mark="1", evidence={"sum_fen": 30_000_000, "as_of_on": "2026-11-20"},
                                   source="试验", found_on=TODAY, due_on=TODAY)  # fmt: skip
            session.add_all((check, warning))
            session.add(OutsideFact(firm_id=behind.firm_id, kind=Outside.LAWSUIT, on=TODAY, value=30_000_000, text="案号",
                                    origin=Origin.COURT, security_id=None, until=None, at=NOW, by=1, by_name="周经办"))  # fmt: skip
            session.flush()
            made |= {("watchcheck", whose): check.id, ("warning", whose): warning.id}
    return made
