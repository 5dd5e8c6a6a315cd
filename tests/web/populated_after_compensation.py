"""What the populated zone has of claims for compensation: a claim with its decision before the chair, a part, and a stop that was lifted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from financing.compensation.model import CompensationClaim, CompensationDecision, CompensationPart
from financing.compensation.rules import ClaimState, Outcome, PartState, StopState
from financing.compensation.stop_model import BankStop
from financing.guarantees.sharing import Party
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.money import Fen, Rate
from tests.makers import NOW, TODAY, writing

if TYPE_CHECKING:
    from tests.web.populated import Populated


def compensation(zone: Populated) -> dict[tuple[str, str], object]:
    """For each of the two guarantees, by what its address names."""
    things: dict[tuple[str, str], object] = {}
    for n, whose in enumerate(("ours", "others"), 1):
        with writing(zone.database) as session:
            g = session.get_one(Guarantee, zone.things["guarantee", whose])
            own = {"guarantee_id": g.id, "case_id": g.case_id, "firm_id": g.firm_id, "bank_id": g.bank_id}
            claim = CompensationClaim(
                number=f"DC2026-900{n}", need_id=g.need_id, agreement_id=None, principal=Fen.wan(10), interest=Fen(0), days_past_due=90,
                recorded=False, share=Rate.percent(80), most=Fen.wan(8), claimed=Fen.wan(8), payee="某行 0001", why="逾期", lodged_on=TODAY,
                lodged_at=NOW, lodged_by=1, lodger="银行", grace_days=30, due_on=TODAY + timedelta(days=30), proposed_by=1,
                proposer="周经办", state=ClaimState.PROPOSED, **own,
            )  # fmt: skip
            entry = GuaranteeEntry(kind=EntryKind.ISSUED, on=TODAY, amount=Fen(0), by=1, at=NOW, **own)
            stop = BankStop(
                bank_id=g.bank_id, rate=Rate.percent(6), line=Rate.percent(5), compensated=Fen.wan(60), ended=Fen.wan(1_000), since=TODAY,
                at=NOW, proposed_at=NOW, proposed_by=1, proposer="周经办", why="已整改", decided_at=NOW, decided_by=2, decider="吴主任",
                state=StopState.LIFTED,
            )  # fmt: skip
            session.add_all([claim, entry, stop])
            session.flush()
            decision = CompensationDecision(
                claim_id=claim.id, number=1, final=False, outcome=Outcome.GRANT, claimed=claim.claimed, amount=claim.claimed, reason=None,
                opinion="材料齐全", proposed_at=NOW, proposed_by=1, proposer="周经办", **own,
            )  # fmt: skip
            part = CompensationPart(
                entry_id=entry.id, claim_id=claim.id, agreement_id=None, party=Party.FUND, name="", share=Rate.percent(20),
                amount=Fen.wan(2), since=TODAY, state=PartState.OWED, **own,
            )  # fmt: skip
            session.add_all([decision, part])
            session.flush()
            things |= {
                ("compensation", whose): claim.id, ("claimed", whose): decision.id, ("share", whose): part.id, ("stop", whose): stop.id,
            }  # fmt: skip
    return things
