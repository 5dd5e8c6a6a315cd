"""What lies about personal data in the populated zone: an objection, a request to erase, an assessment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from financing.incidents.model import Incident, IncidentParty
from financing.parties.permit_rules import Item
from financing.personal.model import Erasure, Impact, Objection
from financing.personal.rules import Disputed, Processing
from tests.makers import NOW, TODAY, a_permit, writing


def personal(zone: Any) -> dict[tuple[str, str], int]:
    """The signatory of our firm objects to a fact and asks for everything to be erased, and so does a stranger; the ids by kind."""
    made: dict[tuple[str, str], int] = {}
    with writing(zone.database) as session:
        signatory = zone.signatories[zone.firm.id].id
        made |= _asked(session, "ours", zone.firm, signatory) | _asked(session, "others", zone.stranger, 1)
        made |= _assessed(session)
        for whose, firm in (("ours", zone.firm), ("others", zone.stranger)):
            made["permit", whose] = a_permit(session, firm, Item.PUBLICITY).id
        made |= _incident(session, zone)
    return made


def _asked(session: Any, whose: str, firm: Any, by: int) -> dict[tuple[str, str], int]:
    """An objection to a fact, and a request to erase everything."""
    due, number = TODAY + timedelta(days=20), 9000 + 2 * (whose != "ours")
    said = Objection(
        number=f"YY2026-{number}", firm_id=firm.id, kind=Disputed.FACT, item="tax_grade",
        held={"value": "D", "source": "registry", "as_of": "2026-11-01"}, why="应为 A 级", made_at=NOW, made_by=by, due_on=due,
    )  # fmt: skip
    asked = Erasure(
        number=f"SC2026-{number}", firm_id=firm.id, user_id=None, asked_at=NOW, asked_by=by, due_on=due, holds=[], free_on=None
    )  # fmt: skip
    session.add_all((said, asked))
    session.flush()
    return {("objection", whose): said.id, ("erasure", whose): asked.id}


def _assessed(session: Any) -> dict[tuple[str, str], int]:
    """An assessment of what is done with personal data."""
    impact = Impact(
        number="PG2026-9000", processing=Processing.BANKS, title="提供", what="目的", why="必要", risks="风险", measures="措施",
        assessed_on=TODAY, review_on=TODAY + timedelta(days=365), filed_at=NOW, filed_by=1, filer="周经办", replaces_id=None,
    )  # fmt: skip
    session.add(impact)
    session.flush()
    return {("impact", "ours"): impact.id}


def _incident(session: Any, zone: Any) -> dict[tuple[str, str], int]:
    """An incident of which our firm was told, and one of which nobody was told yet."""
    made: dict[tuple[str, str], int] = {}
    words = dict.fromkeys(("cause", "harm", "measures", "can_do", "reach_us"), "—")
    times = {
        "began_at": NOW - timedelta(days=1),
        "ended_at": NOW,
        "found_at": NOW,
        "report_by": NOW,
        "tell_by": NOW,
        "due_on": TODAY,
    }
    for number, (whose, firm) in enumerate((("ours", zone.firm), ("others", zone.stranger))):
        one = Incident(
            number=f"SJ2026-900{number}", title="账号被他人使用", kinds=["contact"], recorded_at=NOW, recorded_by=1, recorder="周经办",
            **words, **times,
        )  # fmt: skip
        session.add(one)
        session.flush()
        party = IncidentParty(
            incident_id=one.id, firm_id=firm.id, user_id=None, party=firm.name, how=[["account", "yinhang1", 2]], added_at=NOW,
            added_by=1, told_at=NOW if whose == "ours" else None,
        )  # fmt: skip
        session.add(party)
        session.flush()
        made |= {("incident", whose): one.id, ("party", whose): party.id}
    return made
