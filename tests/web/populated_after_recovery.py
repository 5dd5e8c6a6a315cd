"""What the populated zone has of recovery: a case with a step, a part that waits for its second person, and what it teaches, for each guarantee."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from financing.compensation.model import CompensationPart
from financing.compensation.recovery_model import RecoveryCase, RecoveryShare, RecoveryStep
from financing.compensation.recovery_rules import LimitKind, ShareState, Step
from financing.compensation.review_model import CompensationReview
from financing.compensation.review_rules import Change, ReviewState
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Document
from financing.guarantees.sharing import Party
from financing.letters.model import Guarantee
from financing.money import Fen, Rate
from tests.makers import NOW, TODAY, writing

if TYPE_CHECKING:
    from tests.web.populated import Populated


def recovery(zone: Populated) -> dict[tuple[str, str], object]:
    """For each of the two guarantees, by what its address names."""
    things: dict[tuple[str, str], object] = {}
    for n, whose in enumerate(("ours", "others"), 1):
        with writing(zone.database) as session:
            g = session.get_one(Guarantee, zone.things["guarantee", whose])
            entry = session.get_one(CompensationPart, zone.things["share", whose]).entry_id
            own = {"guarantee_id": g.id, "case_id": g.case_id, "firm_id": g.firm_id}
            proof = Document(
                kind=DocumentKind.PROOF, name="凭证.pdf", media="application/pdf", size=1, sha256="a" * 64, stored="b" * 64, added_at=NOW,
                added_by=1, subject_id=g.id, firm_id=g.firm_id,
            )  # fmt: skip
            case = RecoveryCase(
                number=f"ZC2026-900{n}", bank_id=g.bank_id, entry_id=entry, paid_on=TODAY, opened_on=TODAY, opened_at=NOW, owner_id=1,
                owner="周经办", next_step=Step.SUE, next_on=TODAY + timedelta(days=10), next_what="准备起诉", limit_kind=LimitKind.SUIT,
                limit_on=TODAY + timedelta(days=1_000), **own,
            )  # fmt: skip
            session.add_all([case, proof])
            session.flush()
            step = RecoveryStep(
                recovery_id=case.id, step=Step.DEMAND, on=TODAY, what="已送达", cost=Fen.yuan(20), document_id=proof.id, next_step=Step.SUE,
                next_on=case.next_on or TODAY, at=NOW, by=1, by_name="周经办", **own,
            )  # fmt: skip
            share = RecoveryShare(
                entry_id=entry, recovery_id=case.id, party=Party.FUND, name="", share=Rate.percent(25), amount=Fen.wan(1),
                for_costs=False, since=TODAY, state=ShareState.ORDERED, ordered_on=TODAY, ordered_by=1, orderer="周经办", document_id=proof.id,
                **own,
            )  # fmt: skip
            session.add_all([step, share])
            session.flush()
            review = CompensationReview(
                number=f"FP2026-900{n}", entry_id=entry, claim_id=None, need_id=g.need_id, bank_id=g.bank_id, amount=Fen.wan(8), paid_on=TODAY,
                opened_on=TODAY, due_on=TODAY + timedelta(days=28), lesson="回款集中", change=Change.NOTHING, reason="规则已经覆盖",
                proposed_at=NOW, proposed_by=1, proposer="周经办", state=ReviewState.PROPOSED, **own,
            )  # fmt: skip
            session.add(review)
            session.flush()
            things |= {("review", whose): review.id}
            things |= {("recovery", whose): case.id, ("recovered", whose): share.id}
    return things
