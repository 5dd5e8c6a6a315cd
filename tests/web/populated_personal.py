"""What lies about personal data in the populated zone: an objection, a request to erase, an assessment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from financing.personal.model import Erasure, Impact, Objection
from financing.personal.rules import Disputed, Processing
from tests.makers import NOW, TODAY, writing


def personal(zone: Any) -> dict[tuple[str, str], int]:
    """The signatory of our firm objects to a fact and asks for everything to be erased, and so does a stranger; the ids by kind."""
    made: dict[tuple[str, str], int] = {}
    with writing(zone.database) as session:
        for whose, firm, by in (
            ("ours", zone.firm.id, zone.signatories[zone.firm.id].id),
            ("others", zone.stranger.id, 1),
        ):
            said = Objection(
                number=f"YY2026-900{len(made)}",
                firm_id=firm,
                kind=Disputed.FACT,
                item="tax_grade",
                held={"value": "D", "source": "registry", "as_of": "2026-11-01"},
                why="应为 A 级",
                made_at=NOW,
                made_by=by,
                due_on=TODAY + timedelta(days=20),
            )
            asked = Erasure(
                number=f"SC2026-900{len(made)}",
                firm_id=firm,
                user_id=None,
                asked_at=NOW,
                asked_by=by,
                due_on=TODAY + timedelta(days=20),
                holds=[],
                free_on=None,
            )
            session.add_all((said, asked))
            session.flush()
            made |= {("objection", whose): said.id, ("erasure", whose): asked.id}
        impact = Impact(
            number="PG2026-9000",
            processing=Processing.BANKS,
            title="提供",
            what="目的",
            why="必要",
            risks="风险",
            measures="措施",
            assessed_on=TODAY,
            review_on=TODAY + timedelta(days=365),
            filed_at=NOW,
            filed_by=1,
            filer="周经办",
            replaces_id=None,
        )
        session.add(impact)
        session.flush()
        made["impact", "ours"] = impact.id
    return made
