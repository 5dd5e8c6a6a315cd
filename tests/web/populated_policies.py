"""Policies in the populated zone: one in force, one that waits for publication, claims of our firm and of a stranger's, a question."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from financing.access import Role
from financing.money import Fen
from financing.policies.claim_model import PolicyClaim
from financing.policies.model import Policy, PolicyClause, PolicyQuestion
from financing.policies.rules import Benefit, ClauseState, Level, PolicyState, Route
from tests.makers import NOW, TODAY, a_user, writing


def a_policy(number: str, writer: int, **more: Any) -> Policy:
    return Policy(
        number=number, title="园区研发补助办法", doc_no="", level=Level.ZONE, issuer="园区管委会", department="科技局", phone="",
        issued_on=None, since=date(2026, 1, 1), until=date(2027, 1, 31), source="园区公报", confidence="A", summary="按研发费用补助。",
        example="", entered_at=NOW, entered_by=writer, proposed_by=writer, **more,
    )  # fmt: skip


def a_clause(policy: int, writer: int, **more: Any) -> PolicyClause:
    terms = {
        "conditions": [],
        "windows": [],
        "amount": {"rule": "share", "base": "rd_expense", "ppm": 100_000, "cap": 20_000_000},
    }
    plain: dict[str, Any] = {
        "edition": 1, "state": ClauseState.IN_FORCE, "since": date(2026, 1, 1), "proposed_by": writer,
    }  # fmt: skip
    return PolicyClause(**{
        "policy_id": policy, "place": 1, "title": "研发费用补助", "says": "按10%补助。", "benefit": Benefit.SUBSIDY,
        "route": Route.AUTOMATIC, "papers": [], "terms": terms, "exclusive": "", "per_loan": False, "until": date(2027, 1, 31),
        "pay_days": 60, "budget": None, "written_at": NOW, "written_by": writer, **plain, **more,
    })  # fmt: skip


def policies(zone: Any) -> dict[tuple[str, str], object]:
    """The ids by kind and whose; what waits was put forward by another officer than the one who signs in."""
    with writing(zone.database) as session:
        other, third = a_user(session, Role.OFFICER), a_user(session, Role.OFFICER)
        force = a_policy("HQ2026-9001", other.id, state=PolicyState.IN_FORCE, decided_by=third.id)
        waits = a_policy("HQ2026-9002", other.id, state=PolicyState.PROPOSED)
        session.add_all([force, waits])
        session.flush()
        held = a_clause(force.id, other.id, decided_by=third.id)
        draft = a_clause(waits.id, other.id, state=ClauseState.DRAFT)
        later = a_clause(force.id, other.id, edition=2, state=ClauseState.PROPOSED, since=TODAY + timedelta(days=9))
        session.add_all([held, draft, later])
        session.flush()
        made: dict[tuple[str, str], object] = {
            ("policy", "ours"): force.id, ("draftpolicy", "ours"): waits.id, ("clause", "ours"): held.id, ("newclause", "ours"): later.id,
            ("draftclause", "ours"): draft.id,
        }  # fmt: skip
        for place, (whose, firm) in enumerate((("ours", zone.firm), ("others", zone.stranger)), 1):
            claim = PolicyClaim(
                number=f"BT2026-900{place}", firm_id=firm.id, policy_id=force.id, clause_id=held.id, firm=firm.name, title=held.title,
                exclusive="", subject="", year=2026, entitled=Fen.wan(8), opened_at=NOW, opened_by=1, due_on=TODAY,
                applied=Fen.wan(8), applied_on=TODAY,
            )  # fmt: skip
            asked = PolicyQuestion(firm_id=firm.id, policy_id=force.id, question="能报吗？", asked_at=NOW, asked_by=1)
            session.add_all([claim, asked])
            session.flush()
            made["subsidy", whose], made["question", whose] = claim.id, asked.id
        return made
