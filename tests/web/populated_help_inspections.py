"""Inspections of the populated zone: one of our firm and one of a stranger, booked, asked for and spoken of; a charge on the list."""

from __future__ import annotations

from datetime import date
from typing import Any

from financing.charges.model import Charge
from financing.charges.rules import Nature, Setting
from financing.inspections.model import Inspection, InspectionParty, UnannouncedWord
from financing.inspections.rules import Authority, Grievance, InspectionState, Kind, Topic
from tests.makers import NOW, TODAY, writing


def inspections(zone: Any) -> dict[tuple[str, str], int]:
    """Each firm has one today, one that waits for a leader and a word; the ids by kind and side."""
    made: dict[tuple[str, str], int] = {}
    with writing(zone.database) as session:
        for number, (whose, firm) in enumerate((("ours", zone.firm), ("others", zone.stranger)), 1):
            own = {"firm_id": firm.id, "urgent": None, "booked_by": 1, "booker": "周经办", "booked_at": NOW}
            booked = Inspection(
                number=f"JC2026-09{number}1",
                kind=Kind.INSPECTION,
                day=TODAY,
                why="",
                state=InspectionState.BOOKED,
                **own,
            )
            asked = Inspection(
                number=f"JC2026-09{number}2",
                kind=Kind.VISIT,
                day=date(2026, 12, 30),
                why="参观",
                state=InspectionState.ASKED,
                **own,
            )
            session.add_all((booked, asked))
            session.flush()
            session.add(InspectionParty(inspection_id=booked.id, firm_id=firm.id, authority=Authority.FIRE, topic=Topic.FIRE_SAFETY, basis="消防法",
                                        lead=True, kind=Kind.INSPECTION, urgent=None, year=2026, by=1, name="周经办", at=NOW))  # fmt: skip
            word = UnannouncedWord(firm_id=firm.id, inspection_id=None, grievance=Grievance.UNANNOUNCED, authority=Authority.TAX, day=TODAY,
                                   says="未出示文书", said_at=NOW, said_by=1, due_on=TODAY)  # fmt: skip
            session.add(word)
            session.flush()
            made |= {("inspection", whose): booked.id, ("askedvisit", whose): asked.id, ("word", whose): word.id}
        charge = Charge(item="水土保持补偿费", authority="水利局", nature=Nature.ADMINISTRATIVE, basis="水土保持法", setting=Setting.PROVINCE, standard="见文件",
                        lower="按下限", unit="每平方米", since=TODAY, source="网站", example=False, listed_at=NOW, listed_by=1, lister="周经办")  # fmt: skip
        session.add(charge)
        session.flush()
        return made | {("charge", "ours"): charge.id}
